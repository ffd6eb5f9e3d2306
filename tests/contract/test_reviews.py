"""What every review queue must do; proved on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.answer import Outcome
from app.errors import NotFoundError
from app.grounding.receipt import Origin, Ruling
from app.store.conversations import Conversations
from app.store.database import open_database
from app.store.receipts import AttemptRecord, ReceiptRecord
from app.store.records import (
    AnswerRecord,
    CitationRecord,
    Ending,
    EventName,
    Feedback,
    NewTurn,
    Rating,
    SentenceRecord,
    TurnEvent,
    TurnState,
)
from app.store.reviews import Occasion, ReviewQueue, RightAnswer
from app.store.sql_conversations import SqlConversations
from app.store.sql_reviews import SqlReviews

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TALK = "c" * 32
EARLY = "1" * 32
LATE = "e" * 32
RIGHT = RightAnswer(
    (Outcome.ANSWERED,), ("ship/us",), (("75 USD", "$75"), ("free",)), ("50 USD",), "Read twice."
)
CITATION = CitationRecord("ship/us", "Shipping", None, "Costs", 3, 9, 0, 40)


@pytest.fixture
def talk(store: SqlConversations) -> Conversations:
    """A store with one empty conversation."""
    store.create(TALK, NOW)
    return store


@pytest.fixture
def queue(talk: Conversations, database_url: str, tmp_path: Path) -> Iterator[ReviewQueue]:
    del talk
    engine = open_database(tmp_path, database_url)
    yield SqlReviews(engine)
    engine.dispose()


def answered(
    talk: Conversations,
    turn: str,
    *,
    minutes: int = 0,
    question: str = "Is it free?",
    ruling: Ruling = Ruling.RELEASED,
) -> str:
    asked = NOW + timedelta(minutes=minutes)
    talk.begin(NewTurn(turn, TALK, question, None, asked, asked), TurnEvent(1, EventName.TURN))
    talk.append(turn, TurnEvent(2, EventName.SENTENCE), SentenceRecord("Over 75 USD.", (CITATION,)))
    draft = AttemptRecord(Origin.DRAFT, "All is free.", ())
    talk.keep(turn, ReceiptRecord(ruling, (draft,), shown=None))
    answer = AnswerRecord(Outcome.ANSWERED, "Over 75 USD.", question, "quoting")
    talk.finish(turn, Ending(TurnState.DONE, asked, (TurnEvent(3, EventName.DONE),), answer))
    return turn


class TestWaiting:
    def test_holds_what_a_customer_disliked(self, talk: Conversations, queue: ReviewQueue) -> None:
        turn = answered(talk, LATE)
        talk.rate(turn, Feedback(Rating.DOWN, comment="I am a member."), NOW)

        (found,) = queue.waiting(limit=10, sampled=0)

        assert (found.turn, found.question, found.text) == (turn, "Is it free?", "Over 75 USD.")
        assert found.occasions == (Occasion.THUMB_DOWN,)
        assert found.comment == "I am a member."
        assert found.articles == ("ship/us",)
        assert found.at == date(2026, 11, 1)

    @pytest.mark.parametrize("ruling", [Ruling.REPAIRED, Ruling.QUOTED, Ruling.DROPPED])
    def test_holds_an_answer_that_lost_a_sentence_as_it_was_drafted(
        self, talk: Conversations, queue: ReviewQueue, ruling: Ruling
    ) -> None:
        answered(talk, LATE, ruling=ruling)

        (found,) = queue.waiting(limit=10, sampled=0)

        assert found.occasions == (Occasion.KEPT_BACK,)

    def test_leaves_out_what_nobody_complained_about(
        self, talk: Conversations, queue: ReviewQueue
    ) -> None:
        liked = answered(talk, LATE, ruling=Ruling.REPEATED)
        talk.rate(liked, Feedback(Rating.UP), NOW)

        assert queue.waiting(limit=10, sampled=0) == ()

    @pytest.mark.parametrize(
        ("sampled", "drawn"), [(1.0, [LATE, EARLY]), (0.5, [EARLY]), (0.01, [])]
    )
    def test_samples_a_share_of_the_others_by_their_ids(
        self, talk: Conversations, queue: ReviewQueue, sampled: float, drawn: list[str]
    ) -> None:
        answered(talk, EARLY)
        answered(talk, LATE, minutes=1)

        waiting = queue.waiting(limit=10, sampled=sampled)

        assert [one.turn for one in waiting] == drawn
        assert {one.occasions for one in waiting} <= {(Occasion.SAMPLED,)}

    def test_gives_the_newest_first_and_no_more_than_asked(
        self, talk: Conversations, queue: ReviewQueue
    ) -> None:
        answered(talk, LATE)
        newest = answered(talk, EARLY, minutes=1)

        assert [one.turn for one in queue.waiting(limit=1, sampled=1)] == [newest]

    def test_knows_what_was_asked_before(self, talk: Conversations, queue: ReviewQueue) -> None:
        answered(talk, LATE, question="Do you ship to Spain?")
        answered(talk, EARLY, minutes=1, question="And is it free?")

        first, second = queue.waiting(limit=10, sampled=1)

        assert first.history == ("Do you ship to Spain?",)
        assert second.history == ()


class TestDecisions:
    def test_make_a_case_of_an_answer(self, talk: Conversations, queue: ReviewQueue) -> None:
        turn = answered(talk, EARLY)

        queue.accept(turn, RIGHT, NOW)

        (accepted,) = queue.accepted()
        assert accepted.right == RIGHT
        assert accepted.decided == NOW
        assert accepted.candidate.turn == turn
        assert queue.waiting(limit=10, sampled=1) == ()

    def test_take_an_answer_from_the_queue(self, talk: Conversations, queue: ReviewQueue) -> None:
        queue.dismiss(answered(talk, EARLY), NOW)

        assert queue.waiting(limit=10, sampled=1) == ()
        assert queue.accepted() == ()

    def test_may_be_changed(self, talk: Conversations, queue: ReviewQueue) -> None:
        turn = answered(talk, EARLY)
        queue.dismiss(turn, NOW)

        queue.accept(turn, RIGHT, NOW + timedelta(days=1))

        assert [one.decided for one in queue.accepted()] == [NOW + timedelta(days=1)]

    def test_need_an_answer(self, talk: Conversations, queue: ReviewQueue) -> None:
        talk.begin(NewTurn(EARLY, TALK, "Free?", None, NOW, NOW), TurnEvent(1, EventName.TURN))

        for turn in (EARLY, "0" * 32):
            with pytest.raises(NotFoundError, match=turn):
                queue.dismiss(turn, NOW)

    def test_are_forgotten_with_the_conversation(
        self, talk: Conversations, queue: ReviewQueue
    ) -> None:
        queue.accept(answered(talk, EARLY), RIGHT, NOW)

        removed = talk.forget(TALK)

        assert removed["reviews"] == 1
        assert queue.accepted() == ()
