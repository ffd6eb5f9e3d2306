"""Evaluation runs and the review queue over the API."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.evaluation_runs import RIGHT, WRONG, a_case, write_run
from tests.fakes import ScriptedAssistant
from tests.live_server import Api, a_sentence, an_answer, serving

KEY = "a key of sixteen characters"
ANSWERED = {"outcomes": ["ANSWERED"], "articles": ["ship/us"], "must": [["75 USD", "$75"]]}


@pytest.fixture
async def api(tmp_path: Path) -> AsyncGenerator[Api]:
    sentence = a_sentence()
    assistant = ScriptedAssistant(sentence, an_answer(sentence))
    async with serving(assistant, tmp_path, admin_key=KEY, review_share=1) as running:
        running.http.headers["authorization"] = f"Bearer {KEY}"
        yield running


async def asked(api: Api) -> str:
    return str((await api.ask()).json()["turn"])


class TestListRuns:
    async def test_names_the_latest_first(self, api: Api, tmp_path: Path) -> None:
        write_run(tmp_path, "b-old", started="2026-11-01T09:00:00+00:00")
        write_run(tmp_path, "a-new", started="2026-11-02T09:00:00+00:00", ended=False)

        listed = (await api.http.get("/v1/admin/runs")).json()

        assert [one["run"] for one in listed] == ["a-new", "b-old"]
        assert [one["state"] for one in listed] == ["unfinished", "ended"]
        assert listed[1]["groups"]["all"]["metrics"]["all_facts"]["low"] == 0.1

    async def test_is_empty_before_the_first(self, api: Api) -> None:
        assert (await api.http.get("/v1/admin/runs")).json() == []

    async def test_passes_over_folders_that_are_no_run(self, api: Api, tmp_path: Path) -> None:
        (write_run(tmp_path) / "config.json").write_text("{")
        (tmp_path / "runs" / "notes").mkdir()

        assert (await api.http.get("/v1/admin/runs")).json() == []


class TestReadRun:
    async def test_says_what_it_measured(self, api: Api, tmp_path: Path) -> None:
        folder = write_run(tmp_path)

        run = (await api.http.get(f"/v1/admin/runs/{folder.name}")).json()

        assert (run["suite"], run["cases"], run["models"]) == ("sample", 2, ["quoting"])

    @pytest.mark.parametrize("name", ["nothing", "%2e%2e", "%2e%2e%2fruns", "a%00b"])
    async def test_that_is_not_there_is_not_found(
        self, api: Api, tmp_path: Path, name: str
    ) -> None:
        write_run(tmp_path)

        assert (await api.http.get(f"/v1/admin/runs/{name}")).status_code == 404

    async def test_whose_files_are_damaged_says_so(self, api: Api, tmp_path: Path) -> None:
        folder = write_run(tmp_path)
        (folder / "summary.json").write_text("{")
        (folder / "results.jsonl").write_text("{}\n")

        for path in ("", "/cases"):
            response = await api.http.get(f"/v1/admin/runs/{folder.name}{path}")

            assert response.status_code == 409
            assert "can't be read" in response.json()["detail"]


class TestFindCases:
    async def test_gives_those_that_fell_short_in_a_metric(self, api: Api, tmp_path: Path) -> None:
        folder = write_run(tmp_path)

        found = (
            await api.http.get(
                f"/v1/admin/runs/{folder.name}/cases", params={"failed": "all_facts"}
            )
        ).json()

        assert found["total"] == 1
        assert found["cases"][0]["id"] == "a-2"
        assert found["cases"][0]["scores"]["all_facts"]["reason"] == "75 USD isn't said"

    async def test_gives_those_of_a_kind_page_by_page(self, api: Api, tmp_path: Path) -> None:
        cases = [a_case(f"a-{n}", kind="trap" if n % 2 else "scope") for n in range(6)]
        folder = write_run(tmp_path, "run", *cases)

        found = (
            await api.http.get(
                f"/v1/admin/runs/{folder.name}/cases",
                params={"kind": "trap", "offset": 1, "limit": 1},
            )
        ).json()

        assert found["total"] == 3
        assert [case["id"] for case in found["cases"]] == ["a-3"]

    async def test_come_with_the_end_of_the_run(self, api: Api, tmp_path: Path) -> None:
        folder = write_run(tmp_path, ended=False)

        response = await api.http.get(f"/v1/admin/runs/{folder.name}/cases")

        assert response.status_code == 409
        assert "hasn't ended" in response.json()["detail"]

    async def test_counts_no_case_without_a_score(self, api: Api, tmp_path: Path) -> None:
        unscored = a_case("a-1", all_facts={"state": "unscored", "reason": "the judge failed"})
        folder = write_run(tmp_path, "run", unscored, a_case("a-2", other=WRONG, all_facts=RIGHT))

        found = await api.http.get(
            f"/v1/admin/runs/{folder.name}/cases", params={"failed": "all_facts"}
        )

        assert found.json()["total"] == 0


class TestReviews:
    async def test_wait_until_somebody_says_what_is_right(self, api: Api) -> None:
        turn = await asked(api)

        (waiting,) = (await api.http.get("/v1/admin/reviews")).json()
        said = await api.http.put(f"/v1/admin/reviews/{turn}", json={"right": ANSWERED})

        assert waiting["turn"] == turn
        assert waiting["occasions"] == ["sampled"]
        assert waiting["articles"] == ["ship/us"]
        assert said.status_code == 204
        assert (await api.http.get("/v1/admin/reviews")).json() == []

    async def test_can_be_dismissed(self, api: Api) -> None:
        turn = await asked(api)

        said = await api.http.put(f"/v1/admin/reviews/{turn}", json={"right": None})

        assert said.status_code == 204
        assert (await api.http.get("/v1/admin/reviews")).json() == []

    @pytest.mark.parametrize(
        ("right", "told"),
        [
            ({"outcomes": []}, "outcomes"),
            ({"outcomes": ["MAYBE"]}, "outcomes"),
            ({"outcomes": ["ABSTAINED"], "must": [["75"]]}, "ANSWERED"),
            ({**ANSWERED, "must": [[]]}, "must"),
            ({**ANSWERED, "must_not": [" – "]}, "must_not"),
        ],
    )
    async def test_refuse_what_makes_no_case(
        self, api: Api, right: dict[str, object], told: str
    ) -> None:
        turn = await asked(api)

        response = await api.http.put(f"/v1/admin/reviews/{turn}", json={"right": right})

        assert response.status_code == 422
        assert told in response.json()["detail"]

    async def test_need_an_article_that_is_there(self, api: Api) -> None:
        turn = await asked(api)
        elsewhere = {**ANSWERED, "articles": ["nowhere"]}

        response = await api.http.put(f"/v1/admin/reviews/{turn}", json={"right": elsewhere})

        assert response.status_code == 404
        assert len((await api.http.get("/v1/admin/reviews")).json()) == 1

    async def test_need_a_turn(self, api: Api) -> None:
        response = await api.http.put(f"/v1/admin/reviews/{'0' * 32}", json={"right": None})

        assert response.status_code == 404


class TestCompareRuns:
    async def test_tells_what_changed(self, api: Api, tmp_path: Path) -> None:
        before = write_run(tmp_path, "before", a_case("a-1", all_facts=WRONG), a_case("a-2"))
        after = write_run(tmp_path, "after", a_case("a-1", all_facts=RIGHT), a_case("a-2"))

        found = (
            await api.http.get(f"/v1/admin/runs/{after.name}/compared-with/{before.name}")
        ).json()

        metric = found["metrics"]["all_facts"]
        assert found["cases"]["common"] == 2
        assert (metric["pairs"], metric["gained"], metric["lost"]) == (2, 1, 0)
        assert metric["changed"][0]["id"] == "a-1"

    async def test_says_why_it_cannot(self, api: Api, tmp_path: Path) -> None:
        before = write_run(tmp_path, "before", a_case("a-1"))
        after = write_run(tmp_path, "after", a_case("b-1"))

        response = await api.http.get(f"/v1/admin/runs/{after.name}/compared-with/{before.name}")

        assert response.status_code == 409
        assert "no case in common" in response.json()["detail"]
