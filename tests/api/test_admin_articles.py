"""The content editor's articles over the API, and the key that they need."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from tests.builders import an_article
from tests.fakes import FixedArticles, ScriptedAssistant
from tests.live_server import Api, an_answer, serving

KEY = "a key of sixteen characters"
EDITOR = {"authorization": f"Bearer {KEY}"}
REFUNDS = an_article(
    "Refunds take 5 days.\n\nReturns are free within 30 days.", article_id="money/refunds"
)
RENTALS = an_article("A tent costs 12 USD per day.", article_id="rentals", title="Rentals")


@pytest.fixture
async def api(tmp_path: Path) -> AsyncGenerator[Api]:
    library = FixedArticles(REFUNDS, RENTALS)
    async with serving(
        ScriptedAssistant(an_answer()), tmp_path, library=library, admin_key=KEY
    ) as running:
        yield running


def problem(response: httpx.Response, status: int) -> dict[str, object]:
    """Return the problem document, which every error must be."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    return dict(response.json())


class TestAdminKey:
    @pytest.mark.parametrize(
        "authorization",
        [
            "",
            "Bearer",
            f"Bearer {KEY}x",
            f"Bearer {KEY[:-1]}",
            f"Basic {KEY}",
            KEY,
            "Bearer ключ",
        ],
    )
    async def test_must_be_sent_as_it_is(self, api: Api, authorization: str) -> None:
        response = await api.http.get(
            "/v1/admin/articles", headers={b"authorization": authorization.encode()}
        )

        told = problem(response, 401)
        assert response.headers["www-authenticate"] == "Bearer"
        assert KEY not in str(told)

    @pytest.mark.parametrize("path", ["", "/", "/articles/rentals", "/nothing"])
    async def test_is_asked_for_whatever_lies_below(self, api: Api, path: str) -> None:
        response = await api.http.get(f"/v1/admin{path}")

        problem(response, 401)

    async def test_is_asked_for_before_a_body_is_looked_at(self, api: Api) -> None:
        response = await api.http.post(
            "/v1/admin/articles", content=b"{", headers={"content-type": "application/json"}
        )

        problem(response, 401)

    @pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
    async def test_opens_the_routes(self, api: Api, scheme: str) -> None:
        response = await api.http.get(
            "/v1/admin/articles", headers={"authorization": f"{scheme} {KEY}"}
        )

        assert response.status_code == 200

    async def test_may_hold_any_characters(self, tmp_path: Path) -> None:
        key = "ein Schlüssel — 鍵"
        async with serving(ScriptedAssistant(an_answer()), tmp_path, admin_key=key) as api:
            response = await api.http.get(
                "/v1/admin/articles", headers={b"authorization": f"Bearer {key}".encode()}
            )

        assert response.status_code == 200

    async def test_is_not_asked_of_customers(self, api: Api) -> None:
        response = await api.http.get("/v1/articles")

        assert response.status_code == 200

    async def test_that_is_not_set_leaves_no_routes(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(an_answer()), tmp_path) as api:
            closed = await api.http.get("/v1/admin/articles", headers=EDITOR)
            unknown = await api.http.get("/v1/nothing")

        assert problem(closed, 404) == problem(unknown, 404)

    async def test_is_never_logged(self, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
        await api.http.get("/v1/admin/articles", headers=EDITOR)
        await api.http.get("/v1/admin/articles", headers={"authorization": f"Basic {KEY}"})

        captured = capsys.readouterr()
        logged = captured.out + captured.err
        assert "/v1/admin/articles" in logged
        assert KEY not in logged

    async def test_is_described_by_openapi(self, api: Api) -> None:
        described = (await api.http.get("/openapi.json")).json()

        assert described["paths"]["/v1/admin/articles"]["get"]["security"] == [{"HTTPBearer": []}]
        assert "security" not in described["paths"]["/v1/articles"]["get"]


class TestFindArticles:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["money/refunds", "rentals"]),
            ("TENT", ["rentals"]),
            ("refunds days", ["money/refunds"]),
            ("money/", ["money/refunds"]),
            ("kayaks", []),
            ("\x00", []),
        ],
    )
    async def test_looks_for_every_word_in_title_and_text(
        self, api: Api, query: str, found: list[str]
    ) -> None:
        response = await api.http.get("/v1/admin/articles", params={"query": query}, headers=EDITOR)

        page = response.json()
        assert [each["article"] for each in page["articles"]] == found
        assert page["total"] == len(found)

    async def test_hands_out_a_page_at_a_time(self, api: Api) -> None:
        parameters = {"offset": 1, "limit": 1}

        response = await api.http.get("/v1/admin/articles", params=parameters, headers=EDITOR)

        assert response.json() == {
            "total": 2,
            "articles": [
                {"article": "rentals", "title": "Rentals", "updated": None, "findings": None}
            ],
        }

    @pytest.mark.parametrize(
        "given", [{"limit": "0"}, {"limit": "101"}, {"offset": "-1"}, {"query": "x" * 201}]
    )
    async def test_refuses_what_is_out_of_bounds(self, api: Api, given: dict[str, str]) -> None:
        response = await api.http.get("/v1/admin/articles", params=given, headers=EDITOR)

        problem(response, 422)

    async def test_says_that_nothing_is_published(self, api: Api) -> None:
        api.articles.generation = None

        response = await api.http.get("/v1/admin/articles", headers=EDITOR)

        assert "candor reindex" in str(problem(response, 503)["detail"])


class TestReadArticle:
    async def test_shows_the_facts_that_it_states_with_their_places(self, api: Api) -> None:
        response = await api.http.get("/v1/admin/articles/money/refunds", headers=EDITOR)

        article = response.json()
        assert (article["article"], article["generation"]) == ("money/refunds", "g1")
        stated = [article["body"][fact["start"] : fact["end"]] for fact in article["facts"]]
        assert stated == ["5 days", "free", "30 days"]
        assert "at most 30 days" in article["facts"][2]["said"]

    @pytest.mark.parametrize("article", ["none", "../etc/passwd", "%2e%2e/x", "%00", "%ED%A0%80"])
    async def test_that_nobody_wrote_is_not_found(self, api: Api, article: str) -> None:
        response = await api.http.get(f"/v1/admin/articles/{article}", headers=EDITOR)

        problem(response, 404)
