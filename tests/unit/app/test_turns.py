"""Turns beyond what HTTP shows: other servers' turns, a server that stops, a store that fails."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import StoreError
from app.guardrails.personal_data import Masker
from app.guardrails.personal_data_rules import PersonalDataRules
from app.live_turn import TurnTimes
from app.store.database import open_database
from app.store.receipts import ReceiptRecord
from app.store.records import (
    Ending,
    EventName,
    NewTurn,
    SentenceRecord,
    TurnEvent,
    TurnState,
)
from app.store.sql_conversations import SqlConversations
from app.turn_ports import Answering
from app.turns import Turns, new_id
from tests.fakes import ScriptedAssistant
from tests.live_server import a_sentence, an_answer
from tests.patience import until

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LEASE = timedelta(seconds=0.3)
TIMES = TurnTimes(grace_seconds=60, lease_seconds=LEASE.total_seconds(), poll_seconds=0.01)
SENTENCE = a_sentence()


class FullDisk(SqlConversations):
    """Begins turns and then can't write any more."""

    def append(
        self,
        turn: str,
        event: TurnEvent,
        sentence: SentenceRecord | None = None,
        receipt: ReceiptRecord | None = None,
    ) -> None:
        del turn, event, sentence, receipt
        raise StoreError("The database can't be used right now: try again in a moment.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlConversations]:
    opened = SqlConversations(open_database(tmp_path))
    yield opened
    opened.close()


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


def wall_clock() -> datetime:
    return datetime.now(UTC)


def turns(
    store: SqlConversations,
    assistant: Answering | None = None,
    now: Callable[[], datetime] = wall_clock,
) -> Turns:
    return Turns(assistant or ScriptedAssistant(), store, times=TIMES, now=now)


def begun_elsewhere(store: SqlConversations, lease_until: datetime) -> str:
    """Store a running turn that another server answers."""
    conversation = new_id()
    store.create(conversation, NOW)
    turn = NewTurn(new_id(), conversation, "Free?", None, NOW, lease_until)
    store.begin(turn, TurnEvent(1, EventName.TURN))
    return turn.id


async def events_of(turns: Turns, turn: str) -> list[TurnEvent]:
    return [event async for event in turns.follow(turn)]


class FirstHalf:
    """Gives each conversation the release `a`, and lets it keep any other one."""

    def release_of(self, conversation: str, before: str | None) -> str | None:
        del conversation
        return before or "a"


class TestAssignment:
    async def test_gives_a_conversation_its_release_for_good(self, store: SqlConversations) -> None:
        answer = replace(an_answer(), release="b")
        assistant = ScriptedAssistant(answer)
        served = Turns(assistant, store, times=TIMES, now=lambda: NOW, assignment=FirstHalf())

        first = await served.start("Free?")
        await events_of(served, first.id)
        second = await served.start("And in the EU?", first.conversation)
        await events_of(served, second.id)

        assert assistant.releases == ["a", "b"]
        assert [first.release, second.release] == ["a", "b"]


class TestWatch:
    async def test_fails_a_turn_whose_server_is_gone(self, store: SqlConversations) -> None:
        turn = begun_elsewhere(store, lease_until=NOW)
        server = turns(store)

        watch = asyncio.create_task(server.watch())
        events = await events_of(server, turn)
        watch.cancel()

        assert [event.name for event in events] == ["turn", "error", "done"]
        assert store.turn(turn).state is TurnState.FAILED
        assert "restarted" in str(store.turn(turn).error)

    async def test_leaves_a_turn_whose_server_lives(self, store: SqlConversations) -> None:
        turn = begun_elsewhere(store, datetime.now(UTC) + timedelta(minutes=1))

        watch = asyncio.create_task(turns(store).watch())
        await asyncio.sleep(0.5)
        watch.cancel()

        assert store.turn(turn).state is TurnState.RUNNING

    async def test_keeps_its_own_turns_from_being_taken_for_abandoned(
        self, store: SqlConversations
    ) -> None:
        gate, clock = asyncio.Event(), Clock()
        answering = turns(store, ScriptedAssistant(gate, an_answer()), clock)
        other = turns(store, now=clock)
        watches = [asyncio.create_task(each.watch()) for each in (answering, other)]
        started = await answering.start("Free?")
        for _ in range(5):  # together longer than a turn is leased
            clock.time += LEASE / 2
            await until(lambda: started.id not in store.abandoned(clock.time + LEASE * 3 / 4))
        gate.set()

        events = await events_of(answering, started.id)

        for watch in watches:
            watch.cancel()
        assert [event.name for event in events] == ["turn", "outcome", "done"]


class TestStart:
    async def test_keeps_personal_data_from_the_store_and_the_assistant(
        self, store: SqlConversations
    ) -> None:
        assistant = ScriptedAssistant(an_answer())
        masker = Masker([PersonalDataRules()])
        server = Turns(assistant, store, times=TIMES, now=lambda: datetime.now(UTC), masker=masker)

        started = await server.start("I'm jo@mail.example: is it free?")
        await events_of(server, started.id)

        kept = store.turn(started.id)
        assert kept.question == assistant.asked[0][0] == "I'm <EMAIL_1>: is it free?"
        assert kept.answer is not None
        assert "jo@" not in kept.answer.query


class TestFollow:
    async def test_reads_a_turn_that_another_server_answers(self, store: SqlConversations) -> None:
        turn = begun_elsewhere(store, NOW + timedelta(days=365))
        reading = asyncio.create_task(events_of(turns(store), turn))
        await asyncio.sleep(0.1)
        store.append(turn, TurnEvent(2, EventName.SENTENCE))
        await asyncio.sleep(0.1)
        store.finish(turn, Ending(TurnState.DONE, NOW, (TurnEvent(3, EventName.DONE),)))

        events = await reading

        assert [event.number for event in events] == [1, 2, 3]

    async def test_ends_with_an_error_where_the_answer_can_t_be_stored(
        self, tmp_path: Path
    ) -> None:
        full = FullDisk(open_database(tmp_path))
        assistant = ScriptedAssistant(SENTENCE, asyncio.Event())
        server = turns(full, assistant)
        started = await server.start("Free?")

        events = await events_of(server, started.id)

        full.close()
        assert [event.name for event in events] == ["turn", "error", "done"]
        assert events[1].data["status"] == 503
        assert assistant.was_stopped


class TestClose:
    async def test_tells_readers_and_the_store_that_the_server_stopped(
        self, store: SqlConversations
    ) -> None:
        server = turns(store, ScriptedAssistant(SENTENCE, asyncio.Event()))
        started = await server.start("Free?")
        events = server.follow(started.id)
        read = [await anext(events), await anext(events)]

        await server.close()

        read += [event async for event in events]
        assert [event.name for event in read] == ["turn", "sentence", "error", "done"]
        assert store.turn(started.id).state is TurnState.FAILED

    async def test_ends_a_turn_that_has_just_begun(self, store: SqlConversations) -> None:
        server = turns(store, ScriptedAssistant(asyncio.Event()))
        started = await server.start("Free?")

        await server.close()

        assert store.turn(started.id).state is TurnState.FAILED
