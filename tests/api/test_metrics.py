"""`/metrics` over a real socket."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.oversight import Oversight
from app.telemetry.metrics import Metrics
from tests.fakes import ScriptedAssistant
from tests.live_server import a_sentence, an_answer, serving

KEY = "a-key-for-prometheus"
SENTENCE = a_sentence()


async def read(folder: Path, authorization: str, key: str | None = KEY) -> httpx.Response:
    metrics = Metrics(lambda: None, lambda: datetime.now(UTC))
    async with serving(
        ScriptedAssistant(SENTENCE, an_answer(SENTENCE)),
        folder,
        oversight=Oversight(on_end=metrics.count),
        metrics=metrics,
        metrics_key=key,
    ) as api:
        await api.ask("Zanzibar?")
        return await api.http.get("/metrics", headers={"authorization": authorization})


class TestReadMetrics:
    async def test_tells_prometheus_what_was_counted_and_nobodys_words(
        self, tmp_path: Path
    ) -> None:
        response = await read(tmp_path, f"Bearer {KEY}")

        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert 'candor_turns_total{outcome="ANSWERED"' in response.text
        assert "Zanzibar" not in response.text

    @pytest.mark.parametrize("authorization", ["", "Bearer wrong", KEY, f"Basic {KEY}"])
    async def test_tells_nothing_without_the_key(self, authorization: str, tmp_path: Path) -> None:
        response = await read(tmp_path, authorization)

        assert response.status_code == 401
        assert "candor_turns" not in response.text

    async def test_is_not_there_where_no_key_is_set(self, tmp_path: Path) -> None:
        assert (await read(tmp_path, f"Bearer {KEY}", key=None)).status_code == 404
