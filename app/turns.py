"""A turn lives here, on the server: it goes on while readers come and go.

Its events are numbered and stored before anybody sees them, so that a reader who lost the
connection goes on where it was, and one who comes back tomorrow reads the same.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Protocol

import structlog
from structlog.contextvars import bound_contextvars

from app.answer import Answer, Exchange, Sentence
from app.errors import ConflictError, StoreError
from app.failure import Failure, describe, done_after, failure_events
from app.grounding.receipt import Receipt
from app.guardrails.personal_data import Masker
from app.live_turn import LiveTurn, TurnTimes
from app.store.conversations import Conversations
from app.store.receipts import record_receipt
from app.store.records import (
    Ending,
    EventName,
    NewTurn,
    TurnEvent,
    TurnState,
    record_answer,
    record_sentence,
)

_HISTORY_TURNS = 20

_log = structlog.get_logger(__name__)
_Step = Receipt | Sentence | Answer | None


class Answering(Protocol):
    """What answers a question: `app.assistant.Assistant`."""

    def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        at: date | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
    ) -> AsyncIterator[Sentence | Answer]:
        """Yield each released sentence as it is ready, then exactly one answer.

        `on_receipt` hears what became of a drafted sentence before the sentence is yielded.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Stop:
    """Why a turn was stopped before its answer was complete."""

    state: TurnState
    failure: Failure


@dataclass(slots=True)
class _Running:
    turn: NewTurn
    live: LiveTurn
    work: asyncio.Task[None]
    steps: asyncio.Queue[_Step]
    """What the assistant yielded and nobody has seen yet; None at the end."""
    stopped: _Stop | None = None


_UNREAD = _Stop(
    TurnState.CANCELLED,
    Failure(HTTPStatus.GONE, "Nobody was reading any more, so the answer was stopped: ask again."),
)
_SHUT_DOWN = _Stop(
    TurnState.FAILED,
    Failure(HTTPStatus.SERVICE_UNAVAILABLE, "The server was stopped meanwhile: ask again."),
)
_ABANDONED = _Stop(
    TurnState.FAILED,
    Failure(HTTPStatus.SERVICE_UNAVAILABLE, "The server was restarted meanwhile: ask again."),
)


