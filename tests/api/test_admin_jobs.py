"""The content editor's jobs over the API, each a real child process."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.jobs import Jobs, ProcessJobs
from ingestion.reindex_lock import reindex_lock
from tests.fakes import ScriptedAssistant
from tests.live_server import Api, an_answer, serving

KEY = "a key of sixteen characters"
PLAN = {
    "compared_with": "20261101T090000000Z-00000001",
    "rebuild": None,
    "articles": {"added": ["kayaks"], "changed": [], "removed": [], "unchanged": 9},
    "chunks": {"added": 2, "changed": 0, "removed": 0, "unchanged": 30},
    "embeddings": 2,
    "seconds": 1.5,
    "facts": {"tents": ["refund window 30 → 45 days, EU"]},
    "skipped": [{"source": "articles", "path": "broken.md", "reason": "it isn't UTF-8"}],
    "kept": [],
    "planted": [],
}
REINDEXED = {
    "generation": "20261101T100000000Z-00000002",
    "published": True,
    "articles": 10,
    "chunks": 32,
    "serves": True,
    "embedded": 2,
    "plan": PLAN,
    "seconds": 2.0,
}
PLACE = {"article_id": "ship/us", "path": "ship/us.md", "quote": "5 days", "line": 3}
FINDING = {
    "rule": "contradiction",
    "level": "error",
    "message": "One says 5 days, the other 6.",
    "advice": "Mend one.",
    "places": [
        {**PLACE, "end_line": 3, "heading": "Refunds"},
        {**PLACE, "article_id": "gone", "end_line": None, "heading": ""},
    ],
}
LINT = {"at": "2026-11-01", "articles": 9, "findings": [FINDING]}
STEP = {"step": "Embedding", "done": 1, "total": 2}
SLEEPS = "import time; time.sleep(60)"


def says(*lines: object, then: str = "") -> str:
    """Return a script that writes lines of JSON."""
    told = "; ".join(f"print({json.dumps(json.dumps(line))}, flush=True)" for line in lines)
    return f"{told}; {then}"


@asynccontextmanager
async def running(script: str, data_dir: Path) -> AsyncGenerator[Api]:
    """Run the API with jobs that run a script, whatever they are for."""

    def new_jobs() -> Jobs:
        return ProcessJobs(lambda: datetime.now(UTC), (sys.executable, "-c", script))

    async with serving(
        ScriptedAssistant(an_answer()), data_dir, new_jobs=new_jobs, admin_key=KEY
    ) as api:
        api.http.headers["authorization"] = f"Bearer {KEY}"
        yield api


async def start(api: Api, kind: str) -> httpx.Response:
    return await api.http.post("/v1/admin/jobs", json={"kind": kind})


async def ended(api: Api, job: str) -> dict[str, Any]:
    """Return a job once it has ended."""
    for _ in range(1200):
        found = (await api.http.get(f"/v1/admin/jobs/{job}")).json()
        if found["state"] != "running":
            return dict(found)
        await asyncio.sleep(0.05)
    pytest.fail("the job didn't end")


class TestStartJob:
    async def test_plans_a_reindex(self, tmp_path: Path) -> None:
        async with running(says(PLAN), tmp_path) as api:
            response = await start(api, "plan")
            job = await ended(api, response.json()["job"])

        assert (response.status_code, response.json()["state"]) == (202, "running")
        assert (job["kind"], job["state"], job["error"]) == ("plan", "succeeded", None)
        assert job["plan"] == PLAN
        assert job["reindexed"] is None

    async def test_reindexes(self, tmp_path: Path) -> None:
        async with running(says(STEP, REINDEXED), tmp_path) as api:
            response = await start(api, "reindex")
            job = await ended(api, response.json()["job"])

        assert (job["kind"], job["state"]) == ("reindex", "succeeded")
        assert job["reindexed"] == REINDEXED

    async def test_is_refused_while_another_of_its_kind_runs(self, tmp_path: Path) -> None:
        async with running(SLEEPS, tmp_path) as api:
            first = await start(api, "reindex")
            second = await start(api, "reindex")
            other = await start(api, "plan")

        assert [first.status_code, second.status_code, other.status_code] == [202, 409, 202]
        assert "since" in second.json()["detail"]

    async def test_says_which_process_reindexes_already(self, tmp_path: Path) -> None:
        since = datetime(2026, 11, 1, 9, tzinfo=UTC)
        async with running(SLEEPS, tmp_path) as api:
            with reindex_lock(tmp_path, since):
                response = await start(api, "reindex")

        assert response.status_code == 409
        assert "2026-11-01T09:00:00" in response.json()["detail"]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"kind": "rm"},
            {"kind": 1},
            {"kind": "plan", "x": 1},
            {"kind": "plan", "max_cost_usd": 1},
            {"kind": "evaluate", "max_cost_usd": 0},
            [],
        ],
    )
    async def test_refuses_what_it_doesn_t_know(self, tmp_path: Path, body: object) -> None:
        async with running(SLEEPS, tmp_path) as api:
            response = await api.http.post("/v1/admin/jobs", json=body)

        assert response.status_code == 422


class TestReadJob:
    async def test_says_how_far_it_is(self, tmp_path: Path) -> None:
        async with running(says(STEP, then=SLEEPS), tmp_path) as api:
            job = (await start(api, "reindex")).json()
            while job["step"] is None:
                job = (await api.http.get(f"/v1/admin/jobs/{job['job']}")).json()

        assert (job["state"], job["step"], job["reindexed"]) == (
            "running",
            STEP | {"note": None},
            None,
        )

    async def test_says_why_it_failed(self, tmp_path: Path) -> None:
        async with running("import sys; sys.exit('candor: the disk is full')", tmp_path) as api:
            job = await ended(api, (await start(api, "reindex")).json()["job"])

        assert (job["state"], job["error"]) == ("failed", "the disk is full")
        assert job["reindexed"] is None

    @pytest.mark.parametrize("job", ["0" * 32, "none", "%00", "%ED%A0%80"])
    async def test_that_nobody_started_is_not_found(self, tmp_path: Path, job: str) -> None:
        async with running(SLEEPS, tmp_path) as api:
            found = await api.http.get(f"/v1/admin/jobs/{job}")
            cancelled = await api.http.delete(f"/v1/admin/jobs/{job}")

        assert (found.status_code, cancelled.status_code) == (404, 404)
        assert found.headers["content-type"] == "application/problem+json"


class TestListJobs:
    async def test_names_the_latest_of_each_kind(self, tmp_path: Path) -> None:
        async with running(says(PLAN), tmp_path) as api:
            before = (await api.http.get("/v1/admin/jobs")).json()
            await ended(api, (await start(api, "plan")).json()["job"])
            second = (await start(api, "plan")).json()["job"]
            after = (await api.http.get("/v1/admin/jobs")).json()

        assert before == []
        assert [job["job"] for job in after] == [second]


class TestLint:
    async def test_counts_what_it_found(self, tmp_path: Path) -> None:
        async with running(says(LINT), tmp_path) as api:
            job = await ended(api, (await start(api, "lint")).json()["job"])

        counted = {"at": "2026-11-01", "articles": 9, "errors": 1, "warnings": 0, "notes": 0}
        assert job["lint"] == counted

    async def test_shows_its_findings_beside_the_articles(self, tmp_path: Path) -> None:
        async with running(says(LINT), tmp_path) as api:
            before = (await api.http.get("/v1/admin/articles/ship/us")).json()
            await ended(api, (await start(api, "lint")).json()["job"])
            after = (await api.http.get("/v1/admin/articles/ship/us")).json()
            page = (await api.http.get("/v1/admin/articles?with_findings=true")).json()

        assert before["findings"] is None
        assert [one["message"] for one in after["findings"]] == [FINDING["message"]]
        assert [place["article_id"] for place in after["findings"][0]["places"]] == [
            "ship/us",
            "gone",
        ]
        assert [(one["article"], one["findings"]) for one in page["articles"]] == [("ship/us", 1)]

    async def test_leaves_nothing_to_show_before_it_has_ended(self, tmp_path: Path) -> None:
        async with running(SLEEPS, tmp_path) as api:
            await start(api, "lint")
            page = (await api.http.get("/v1/admin/articles?with_findings=true")).json()

        assert page == {"total": 0, "articles": []}

    async def test_whose_result_can_t_be_read_finds_nothing(self, tmp_path: Path) -> None:
        async with running("print('no JSON')", tmp_path) as api:
            job = await ended(api, (await start(api, "lint")).json()["job"])
            article = (await api.http.get("/v1/admin/articles/ship/us")).json()

        assert (job["state"], job["lint"], article["findings"]) == ("succeeded", None, None)


class TestCancelJob:
    async def test_ends_it(self, tmp_path: Path) -> None:
        async with running(SLEEPS, tmp_path) as api:
            job = (await start(api, "reindex")).json()["job"]
            cancelled = (await api.http.delete(f"/v1/admin/jobs/{job}")).json()
            again = await start(api, "reindex")

        assert cancelled["state"] == "cancelled"
        assert again.status_code == 202

    async def test_leaves_what_has_ended_as_it_is(self, tmp_path: Path) -> None:
        async with running(says(PLAN), tmp_path) as api:
            job = (await start(api, "plan")).json()["job"]
            await ended(api, job)
            cancelled = (await api.http.delete(f"/v1/admin/jobs/{job}")).json()

        assert cancelled["state"] == "succeeded"


class TestOverview:
    async def test_says_which_generation_serves(self, tmp_path: Path) -> None:
        async with running(SLEEPS, tmp_path) as api:
            published = (await api.http.get("/v1/admin")).json()
            api.articles.generation = None
            nothing = (await api.http.get("/v1/admin")).json()

        assert (published, nothing) == ({"generation": "g1"}, {"generation": None})
