"""A database or a part of the server that breaks while the API runs."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.answer import Usage
from app.oversight import Oversight
from app.running_turn import Step
from app.store.database import DATABASE_FILE
from app.telemetry.turn_report import TurnReport
from knowledge_base.article import Article
from tests.fakes import FixedArticles, ScriptedAssistant
from tests.live_server import a_receipt, a_refusal, a_sentence, an_answer, serving

SENTENCE = a_sentence()
ANSWER = an_answer(SENTENCE)


def drop(data_dir: Path, table: str) -> None:
    engine = create_engine(f"sqlite:///{data_dir / DATABASE_FILE}")
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {table}"))
    engine.dispose()


class TestADatabaseThatBreaks:
    @pytest.mark.parametrize("path", ["/readyz", "/v1/conversations/" + "0" * 32])
    async def test_is_told_as_unavailable(self, path: str, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(ANSWER), tmp_path) as api:
            for table in ("feedback", "turns", "conversations"):
                drop(tmp_path, table)

            response = await api.http.get(path)

        assert response.status_code == 503
        assert response.headers["content-type"] == "application/problem+json"
        assert "database" in response.json()["detail"]

    async def test_ends_the_running_turn_with_an_error(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            drop(tmp_path, "citations")

            events = await api.stream()

        assert [event.event for event in events] == ["turn", "error", "done"]
        assert events[1].json()["status"] == 503

    async def test_shows_no_sentence_without_its_receipt(self, tmp_path: Path) -> None:
        script = (a_receipt(SENTENCE), SENTENCE, ANSWER)
        async with serving(ScriptedAssistant(*script), tmp_path) as api:
            drop(tmp_path, "receipt_claims")

            events = await api.stream()

        assert [event.event for event in events] == ["turn", "error", "done"]

    @pytest.mark.parametrize(
        ("table", "script"),
        [
            ("citations", (SENTENCE, ANSWER)),
            ("receipt_claims", (a_receipt(SENTENCE), SENTENCE, ANSWER)),
            ("receipt_claims", (a_refusal("No."), ANSWER)),
            ("model_calls", (Usage("openai:m", 10, 5, 0.001), ANSWER)),
        ],
    )
    async def test_counts_the_turn_as_failed_once(
        self, table: str, script: Sequence[Step | Usage], tmp_path: Path
    ) -> None:
        ended: list[TurnReport] = []
        oversight = Oversight(on_end=ended.append)
        async with serving(ScriptedAssistant(*script), tmp_path, oversight=oversight) as api:
            drop(tmp_path, table)

            events = await api.stream()

        assert events[-1].event == "done"
        assert [one.outcome for one in ended] == ["FAILED"]


class TestAnErrorThatNobodyForesaw:
    async def test_is_a_problem_with_an_id_and_nothing_else(self, tmp_path: Path) -> None:
        class BrokenArticles(FixedArticles):
            def article(self, article: str, generation: str | None = None) -> Article:
                raise ValueError(f"secret {article} {generation}")

        async with serving(ScriptedAssistant(ANSWER), tmp_path, library=BrokenArticles()) as api:
            response = await api.http.get("/v1/articles/refunds")
            healthy = await api.http.get("/healthz")

        assert response.status_code == 500
        assert response.headers["content-type"] == "application/problem+json"
        assert "secret" not in response.text
        assert healthy.is_success
