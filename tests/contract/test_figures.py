"""What every reader of figures must tell; proved on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.answer import Budget, CacheHit, Outcome, Usage
from app.store.database import open_database
from app.store.receipts import record_receipt
from app.store.records import (
    AnswerRecord,
    Ending,
    EventName,
    NewTurn,
    TurnEvent,
    TurnState,
)
from app.store.sql_conversations import SqlConversations
from app.store.sql_figures import SqlFigures
from app.store.turn_figures import Figures, ServedModel, TurnFigures
from tests.live_server import a_receipt, a_refusal, a_sentence

NOW = datetime(2026, 11, 8, 12, tzinfo=UTC)
TURN = "1" * 32
CALLS = (
    Usage("m", 100, 20, 0.5, served_model="m-2026-11", served_fingerprint="fp_1"),
    Usage("local", 5, 6, None, estimated=True),
)
ANSWER = AnswerRecord(
    Outcome.ANSWERED,
    "Yes.",
    "free?",
    "m",
    release="r1",
    cache_hit=CacheHit.EXACT,
    timings_ms={"total": 12.0},
)


@pytest.fixture
def figures(database_url: str, tmp_path: Path) -> Iterator[Figures]:
    """The figures of one turn that ended, of one that failed and of one long ago."""
    engine = open_database(tmp_path, database_url)
    store = SqlConversations(engine)
    ended = Ending(TurnState.DONE, NOW, (), ANSWER, usage=CALLS, budget=Budget.DAY)
    failed = Ending(TurnState.FAILED, NOW, (), usage=None)
    turns = ((TURN, NOW, ended), ("2" * 32, NOW, failed), ("3" * 32, NOW - timedelta(9), failed))
    for turn, at, ending in turns:
        store.create(turn, at)
        new = NewTurn(turn, turn, "?", None, at, at, client="shop")
        store.begin(new, TurnEvent(1, EventName.TURN))
        store.keep(turn, record_receipt(a_receipt(a_sentence(), "All is free."), 2))
        store.keep(turn, record_receipt(a_refusal("No."), 3))
        store.finish(turn, ending)
    yield SqlFigures(engine)
    store.close()


class TestFigures:
    def test_tell_of_a_turn_what_it_took(self, figures: Figures) -> None:
        first, *_ = figures.turns(NOW - timedelta(days=7))

        assert first == TurnFigures(
            conversation=TURN,
            created=NOW,
            state=TurnState.DONE,
            outcome=Outcome.ANSWERED,
            release="r1",
            client="shop",
            budget=Budget.DAY,
            cache_hit=CacheHit.EXACT,
            cost_usd=0.5,
            calls=2,
            estimated_calls=1,
            unpriced_calls=1,
            tokens=131,
            timings_ms={"total": 12.0},
        )

    def test_tell_of_a_turn_without_an_answer_too(self, figures: Figures) -> None:
        _, second = figures.turns(NOW - timedelta(days=7))

        assert (second.state, second.outcome, second.cost_usd, second.calls) == (
            TurnState.FAILED,
            None,
            None,
            0,
        )

    def test_tell_what_served_the_calls_by_the_providers_word(self, figures: Figures) -> None:
        assert figures.served(NOW - timedelta(days=7)) == (
            ServedModel("local", None, None, 1, NOW, NOW),
            ServedModel("m", "m-2026-11", "fp_1", 1, NOW, NOW),
        )
        assert figures.served(NOW + timedelta(days=7)) == ()

    def test_tell_what_objected_to_how_many_sentences(self, figures: Figures) -> None:
        assert figures.objections(NOW - timedelta(days=7)) == {"policy facts": 4}
        assert figures.objections(NOW + timedelta(days=7)) == {}
