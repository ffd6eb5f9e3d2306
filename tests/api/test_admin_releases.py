"""Releases over the API."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from app.releases.candidate import create_release
from app.releases.store import Releases
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.fakes import ScriptedAssistant
from tests.generations import flip, write_generation
from tests.live_server import Api, an_answer, serving
from tests.releases import a_set, keep_conversations, measure

KEY = "a key of sixteen characters"
UNKNOWN = "r9-00000000"


@pytest.fixture
async def api(tmp_path: Path) -> AsyncGenerator[Api]:
    publish(tmp_path, write_generation(tmp_path))
    async with serving(ScriptedAssistant(an_answer()), tmp_path, admin_key=KEY) as running:
        running.http.headers["authorization"] = f"Bearer {KEY}"
        yield running


async def created(api: Api) -> str:
    response = await api.http.post("/v1/admin/releases", json={"note": "A test."})
    return str(response.json()["release"])


async def promote(api: Api, release: str, **asked: object) -> tuple[int, str]:
    response = await api.http.post(f"/v1/admin/releases/{release}/promote", json=asked)
    return response.status_code, str(response.json().get("detail", ""))


class TestCompareConversations:
    async def test_tells_how_they_went_with_intervals(self, api: Api, tmp_path: Path) -> None:
        first = await created(api)
        second = create_release(AppSettings(data_dir=tmp_path, contact="b@shop.example")).id
        keep_conversations(tmp_path, first, answered=9, abstained=1)
        keep_conversations(tmp_path, second, answered=2, abstained=8)

        compared = (await api.http.get(f"/v1/admin/releases/{first}/compare/{second}")).json()

        measures = {one["name"]: one for one in compared["measures"]}
        found = measures["an abstention"]
        assert (compared["conversations"], compared["mixed"]) == ([10, 10], 0)
        assert (found["before"]["value"], found["after"]["value"]) == (0.1, 0.8)
        assert found["difference"]["value"] == pytest.approx(0.7)
        assert 0 < found["difference"]["low"] < 0.7 < found["difference"]["high"] < 1
        assert measures["a thumb down, of those rated"]["before"] is None

    async def test_is_empty_where_neither_has_answered(self, api: Api, tmp_path: Path) -> None:
        first = await created(api)
        second = create_release(AppSettings(data_dir=tmp_path, contact="b@shop.example")).id

        compared = (await api.http.get(f"/v1/admin/releases/{first}/compare/{second}")).json()

        assert compared["conversations"] == [0, 0]
        assert {one["difference"] for one in compared["measures"]} == {None}

    async def test_knows_only_releases_that_there_are(self, api: Api) -> None:
        first = await created(api)

        missing = await api.http.get(f"/v1/admin/releases/{first}/compare/{UNKNOWN}")
        senseless = await api.http.get(f"/v1/admin/releases/{first}/compare/x")

        assert (missing.status_code, senseless.status_code) == (404, 404)


class TestListReleases:
    async def test_says_that_none_serves_where_there_are_none(self, api: Api) -> None:
        body = (await api.http.get("/v1/admin/releases")).json()

        assert (body["releases"], body["serving"], body["can_roll_back"]) == ([], [], False)

    async def test_tells_of_each_what_the_gate_said(self, api: Api, tmp_path: Path) -> None:
        release = await created(api)
        measure(tmp_path, Releases(tmp_path).release(release).pinned, passes=False)

        (body,) = (await api.http.get("/v1/admin/releases")).json()["releases"]

        (evidence,) = body["evidence"]
        assert (body["passes"], evidence["passes"]) == (False, False)
        assert [check["holds"] for check in evidence["checks"]] == [False]

    async def test_wants_the_key(self, api: Api) -> None:
        response = await api.http.get("/v1/admin/releases", headers={"authorization": "Bearer no"})

        assert response.status_code == 401


class TestPinRelease:
    async def test_makes_one_release_of_one_set(self, api: Api) -> None:
        assert await created(api) == await created(api)

    async def test_refuses_a_damaged_generation(self, api: Api, tmp_path: Path) -> None:
        (generation,) = (tmp_path / "generations").glob("2*")
        flip(generation / "chunks.jsonl")

        response = await api.http.post("/v1/admin/releases", json={})

        assert response.status_code == 409
        assert "chunks.jsonl" in response.json()["detail"]


class TestPromoteRelease:
    async def test_lets_it_serve_where_the_gate_has_passed(self, api: Api, tmp_path: Path) -> None:
        release = await created(api)
        measure(tmp_path, Releases(tmp_path).release(release).pinned)

        assert await promote(api, release) == (200, "")

        assert Releases(tmp_path).serving().releases == (release,)

    async def test_refuses_it_where_nothing_has_measured_it(self, api: Api, tmp_path: Path) -> None:
        status, detail = await promote(api, await created(api))

        assert status == 409
        assert "no run has measured exactly this set" in detail
        assert Releases(tmp_path).serving().releases == ()

    async def test_refuses_it_while_promotion_is_frozen(self, api: Api, tmp_path: Path) -> None:
        release = await created(api)
        Releases(tmp_path).freeze("The provider's model changed.")

        status, detail = await promote(api, release, override="Now!")

        assert status == 409
        assert "The provider's model changed." in detail

    @pytest.mark.parametrize("share", [0, -1, 1.5, "half"])
    async def test_refuses_what_is_no_share(self, api: Api, share: object) -> None:
        response = await api.http.post(
            f"/v1/admin/releases/{await created(api)}/promote", json={"share": share}
        )

        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"
        assert [one["field"] for one in response.json()["errors"]] == ["share"]

    @pytest.mark.parametrize("release", [UNKNOWN, "..", "r1", "serving"])
    async def test_refuses_a_release_that_is_not_there(self, api: Api, release: str) -> None:
        status, _ = await promote(api, release, override="A test.")

        assert status == 404


class TestRollBackRelease:
    async def test_lets_what_served_before_serve_again(self, api: Api, tmp_path: Path) -> None:
        release = await created(api)
        await promote(api, release, override="A test.")

        response = await api.http.post("/v1/admin/releases/rollback", json={"why": "It was bad."})

        assert (response.status_code, response.json()["serving"]) == (200, [])
        assert Releases(tmp_path).log()[0].why == "It was bad."

    async def test_says_so_where_nothing_served_before(self, api: Api) -> None:
        await created(api)

        response = await api.http.post("/v1/admin/releases/rollback", json={})

        assert response.status_code == 409
        assert "nothing to go back to" in response.json()["detail"]


class TestCompareReleases:
    async def test_shows_a_prompt_with_its_lines(self, api: Api, tmp_path: Path) -> None:
        new = await created(api)
        old = create_release(AppSettings(data_dir=tmp_path, answer_prompt="answer.v2")).id

        found = (await api.http.get(f"/v1/admin/releases/{old}/diff/{new}")).json()

        (prompt,) = found
        assert prompt["name"] == "prompts.answer"
        assert any(line.startswith("+") and "tone" in line for line in prompt["lines"])

    async def test_shows_the_rest_where_a_prompt_is_gone(self, api: Api, tmp_path: Path) -> None:
        releases = Releases(tmp_path)
        old = releases.create(replace(a_set(), prompts={"answer.v99": "a" * 64})).id
        new = releases.create(a_set("b@shop.example")).id

        response = await api.http.get(f"/v1/admin/releases/{old}/diff/{new}")

        assert response.status_code == 200
        found = {one["name"]: one for one in response.json()}
        assert found["prompts.answer"]["lines"][0].startswith("its lines can't be shown: ")
        assert found["wording.contact"]["after"] == "b@shop.example"


class TestListPrompts:
    async def test_shows_every_version_with_its_text(self, api: Api) -> None:
        found = (await api.http.get("/v1/admin/releases/prompts")).json()

        assert {"answer.v1", "answer.v2", "answer.v3"} <= {one["prompt"] for one in found}
        assert {one["state"] for one in found} == {"released"}
        assert all("purpose:" in one["text"] for one in found)
