"""What every reader of live turns must do; proved on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.answer import Outcome, Usage
from app.store.database import open_database
from app.store.live import LiveScore, LiveTurns
from app.store.records import Ending, Feedback, PassageRecord, Rating, TurnState
from app.store.reviews import Occasion
from app.store.sql_conversations import SqlConversations
from app.store.sql_live import SqlLiveTurns
from app.store.sql_reviews import SqlReviews
from tests.contract.test_conversations import (
    ANSWER,
    BLOCKED,
    NOW,
    RECEIPT,
    TALK,
    a_turn,
    first_event,
)

TURN = a_turn().id
HOUR = timedelta(hours=1)
USAGE = (
    Usage("openai:gpt", 100, 20, 0.002),
    Usage("local", 5, 6, None, estimated=True),
)
LOW = LiveScore(TURN, "faithfulness", 0.5, "numbers 9 not in the cited words", is_low=True)


@pytest.fixture
def talk(store: SqlConversations) -> SqlConversations:
    """A store with one answered turn, of which a sentence was kept back."""
    store.create(TALK, NOW)
    store.begin(a_turn(), first_event())
    store.keep(TURN, RECEIPT)
    store.keep(TURN, BLOCKED)
    near = tuple(PassageRecord("ship/us", f"ship/us#{n}", 0.5, n / 10) for n in (3, 8))
    answer = replace(ANSWER, passages=near)
    store.finish(TURN, Ending(TurnState.DONE, NOW, (), answer, usage=USAGE))
    return store


@pytest.fixture
def live(talk: SqlConversations, database_url: str, tmp_path: Path) -> Iterator[LiveTurns]:
    del talk
    engine = open_database(tmp_path, database_url)
    yield SqlLiveTurns(engine)
    engine.dispose()


class TestFigures:
    def test_say_what_a_turn_counts_for(self, talk: SqlConversations, live: LiveTurns) -> None:
        talk.rate(TURN, Feedback(Rating.DOWN), NOW)

        (found,) = live.figures(NOW, NOW + HOUR)

        assert (found.turn, found.conversation, found.created) == (TURN, TALK, NOW)
        assert (found.outcome, found.drafted, found.kept_back) == (Outcome.ANSWERED, 2, 2)
        assert (found.similarity, found.seconds, found.is_disliked) == (0.8, 0.01225, True)
        assert (found.cost_usd, found.tokens) == (0.002, 131)

    def test_leave_out_what_is_of_another_time_or_still_runs(
        self, talk: SqlConversations, live: LiveTurns
    ) -> None:
        talk.begin(a_turn(2), first_event())

        assert len(live.figures(NOW, NOW + HOUR)) == 1
        assert live.figures(NOW + HOUR, NOW + 2 * HOUR) == ()

    @pytest.mark.parametrize("state", [TurnState.FAILED, TurnState.CANCELLED])
    def test_tell_a_turn_that_failed_from_one_whose_customer_left(
        self, talk: SqlConversations, live: LiveTurns, state: TurnState
    ) -> None:
        talk.begin(a_turn(2), first_event())
        talk.finish(a_turn(2).id, Ending(state, NOW, (), error="no"))

        found = live.figures(NOW, NOW + HOUR)

        assert [one.ended_as for one in found] == ["ANSWERED", state.upper()]


class TestCharged:
    def test_sums_what_turns_cost_by_who_asked(self, live: LiveTurns) -> None:
        (spent,) = live.charged(NOW, NOW + HOUR).values()

        assert spent == pytest.approx(0.002)
        assert live.charged(NOW + HOUR, NOW + 2 * HOUR) == {}


class TestScores:
    def test_are_kept_and_take_the_turn_out_of_those_to_score(self, live: LiveTurns) -> None:
        before = live.unscored(NOW, NOW + HOUR, 1.0)

        live.keep_scores([LOW], NOW)

        assert before == (TURN,)
        assert live.unscored(NOW, NOW + HOUR, 1.0) == ()
        assert live.scores(NOW, NOW + HOUR) == (LOW,)

    def test_of_no_share_are_none(self, live: LiveTurns) -> None:
        assert live.unscored(NOW, NOW + HOUR, 0.0) == ()

    def test_of_a_turn_that_was_forgotten_meanwhile_are_dropped(
        self, talk: SqlConversations, live: LiveTurns
    ) -> None:
        live.keep_scores([LOW], NOW)

        removed = talk.forget(TALK)
        live.keep_scores([LOW], NOW)

        assert removed["live_scores"] == 1
        assert live.scores(NOW, NOW + HOUR) == ()

    def test_that_are_low_send_the_answer_to_review(
        self, live: LiveTurns, database_url: str, tmp_path: Path
    ) -> None:
        live.keep_scores([LOW], NOW)
        engine = open_database(tmp_path, database_url)

        (waiting,) = SqlReviews(engine).waiting(10, 0.0)

        engine.dispose()
        assert Occasion.LOW_SCORE in waiting.occasions
