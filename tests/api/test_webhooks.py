"""Webhooks over the API: signed, once, and a reindex starts in a process of its own."""

import sys
import time
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.api.signatures import HEADER, sign
from app.jobs import Jobs, ProcessJobs
from ingestion.reindex_lock import reindex_lock
from tests.fakes import ScriptedAssistant
from tests.live_server import Api, an_answer, serving

SECRET = "0123456789abcdef"
PATH = "/v1/webhooks/reindex"
BODY = b'{"event": "article.published"}'


def sleeping() -> Jobs:
    command = (sys.executable, "-c", "import time; time.sleep(60)")
    return ProcessJobs(lambda: datetime.now(UTC), command)


@pytest.fixture
async def api(tmp_path: Path) -> AsyncGenerator[Api]:
    async with serving(
        ScriptedAssistant(an_answer()), tmp_path, new_jobs=sleeping, webhook_secret=SECRET
    ) as running:
        yield running


def headers(body: bytes = BODY, secret: str = SECRET, ago: int = 0) -> dict[str, str]:
    now = int(time.time()) - ago
    signature = f"t={now},v1={sign(secret.encode(), now, body)}"
    return {HEADER: signature, "content-type": "application/json"}


async def send(api: Api, body: bytes = BODY, given: dict[str, str] | None = None) -> httpx.Response:
    return await api.http.post(PATH, content=body, headers=given or headers(body))


class TestReindex:
    async def test_starts_one(self, api: Api) -> None:
        answer = await send(api)

        assert answer.status_code == 202
        assert answer.json()["started"] is True
        assert answer.json()["job"]

    async def test_needs_no_body(self, api: Api) -> None:
        answer = await send(api, b"")

        assert answer.status_code == 202

    async def test_says_that_one_is_running_already(self, api: Api) -> None:
        await send(api)

        answer = await send(api, b"{}")

        assert answer.status_code == 202
        assert answer.json()["started"] is False
        assert "running already" in answer.json()["detail"]

    async def test_says_that_another_process_has_one_running(
        self, api: Api, tmp_path: Path
    ) -> None:
        with reindex_lock(tmp_path, datetime(2026, 11, 1, 9, tzinfo=UTC)):
            answer = await send(api)

        assert answer.status_code == 202
        assert answer.json()["started"] is False
        assert "2026-11-01T09:00:00" in answer.json()["detail"]

    async def test_is_refused_a_second_time(self, api: Api) -> None:
        given = headers()
        await send(api, given=given)

        answer = await send(api, given=given)

        assert answer.status_code == 401
        assert "used before" in answer.json()["detail"]

    @pytest.mark.parametrize(
        "given",
        [
            lambda: {"content-type": "application/json"},
            lambda: headers(secret="another secret.."),
            lambda: headers(body=b"{}"),
            lambda: headers(ago=301),
            lambda: {**headers(), HEADER: "t=1,v1=\xff"},
        ],
    )
    async def test_is_refused_without_a_valid_signature(
        self, api: Api, given: Callable[[], dict[str, str]]
    ) -> None:
        encoded = {name.encode(): value.encode("latin-1") for name, value in given().items()}
        answer = await api.http.post(PATH, content=BODY, headers=encoded)

        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"

    async def test_is_described_by_openapi(self, api: Api) -> None:
        described = (await api.http.get("/openapi.json")).json()

        assert "202" in described["paths"][PATH]["post"]["responses"]

    async def test_is_not_there_without_a_secret(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(an_answer()), tmp_path) as api:
            answer = await send(api)

        assert answer.status_code == 404