class Turns:
    """Starts turns, lets readers follow them, and ends those that nobody reads."""

    def __init__(
        self,
        assistant: Answering,
        store: Conversations,
        *,
        times: TurnTimes,
        now: Callable[[], datetime],
        masker: Masker | None = None,
    ) -> None:
        self._assistant = assistant
        self._masker = masker or Masker(())
        self._store = store
        self._times = times
        self._now = now
        self._running: dict[str, _Running] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(
        self, question: str, conversation: str | None = None, at: date | None = None
    ) -> NewTurn:
        """Begin to answer a question; without a conversation, in a new one.

        Neither the store nor the assistant sees the personal data in it.

        Raises:
            NotFoundError: There is no such conversation.
            ConflictError: The conversation's last question is still being answered.
            StoreError: The database can't be used.
        """
        now = self._now()
        question = await asyncio.to_thread(self._masker.mask, question)
        if conversation is None:
            conversation = new_id()
            await asyncio.to_thread(self._store.create, conversation, now)
        turn = NewTurn(new_id(), conversation, question, at, now, self._lease_from(now))
        first = TurnEvent(1, EventName.TURN, {"conversation": conversation, "turn": turn.id})
        await asyncio.to_thread(self._store.begin, turn, first)
        self._attend(turn, first)
        return turn

    async def follow(self, turn: str, after: int = 0) -> AsyncGenerator[TurnEvent]:
        """Yield a turn's events with a number above `after`, live while it runs.

        Raises:
            NotFoundError: There is no such turn.
        """
        running = self._running.get(turn)
        source = running.live.follow(after) if running else self._stored_events(turn, after)
        async with aclosing(source) as events:
            async for event in events:
                yield event

    async def watch(self) -> None:
        """Keep this server's turns alive and end those of servers that are gone, for ever."""
        while True:
            try:
                await self._renew()
                await self._end_abandoned()
            except StoreError as error:
                _log.warning("turns_not_watched", exc_info=error)
            await asyncio.sleep(self._times.lease_seconds / 3)

    async def close(self) -> None:
        """Stop the turns that still run; their readers and the store are told."""
        for turn in tuple(self._running):
            self._stop(turn, _SHUT_DOWN)
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _attend(self, turn: NewTurn, first: TurnEvent) -> None:
        steps: asyncio.Queue[_Step] = asyncio.Queue()
        work = asyncio.create_task(self._answer(turn, steps))
        work.add_done_callback(lambda _: steps.put_nowait(None))
        live = LiveTurn(
            first,
            grace_seconds=self._times.grace_seconds,
            first_reader_seconds=self._times.first_reader_seconds,
            unread=lambda: self._stop(turn.id, _UNREAD),
        )
        running = self._running[turn.id] = _Running(turn, live, work, steps)
        task = asyncio.create_task(self._run(running))
        self._tasks.add(task)
        task.add_done_callback(partial(self._settle, running))

    async def _run(self, running: _Running) -> None:
        """Answer and record; only the answering is ever stopped, never a write half-way."""
        try:
            answer = await self._release(running)
        finally:
            running.work.cancel()
        ending = self._ending(running, answer)
        await asyncio.to_thread(self._store.finish, running.turn.id, ending)
        running.live.end(ending.events)
        guarded = answer.guarded if answer else ()
        _log.info("turn_ended", turn=running.turn.id, state=ending.state, guarded=guarded)

    async def _answer(self, turn: NewTurn, steps: asyncio.Queue[_Step]) -> None:
        history = await asyncio.to_thread(self._store.history, turn.conversation, _HISTORY_TURNS)
        with bound_contextvars(turn=turn.id):  # what is logged meanwhile names the turn
            async for step in self._assistant.answer(
                turn.question, history, turn.at, on_receipt=steps.put_nowait
            ):
                steps.put_nowait(step)

    async def _release(self, running: _Running) -> Answer | None:
        answer = None
        while (step := await running.steps.get()) is not None:
            if isinstance(step, Answer):
                answer = step
            elif isinstance(step, Receipt):
                await self._keep(running, step)
            else:
                await self._release_sentence(running, step)
        return answer

    async def _keep(self, running: _Running, receipt: Receipt) -> None:
        """Store a receipt, with the number of the event that will show its sentence."""
        record = record_receipt(receipt, running.live.next_number)
        await asyncio.to_thread(self._store.keep, running.turn.id, record)

    async def _release_sentence(self, running: _Running, sentence: Sentence) -> None:
        record = record_sentence(sentence)
        event = TurnEvent(running.live.next_number, EventName.SENTENCE, asdict(record))
        await asyncio.to_thread(self._store.append, running.turn.id, event, record)
        running.live.publish(event)

    def _ending(self, running: _Running, answer: Answer | None) -> Ending:
        number, work = running.live.next_number, running.work
        if not work.cancelled() and work.exception() is None and answer is not None:
            told = {"outcome": answer.outcome, "text": answer.text}
            outcome = TurnEvent(number, EventName.OUTCOME, told)
            return Ending(
                TurnState.DONE,
                self._now(),
                (outcome, done_after(outcome)),
                record_answer(answer, running.turn.question),
            )
        return self._failed(number, running.stopped or _crash(work))

    def _failed(self, number: int, stop: _Stop) -> Ending:
        return Ending(
            stop.state,
            self._now(),
            failure_events(number, stop.failure),
            error=stop.failure.detail,
        )

    def _stop(self, turn: str, stop: _Stop) -> None:
        running = self._running.get(turn)
        if running is not None and running.work.cancel():
            running.stopped = stop

    def _settle(self, running: _Running, task: asyncio.Task[None]) -> None:
        """Let the readers go, even where the ending couldn't be stored."""
        self._tasks.discard(task)
        del self._running[running.turn.id]
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is not None:
            failed = failure_events(running.live.next_number, describe(error))
            running.live.end(failed)

    async def _stored_events(self, turn: str, after: int) -> AsyncGenerator[TurnEvent]:
        while True:
            # The state first: were it last, events in between would be missed.
            state = (await asyncio.to_thread(self._store.turn, turn)).state
            for event in await asyncio.to_thread(self._store.events, turn, after):
                yield event
                after = event.number
            if state is not TurnState.RUNNING:
                return
            await asyncio.sleep(self._times.poll_seconds)

    async def _renew(self) -> None:
        if self._running:
            lease = self._lease_from(self._now())
            await asyncio.to_thread(self._store.renew, tuple(self._running), lease)

    async def _end_abandoned(self) -> None:
        for turn in await asyncio.to_thread(self._store.abandoned, self._now()):
            if turn not in self._running:
                await asyncio.to_thread(self._end_one_abandoned, turn)

    def _end_one_abandoned(self, turn: str) -> None:
        number = len(self._store.events(turn)) + 1
        try:
            self._store.finish(turn, self._failed(number, _ABANDONED))
        except ConflictError:
            _log.info("turn_ended_elsewhere", turn=turn)
        else:
            _log.warning("turn_was_abandoned", turn=turn)

    def _lease_from(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._times.lease_seconds)


def new_id() -> str:
    """Return an id that nobody can guess: 32 lower-case hex characters."""
    return secrets.token_hex(16)


def _crash(work: asyncio.Task[None]) -> _Stop:
    error = None if work.cancelled() else work.exception()
    unexplained = RuntimeError("The assistant stopped without an answer.")
    return _Stop(TurnState.FAILED, describe(error or unexplained))
