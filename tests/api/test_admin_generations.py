"""Generations of the index over the API."""

import shutil
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge_base.generations.publication import current_generation_id, publish, read_publication
from tests.builders import an_article
from tests.fakes import ScriptedAssistant
from tests.generations import flip, write_generation
from tests.live_server import Api, an_answer, serving

KEY = "a key of sixteen characters"
OLD = an_article("Refunds take 5 days.", article_id="refunds")
NEW = an_article("Refunds take 6 days.", article_id="refunds")
KAYAKS = an_article("We rent kayaks.", article_id="kayaks")
UNKNOWN = "20200101T000000000Z-00000000"


@dataclass
class Shelf:
    """Two published generations, the second one serving, and the API over them."""

    api: Api
    data_dir: Path
    first: str
    second: str

    def file(self, generation: str, name: str) -> Path:
        return self.data_dir / "generations" / generation / name


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two generations, the second one published last."""
    folder = tmp_path_factory.mktemp("built")
    first = write_generation(folder, datetime(2026, 11, 1, 9, tzinfo=UTC), OLD)
    publish(folder, first)
    second = write_generation(folder, datetime(2026, 11, 2, 9, tzinfo=UTC), NEW, KAYAKS)
    publish(folder, second)
    return folder


@pytest.fixture
async def shelf(built: Path, tmp_path: Path) -> AsyncGenerator[Shelf]:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    publication = read_publication(tmp_path)
    async with serving(ScriptedAssistant(an_answer()), tmp_path, admin_key=KEY) as api:
        api.http.headers["authorization"] = f"Bearer {KEY}"
        yield Shelf(api, tmp_path, publication.before[0], publication.generation)


class TestListGenerations:
    async def test_names_the_newest_first_and_which_one_serves(self, shelf: Shelf) -> None:
        listed = (await shelf.api.http.get("/v1/admin/generations")).json()

        assert [one["generation"] for one in listed] == [shelf.second, shelf.first]
        assert [one["state"] for one in listed] == ["published", "earlier"]
        assert [one["serves"] for one in listed] == [True, False]
        assert [one["articles"] for one in listed] == [2, 1]
        assert listed[0]["built"] == "2026-11-02T09:00:00Z"

    async def test_says_what_is_wrong_with_a_damaged_one(self, shelf: Shelf) -> None:
        shelf.file(shelf.first, "manifest.json").write_bytes(b"{")

        listed = (await shelf.api.http.get("/v1/admin/generations")).json()

        assert listed[1]["articles"] is None
        assert listed[1]["problem"]

    async def test_is_empty_before_the_first(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(an_answer()), tmp_path, admin_key=KEY) as api:
            response = await api.http.get(
                "/v1/admin/generations", headers={"authorization": f"Bearer {KEY}"}
            )

        assert (response.status_code, response.json()) == (200, [])


class TestReadGeneration:
    async def test_says_what_it_was_built_from(self, shelf: Shelf) -> None:
        body = (await shelf.api.http.get(f"/v1/admin/generations/{shelf.second}")).json()

        assert (body["articles"], body["chunks"], body["sources"]) == (2, 2, ["articles"])
        assert body["embedder"] == "hash-64"

    async def test_says_that_it_is_damaged(self, shelf: Shelf) -> None:
        shelf.file(shelf.first, "manifest.json").write_bytes(b"{")

        response = await shelf.api.http.get(f"/v1/admin/generations/{shelf.first}")

        assert response.status_code == 409
        assert shelf.first in response.json()["detail"]

    @pytest.mark.parametrize("name", [UNKNOWN, "none", "%2e%2e", "%00", "x%0ay", "failed"])
    async def test_that_was_never_built_is_not_found(self, shelf: Shelf, name: str) -> None:
        for method, path in (("GET", ""), ("POST", "/verify"), ("GET", f"/diff/{shelf.first}")):
            response = await shelf.api.http.request(method, f"/v1/admin/generations/{name}{path}")

            assert response.status_code in {404, 405}
            assert response.headers["content-type"] == "application/problem+json"


class TestCompareGenerations:
    async def test_names_the_articles_that_differ(self, shelf: Shelf) -> None:
        path = f"/v1/admin/generations/{shelf.first}/diff/{shelf.second}"

        diff = (await shelf.api.http.get(path)).json()

        assert (diff["before"], diff["after"]) == (shelf.first, shelf.second)
        assert diff["articles"] == {
            "added": ["kayaks"],
            "changed": ["refunds"],
            "removed": [],
            "unchanged": 0,
        }
        assert list(diff["facts"]) == ["refunds"]
        assert "5 → 6 days" in diff["facts"]["refunds"][0]
        assert (diff["chunks_before"], diff["chunks_after"]) == (1, 2)


class TestVerifyGeneration:
    async def test_finds_nothing_wrong_with_a_whole_one(self, shelf: Shelf) -> None:
        response = await shelf.api.http.post(f"/v1/admin/generations/{shelf.first}/verify")

        assert response.json() == {"problems": [], "advice": "nothing to do"}

    async def test_says_what_is_damaged_and_what_to_do(self, shelf: Shelf) -> None:
        flip(shelf.file(shelf.second, "articles.jsonl"))

        response = await shelf.api.http.post(f"/v1/admin/generations/{shelf.second}/verify")

        found = response.json()
        assert "articles.jsonl" in found["problems"][0]
        assert "candor reindex" in found["advice"]


class TestRollBack:
    async def test_lets_the_one_before_serve_again(self, shelf: Shelf) -> None:
        response = await shelf.api.http.post("/v1/admin/generations/rollback", json={})

        assert response.json() == {"generation": shelf.first}
        assert current_generation_id(shelf.data_dir) == shelf.first

    async def test_lets_the_one_that_is_named_serve(self, shelf: Shelf) -> None:
        path = "/v1/admin/generations/rollback"
        await shelf.api.http.post(path, json={"generation": shelf.first})

        response = await shelf.api.http.post(path, json={"generation": shelf.second})

        assert response.json() == {"generation": shelf.second}
        assert current_generation_id(shelf.data_dir) == shelf.second

    async def test_to_a_damaged_one_is_refused(self, shelf: Shelf) -> None:
        flip(shelf.file(shelf.first, "articles.jsonl"))

        response = await shelf.api.http.post("/v1/admin/generations/rollback", json={})

        assert response.status_code == 409
        assert "articles.jsonl" in response.json()["detail"]
        assert current_generation_id(shelf.data_dir) == shelf.second

    async def test_from_the_first_one_is_refused(self, shelf: Shelf) -> None:
        path = "/v1/admin/generations/rollback"
        await shelf.api.http.post(path, json={})

        response = await shelf.api.http.post(path, json={})

        assert response.status_code == 404
        assert current_generation_id(shelf.data_dir) == shelf.first

    @pytest.mark.parametrize(
        ("generation", "status"),
        [(UNKNOWN, 404), ("../generations", 404), ("", 404), ("x\x00", 404), (5, 422)],
    )
    async def test_to_what_was_never_built_is_refused(
        self, shelf: Shelf, generation: object, status: int
    ) -> None:
        response = await shelf.api.http.post(
            "/v1/admin/generations/rollback", json={"generation": generation}
        )

        assert response.status_code == status
        assert current_generation_id(shelf.data_dir) == shelf.second
