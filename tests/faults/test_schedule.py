"""A server that scores its own answers: `candor serve` with a schedule, and what that leaves."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.answer import Outcome
from app.store.database import open_database
from app.store.live import LiveScore
from app.store.records import (
    AnswerRecord,
    CitationRecord,
    Ending,
    EventName,
    NewTurn,
    SentenceRecord,
    TurnEvent,
    TurnState,
)
from app.store.reviews import Occasion
from app.store.sql_conversations import SqlConversations
from app.store.sql_live import SqlLiveTurns
from app.store.sql_reviews import SqlReviews
from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.generations.generation import read_articles
from knowledge_base.generations.publication import GENERATIONS, current_generation_id
from knowledge_base.progress import NoProgress
from tests.api.test_serve import PATIENCE_SECONDS, candor_serve, start
from tests.openai_server import an_openai_server, replies
from tests.tiny_model import write_tiny_model

TEXT = "Refunds take 5 days."
TURN = "0" * 32
PRICE = {"prompt": 1, "cached": 0.5, "completion": 4, "as_of": "2026-11-01"}


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an index, and one answer that a customer got."""
    now = datetime.now(UTC)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/refunds.md").write_text(f"# Refunds\n\n{TEXT} Ask in a shop.\n")
    monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CANDOR_EMBEDDER", str(write_tiny_model(tmp_path / "tiny")))
    settings = IngestionSettings()
    build_reindexing(settings, NoProgress()).run(open_sources(settings, [tmp_path / "articles"]))
    generation = current_generation_id(tmp_path)
    (article,) = read_articles(tmp_path / GENERATIONS / generation).values()
    begin = article.body.index(TEXT)
    cited = CitationRecord(
        *(article.id, article.title, None, ""),
        *(begin, begin + len(TEXT), begin, len(article.body)),
    )
    store = SqlConversations(open_database(tmp_path))
    store.create("c" * 32, now)
    turn = NewTurn(TURN, "c" * 32, "How long do refunds take?", None, now, now)
    store.begin(turn, TurnEvent(1, EventName.TURN))
    store.append(TURN, TurnEvent(2, EventName.SENTENCE), SentenceRecord("In 5 days.", (cited,)))
    answer = AnswerRecord(Outcome.ANSWERED, "In 5 days.", "refunds", "openai:m", generation)
    store.finish(TURN, Ending(TurnState.DONE, now, (), answer))
    store.close()
    return tmp_path


def scores(data_dir: Path) -> dict[str, LiveScore]:
    """Return the scores of the answer, once there are some."""
    now = datetime.now(UTC)
    live = SqlLiveTurns(open_database(data_dir))
    for _ in range(1200):
        if found := live.scores(now - timedelta(days=1), datetime.now(UTC)):
            return {one.metric: one for one in found}
        time.sleep(0.1)
    pytest.fail("nothing was ever scored")


class TestAServerWithASchedule:
    def test_sends_to_review_what_a_judge_thinks_little_of(self, data_dir: Path) -> None:
        with an_openai_server(replies('{"supported": [], "unsupported": {"1": "no"}}')) as judge:
            variables = {
                "CANDOR_SCHEDULE": '{"live": "1d"}',
                "CANDOR_LIVE_SHARE": "1",
                "CANDOR_LIVE_BUDGET_USD": "1",
                "CANDOR_JUDGE_MODEL": "critic",
                "CANDOR_JUDGE_BASE_URL": judge.base_url,
                "CANDOR_PRICES": json.dumps({"critic": PRICE}),
            }
            with candor_serve(data_dir, **variables):
                found = scores(data_dir)

        assert found["judged_faithfulness"].is_low
        assert found["faithfulness"].value == 1.0
        assert len(judge.requests) == 1
        (waiting,) = SqlReviews(open_database(data_dir)).waiting(9, 0.0)
        assert (waiting.turn, waiting.occasions) == (TURN, (Occasion.LOW_SCORE,))

    def test_says_in_one_line_that_it_can_not_be_read(self, tmp_path: Path) -> None:
        process = start(tmp_path, {"CANDOR_SCHEDULE": '{"live": "daily"}'})

        _, told = process.communicate(timeout=PATIENCE_SECONDS)

        assert process.returncode == 1
        assert len(told.splitlines()) == 1
        assert "CANDOR_SCHEDULE can't be used: 'daily'" in told
