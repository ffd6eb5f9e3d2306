"""What a client may send, and what it is told where it can't be served."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from tests.fakes import ScriptedAssistant
from tests.live_server import Api, an_answer, serving

JSON = {"content-type": "application/json", "accept": "application/json"}


@pytest.fixture
async def api(tmp_path: Path) -> AsyncGenerator[Api]:
    async with serving(
        ScriptedAssistant(an_answer()), tmp_path, max_question_chars=50, max_body_bytes=2000
    ) as running:
        yield running


def problem(response: httpx.Response) -> dict[str, object]:
    """Return the problem document, which every error must be."""
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert body["detail"]
    assert len(body["detail"].splitlines()) == 1
    return dict(body)


class TestChatBody:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"nonsense",
            b'{"question": "x",}',
            b"\xff\xfe\x00",
            b'{"question": "\xff"}',
            b"[" * 1000,
            b'{"question": ' + b"9" * 1900 + b"e}",
        ],
    )
    async def test_that_is_no_json_is_refused(self, api: Api, body: bytes) -> None:
        response = await api.http.post("/v1/chat", content=body, headers=JSON)

        assert response.status_code in {400, 422}
        problem(response)

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "question"),
            ({"question": None}, "question"),
            ({"question": ""}, "question"),
            ({"question": " \n\t\u3000"}, "question"),
            ({"question": "a\x00b"}, "question"),
            ({"question": "\ud800"}, "question"),
            ({"question": 5}, "question"),
            ({"question": ["x"]}, "question"),
            ({"question": "x" * 51}, "question"),
            ({"question": "x", "conversation": 7}, "conversation"),
            ({"question": "x", "at": "tomorrow"}, "at"),
            ({"question": "x", "at": 10**400}, "at"),
            ({"question": "x", "at": "2026-02-30"}, "at"),
            ({"question": "x", "model": "gpt"}, "model"),
            ({"question": "x", "\ud800": 1}, ""),
            ([], ""),
            ("text", ""),
            (None, ""),
        ],
    )
    async def test_that_doesn_t_fit_is_refused_with_the_field_s_name(
        self, api: Api, body: object, field: str
    ) -> None:
        response = await api.http.post("/v1/chat", content=json.dumps(body), headers=JSON)

        assert response.status_code == 422
        errors = problem(response)["errors"]
        assert isinstance(errors, list)
        assert errors[0]["field"] == field

    @pytest.mark.parametrize("question", ["é" * 50, "x\u202e\u0007😀", "x" * 50])
    async def test_may_hold_any_text_up_to_the_limit(self, api: Api, question: str) -> None:
        response = await api.ask(question)

        turn = (await api.http.get(f"/v1/turns/{response.json()['turn']}")).json()
        assert turn["question"] == question

    async def test_that_is_too_long_is_refused_by_its_declared_length(self, api: Api) -> None:
        response = await api.ask("x" * 3000)

        assert response.status_code == 413
        assert "2000 bytes" in str(problem(response)["detail"])

    async def test_that_is_too_long_is_refused_while_it_is_read(self, api: Api) -> None:
        async def chunks() -> AsyncGenerator[bytes]:
            for _ in range(100):
                yield b'{"question": "' + b"x" * 100

        response = await api.http.post("/v1/chat", content=chunks(), headers=JSON)

        assert response.status_code == 413
        problem(response)

    @pytest.mark.parametrize(
        "media_type", ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data"]
    )
    async def test_must_be_declared_as_json(self, api: Api, media_type: str) -> None:
        response = await api.http.post(
            "/v1/chat", content=b'{"question": "x"}', headers={"content-type": media_type}
        )

        assert response.status_code == 415
        problem(response)

    async def test_may_name_its_encoding(self, api: Api) -> None:
        headers = {**JSON, "content-type": "Application/JSON; charset=utf-8"}

        response = await api.http.post("/v1/chat", content=b'{"question": "x"}', headers=headers)

        assert response.status_code == 200


class TestPaths:
    @pytest.mark.parametrize("path", ["/", "/v1", "/v1/chat/", "/docs", "/v1/turns/", "/%00"])
    async def test_that_nothing_serves_are_not_found(self, api: Api, path: str) -> None:
        response = await api.http.get(path)

        assert response.status_code == 404
        problem(response)

    async def test_serve_only_their_methods(self, api: Api) -> None:
        response = await api.http.get("/v1/chat")

        assert response.status_code == 405
        assert response.headers["allow"] == "POST"
        problem(response)

    async def test_are_described_by_openapi(self, api: Api) -> None:
        paths = (await api.http.get("/openapi.json")).json()["paths"]

        assert set(paths) == {
            "/v1/chat",
            "/v1/turns/{turn}",
            "/v1/turns/{turn}/events",
            "/v1/turns/{turn}/feedback",
            "/v1/turns/{turn}/receipts",
            "/v1/conversations",
            "/v1/conversations/{conversation}",
            "/v1/articles",
            "/v1/articles/{article}",
            "/healthz",
            "/readyz",
        }
        assert "text/event-stream" in paths["/v1/chat"]["post"]["responses"]["200"]["content"]


class TestArticles:
    async def test_are_read_by_an_id_with_slashes(self, api: Api) -> None:
        body = (await api.http.get("/v1/articles/ship/us")).json()

        assert body == {
            "article": "ship/us",
            "title": "Refunds",
            "url": None,
            "updated": None,
            "valid_from": None,
            "valid_to": None,
            "body": "Orders over 75 USD ship free. Refunds take 5 days.",
        }

    async def test_are_read_as_the_cited_generation_has_them(self, api: Api) -> None:
        kept = await api.http.get("/v1/articles/ship/us", params={"generation": "g1"})
        gone = await api.http.get("/v1/articles/ship/us", params={"generation": "g0"})

        assert (kept.status_code, gone.status_code) == (200, 404)
        problem(gone)

    async def test_are_found_by_title(self, api: Api) -> None:
        found = (await api.http.get("/v1/articles", params={"query": "Refunds"})).json()
        nothing = (await api.http.get("/v1/articles", params={"query": "Kayaks"})).json()
        later = (await api.http.get("/v1/articles", params={"offset": "1"})).json()

        assert found == [{"article": "ship/us", "title": "Refunds", "url": None}]
        assert nothing == []
        assert later == []

    @pytest.mark.parametrize("limit", ["0", "-1", "x", "1e9", "9" * 50])
    async def test_are_listed_up_to_a_limit(self, api: Api, limit: str) -> None:
        response = await api.http.get("/v1/articles", params={"limit": limit})

        assert response.status_code == 422
        problem(response)

    @pytest.mark.parametrize("article", ["none", "../../etc/passwd", "%2e%2e/x", "%00", "é", ""])
    async def test_that_nobody_wrote_are_not_found(self, api: Api, article: str) -> None:
        response = await api.http.get(f"/v1/articles/{article}")

        assert response.status_code == 404
        problem(response)


class TestHealth:
    async def test_is_said_of_the_process_and_of_what_it_needs(self, api: Api) -> None:
        alive, ready = await api.http.get("/healthz"), await api.http.get("/readyz")

        assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
        assert (ready.status_code, ready.json()) == (200, {"status": "ready", "generation": "g1"})
