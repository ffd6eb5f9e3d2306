"""What every store of conversations must do; proved on SQLite and on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.answer import Budget, CacheHit, CallEnd, Exchange, Outcome, Purpose, Usage
from app.errors import ConflictError, NotFoundError
from app.grounding.receipt import Origin, Ruling
from app.grounding.verdict import Verdict
from app.store.conversations import Conversations
from app.store.receipts import (
    AttemptRecord,
    ClaimRecord,
    EvidenceRecord,
    FactRecord,
    ReceiptRecord,
)
from app.store.records import (
    AnswerRecord,
    CitationRecord,
    Ending,
    EventName,
    Feedback,
    NewTurn,
    PassageRecord,
    Rating,
    SentenceRecord,
    Turn,
    TurnEvent,
    TurnState,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TALK = "c" * 32
UNKNOWN = "0" * 32
CITATION = CitationRecord("ship/us", "Shipping", None, "Costs › Free", 3, 9, 0, 40)
SENTENCE = SentenceRecord("Orders over 75 USD ship free.", (CITATION,))
EVIDENCE = EvidenceRecord(
    "ship/us", "Shipping", "a" * 64, 3, 32, 0, 40, (FactRecord("amount", 15, 21),)
)
CLAIM = ClaimRecord("Free.", 0, 5, Verdict.SUPPORTED, 0.93, "in these words", "words", EVIDENCE)
DOUBT = ClaimRecord("Free.", 0, 5, Verdict.CONTRADICTED, 0.0, "5 USD", "policy facts", None)
RECEIPT = ReceiptRecord(
    Ruling.REPAIRED,
    (
        AttemptRecord(Origin.DRAFT, "All is free.", (DOUBT, CLAIM)),
        AttemptRecord(Origin.REPAIR, "Free.", (CLAIM,)),
    ),
    shown="Free.",
    event=2,
    generation="g1",
)
BLOCKED = ReceiptRecord(
    Ruling.DROPPED, (AttemptRecord(Origin.DRAFT, "Free.", (DOUBT,)),), None, generation="g1"
)
ANSWER = AnswerRecord(
    outcome=Outcome.ANSWERED,
    text="Orders over 75 USD ship free.",
    query="free shipping us",
    model="openai:gpt",
    generation="g1",
    release="r3-1a2b3c4d",
    prompt="answer.v1",
    prompt_fingerprint="abc",
    passages=(PassageRecord("ship/us", "ship/us#0-40", 0.5),),
    cache_hit=CacheHit.NEAR,
    timings_ms={"search": 3.5, "total": 12.25},
)

CALLS = (
    Usage("openai:gpt", 100, 20, 0.002, cached_tokens=60),
    Usage("openai:gpt", 90, 5, 0.001, purpose=Purpose.REPAIR, ending=CallEnd.CANCELLED),
    Usage("local", 5, 6, None, estimated=True, purpose=Purpose.JUDGE, ending=CallEnd.FAILED),
)


def a_turn(number: int = 1, question: str = "Is shipping free?", talk: str = TALK) -> NewTurn:
    return NewTurn(f"{number:032x}", talk, question, date(2026, 11, 1), NOW, NOW)


def first_event() -> TurnEvent:
    return TurnEvent(1, EventName.TURN, {"turn": "x"})


def an_ending(answer: AnswerRecord = ANSWER, number: int = 2) -> Ending:
    return Ending(TurnState.DONE, NOW, (TurnEvent(number, EventName.DONE),), answer, usage=CALLS)


def ask(store: Conversations, number: int = 1, question: str = "Is shipping free?") -> str:
    turn = a_turn(number, question)
    store.begin(turn, first_event())
    return turn.id


def ask_and_answer(store: Conversations, number: int, question: str = "Is it free?") -> str:
    turn = ask(store, number, question)
    store.append(turn, TurnEvent(2, EventName.SENTENCE), SENTENCE)
    store.finish(turn, an_ending(number=3))
    return turn


@pytest.fixture
def talk(store: Conversations) -> Conversations:
    """A store with one empty conversation."""
    store.create(TALK, NOW)
    return store


class TestConversation:
    def test_holds_its_turns_oldest_first(self, talk: Conversations) -> None:
        turns = [ask_and_answer(talk, number) for number in (9, 3, 5)]

        kept = talk.conversation(TALK)

        assert kept.created == NOW
        assert [turn.id for turn in kept.turns] == turns

    def test_that_nobody_began_is_not_found(self, store: Conversations) -> None:
        with pytest.raises(NotFoundError):
            store.conversation(UNKNOWN)


class TestLastRelease:
    def test_is_that_of_the_last_turn_though_it_still_runs(self, talk: Conversations) -> None:
        for number, release in enumerate(("r1-00000001", "r2-00000002"), start=1):
            talk.begin(replace(a_turn(number), release=release), first_event())
            if number == 1:
                talk.finish(a_turn(number).id, an_ending(replace(ANSWER, release=release)))

        assert talk.last_release(TALK) == "r2-00000002"

    def test_is_that_which_answered_where_another_one_had_to(self, talk: Conversations) -> None:
        talk.begin(replace(a_turn(), release="r2-00000002"), first_event())
        talk.finish(a_turn().id, an_ending(replace(ANSWER, release="r1-00000001")))

        assert talk.last_release(TALK) == "r1-00000001"

    def test_is_nothing_of_a_conversation_without_turns(self, talk: Conversations) -> None:
        assert talk.last_release(TALK) is None


class TestForget:
    def test_removes_all_that_is_kept_of_a_conversation(self, talk: Conversations) -> None:
        turn = ask_and_answer(talk, 1)
        talk.rate(turn, Feedback(Rating.DOWN, comment="Wrong."), NOW)

        removed = talk.forget(TALK)

        assert removed == {
            "conversations": 1,
            "turns": 1,
            "turn_events": 3,
            "sentences": 1,
            "citations": 1,
            "passages": 1,
            "model_calls": 3,
            "feedback": 1,
        }
        for read in (talk.conversation, talk.forget):
            with pytest.raises(NotFoundError, match=TALK):
                read(TALK)
        with pytest.raises(NotFoundError):
            talk.turn(turn)

    def test_leaves_the_other_conversations_as_they_are(self, talk: Conversations) -> None:
        talk.create("d" * 32, NOW)
        other = a_turn(2, talk="d" * 32)
        talk.begin(other, first_event())
        ask_and_answer(talk, 1)

        talk.forget(TALK)

        assert talk.turn(other.id).state is TurnState.RUNNING
        assert talk.events(other.id) == (first_event(),)

    def test_lets_a_running_turn_keep_nothing_more(self, talk: Conversations) -> None:
        turn = ask(talk)

        talk.forget(TALK)

        with pytest.raises(NotFoundError):
            talk.append(turn, TurnEvent(2, EventName.SENTENCE), SENTENCE)
        with pytest.raises(NotFoundError):
            talk.finish(turn, an_ending())

    def test_of_a_conversation_that_nobody_began_is_not_found(self, store: Conversations) -> None:
        with pytest.raises(NotFoundError, match=UNKNOWN):
            store.forget(UNKNOWN)


class TestTurn:
    def test_keeps_all_that_its_answer_rested_on(self, talk: Conversations) -> None:
        turn = ask(talk)
        talk.append(turn, TurnEvent(2, EventName.SENTENCE), SENTENCE)
        talk.finish(turn, an_ending(number=3))

        kept = talk.turn(turn)

        assert kept == Turn(
            id=turn,
            conversation=TALK,
            question="Is shipping free?",
            at=date(2026, 11, 1),
            state=TurnState.DONE,
            created=NOW,
            finished=NOW,
            sentences=(SENTENCE,),
            answer=ANSWER,
            usage=CALLS,
            cost_usd=0.003,
        )

    def test_shows_the_sentences_released_so_far_while_it_runs(self, talk: Conversations) -> None:
        turn = ask(talk)
        talk.append(turn, TurnEvent(2, EventName.SENTENCE), SENTENCE)

        kept = talk.turn(turn)

        assert (kept.state, kept.sentences, kept.answer) == (TurnState.RUNNING, (SENTENCE,), None)

    def test_keeps_why_it_failed(self, talk: Conversations) -> None:
        turn = ask(talk)
        talk.finish(turn, Ending(TurnState.FAILED, NOW, (), error="The model timed out."))

        kept = talk.turn(turn)

        assert (kept.state, kept.error, kept.answer) == (
            TurnState.FAILED,
            "The model timed out.",
            None,
        )

    @pytest.mark.parametrize("state", [TurnState.FAILED, TurnState.CANCELLED])
    def test_keeps_what_it_cost_where_it_has_no_answer(
        self, talk: Conversations, state: TurnState
    ) -> None:
        turn = ask(talk)
        talk.finish(turn, Ending(state, NOW, (), usage=CALLS, budget=Budget.DAY))

        kept = talk.turn(turn)

        assert (kept.usage, kept.cost_usd, kept.budget) == (CALLS, 0.003, Budget.DAY)

    def test_has_no_known_cost_where_its_server_is_gone(self, talk: Conversations) -> None:
        turn = ask(talk)
        talk.finish(turn, Ending(TurnState.FAILED, NOW, (), usage=None))

        kept = talk.turn(turn)

        assert (kept.usage, kept.cost_usd) == ((), None)

    def test_names_the_key_that_it_came_with(self, talk: Conversations) -> None:
        talk.begin(NewTurn("1" * 32, TALK, "?", None, NOW, NOW, client="shop"), first_event())

        assert talk.turn("1" * 32).client == "shop"

    def test_that_nobody_asked_is_not_found(self, store: Conversations) -> None:
        with pytest.raises(NotFoundError):
            store.turn(UNKNOWN)

    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("naïve 😀 ﷽ \u202e", "naïve 😀 ﷽ \u202e"),
            ("a\x00b", "a\ufffdb"),
            ("a\ud800b", "a\ufffdb"),
            ("'; DROP TABLE turns; --", "'; DROP TABLE turns; --"),
            ("x" * 200_000, "x" * 200_000),
        ],
        ids=["unicode", "nul", "surrogate", "sql", "long"],
    )
    def test_keeps_any_text(self, talk: Conversations, written: str, kept: str) -> None:
        turn = ask(talk, question=written)
        citation = CitationRecord(written, written, written, written, 0, 1, 0, 1)
        event = TurnEvent(2, EventName.SENTENCE, {"text": written})
        talk.append(turn, event, SentenceRecord(written, (citation,)))
        talk.finish(turn, Ending(TurnState.FAILED, NOW, (), error=written))

        stored = talk.turn(turn)

        assert (stored.question, stored.error, stored.sentences[0].text) == (kept, kept, kept)
        assert stored.sentences[0].citations[0].article == kept

    def test_gives_moments_back_in_utc(self, talk: Conversations) -> None:
        local = datetime(2026, 11, 1, 14, tzinfo=timezone(timedelta(hours=2)))
        talk.begin(NewTurn("1" * 32, TALK, "?", None, local, local), first_event())

        created = talk.turn("1" * 32).created

        assert created.isoformat() == "2026-11-01T12:00:00+00:00"


class TestBegin:
    def test_keeps_the_conversation_that_a_turn_begins(self, store: Conversations) -> None:
        begun = replace(a_turn(), begins_conversation=True)

        store.begin(begun, first_event())

        assert [turn.id for turn in store.conversation(TALK).turns] == [begun.id]

    def test_refuses_to_begin_a_conversation_twice(self, talk: Conversations) -> None:
        with pytest.raises(ConflictError):
            talk.begin(replace(a_turn(), begins_conversation=True), first_event())

    def test_refuses_a_second_question_while_the_first_is_answered(
        self, talk: Conversations
    ) -> None:
        ask(talk, 1)

        with pytest.raises(ConflictError, match="still being answered"):
            ask(talk, 2)

    def test_takes_the_next_question_once_the_first_has_ended(self, talk: Conversations) -> None:
        ask_and_answer(talk, 1)

        second = ask(talk, 2)

        assert talk.turn(second).state is TurnState.RUNNING

    def test_lets_one_of_many_at_once_through(self, talk: Conversations) -> None:
        def attempt(number: int) -> bool:
            try:
                ask(talk, number)
            except ConflictError:
                return False
            return True

        with ThreadPoolExecutor(8) as threads:
            let_through = list(threads.map(attempt, range(1, 17)))

        assert let_through.count(True) == 1

    def test_needs_a_conversation(self, store: Conversations) -> None:
        with pytest.raises(NotFoundError):
            ask(store)


class TestEvents:
    def test_come_back_in_order_after_the_number_asked_for(self, talk: Conversations) -> None:
        turn = ask(talk)
        for number in range(2, 13):
            talk.append(turn, TurnEvent(number, EventName.SENTENCE, {"text": f"{number} \x00 é"}))

        events = talk.events(turn, after=9)

        assert [event.number for event in events] == [10, 11, 12]
        assert events[0] == TurnEvent(10, EventName.SENTENCE, {"text": "10 \x00 é"})

    def test_of_a_turn_that_nobody_asked_are_not_found(self, store: Conversations) -> None:
        with pytest.raises(NotFoundError):
            store.events(UNKNOWN)


class TestAppend:
    def test_refuses_a_number_that_another_server_was_quicker_to_give(
        self, talk: Conversations
    ) -> None:
        turn = ask(talk)

        with pytest.raises(ConflictError):
            talk.append(turn, first_event())

        assert len(talk.events(turn)) == 1


class TestKeep:
    def test_keeps_all_that_a_sentence_rested_on(self, talk: Conversations) -> None:
        turn = ask(talk)
        talk.keep(turn, RECEIPT)
        talk.keep(turn, BLOCKED)
        talk.append(turn, TurnEvent(2, EventName.SENTENCE), SENTENCE)

        assert talk.receipts(turn) == (RECEIPT, BLOCKED)

    def test_keeps_the_receipts_of_a_turn_that_failed(self, talk: Conversations) -> None:
        turn = ask(talk)
        talk.keep(turn, RECEIPT)
        talk.finish(turn, Ending(TurnState.FAILED, NOW, (), error="The model timed out."))

        assert talk.receipts(turn) == (RECEIPT,)

    def test_refuses_a_turn_that_has_ended(self, talk: Conversations) -> None:
        turn = ask_and_answer(talk, 1)

        with pytest.raises(ConflictError):
            talk.keep(turn, RECEIPT)

    def test_keeps_any_text(self, talk: Conversations) -> None:
        turn = ask(talk)
        hostile = AttemptRecord(Origin.DRAFT, "a\x00b \ud800 '; DROP TABLE turns; --", ())

        talk.keep(turn, ReceiptRecord(Ruling.DROPPED, (hostile,), None))

        kept = talk.receipts(turn)[0].attempts[0].text
        assert kept == "a\ufffdb \ufffd '; DROP TABLE turns; --"

    def test_is_apart_for_each_turn(self, talk: Conversations) -> None:
        first = ask(talk)
        talk.keep(first, RECEIPT)
        talk.finish(first, an_ending())
        second = ask(talk, 2)

        assert talk.receipts(second) == ()

    def test_needs_a_turn(self, store: Conversations) -> None:
        with pytest.raises(NotFoundError):
            store.receipts(UNKNOWN)
        with pytest.raises(NotFoundError):
            store.keep(UNKNOWN, RECEIPT)


class TestFinish:
    @pytest.mark.parametrize(
        "again",
        [
            lambda store, turn: store.finish(turn, an_ending(number=9)),
            lambda store, turn: store.append(turn, TurnEvent(9, EventName.SENTENCE), SENTENCE),
        ],
        ids=["finish", "append"],
    )
    def test_is_final(
        self, talk: Conversations, again: Callable[[Conversations, str], None]
    ) -> None:
        turn = ask_and_answer(talk, 1)
        before = (talk.turn(turn), talk.events(turn))

        with pytest.raises(ConflictError, match="has ended already"):
            again(talk, turn)

        assert (talk.turn(turn), talk.events(turn)) == before


class TestHistory:
    def test_is_the_last_answered_turns_as_exchanges(self, talk: Conversations) -> None:
        for number in (1, 2, 3):
            ask_and_answer(talk, number, f"Question {number}?")
        failed = ask(talk, 4)
        talk.finish(failed, Ending(TurnState.FAILED, NOW, (), error="Away."))
        ask(talk, 5)

        history = talk.history(TALK, limit=2)

        assert history == tuple(
            Exchange(question, ANSWER.text, ANSWER.query, ("ship/us",))
            for question in ("Question 2?", "Question 3?")
        )


class TestRate:
    def test_keeps_the_last_word(self, talk: Conversations) -> None:
        turn = ask_and_answer(talk, 1)
        talk.rate(turn, Feedback(Rating.UP), NOW)
        talk.rate(turn, Feedback(Rating.DOWN, "wrong", "It is 80."), NOW)

        feedback = talk.turn(turn).feedback

        assert feedback == Feedback(Rating.DOWN, "wrong", "It is 80.")

    def test_forgets_what_was_taken_back(self, talk: Conversations) -> None:
        turn = ask_and_answer(talk, 1)
        talk.rate(turn, Feedback(Rating.UP), NOW)

        talk.rate(turn, None, NOW)
        talk.rate(turn, None, NOW)

        assert talk.turn(turn).feedback is None

    def test_takes_many_at_once(self, talk: Conversations) -> None:
        turn = ask_and_answer(talk, 1)

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda _: talk.rate(turn, Feedback(Rating.UP), NOW), range(16)))

        assert talk.turn(turn).feedback == Feedback(Rating.UP)

    def test_waits_for_the_answer(self, talk: Conversations) -> None:
        turn = ask(talk)

        with pytest.raises(ConflictError):
            talk.rate(turn, Feedback(Rating.UP), NOW)

    def test_needs_a_turn(self, store: Conversations) -> None:
        with pytest.raises(NotFoundError):
            store.rate(UNKNOWN, Feedback(Rating.UP), NOW)


class TestAbandoned:
    def test_are_the_running_turns_whose_lease_is_over(self, store: Conversations) -> None:
        turns = []
        for number in (1, 2, 3):
            store.create(str(number) * 32, NOW)
            turns.append(a_turn(number, talk=str(number) * 32))
            store.begin(turns[-1], first_event())
        ended, alive, gone = (turn.id for turn in turns)
        store.finish(ended, an_ending())
        store.renew([alive, ended], NOW + timedelta(seconds=10))

        abandoned = store.abandoned(NOW + timedelta(seconds=5))

        assert list(abandoned) == [gone]
