"""A turn lives here, on the server: it goes on while readers come and go.

Its events are numbered and stored before anybody sees them, so that a reader who lost the
connection goes on where it was, and one who comes back tomorrow reads the same.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

import structlog
from structlog.contextvars import bound_contextvars

from app.answer import Answer, Budget, Exchange
from app.errors import ConflictError, StoreError
from app.failure import describe
from app.grounding.receipt import Receipt
from app.guardrails.personal_data import Masker
from app.live_turn import LiveTurn, TurnTimes
from app.oversight import Oversight, WatchedTurn
from app.running_turn import RunningTurn, Step
from app.store.conversations import Conversations
from app.store.records import Ending, EventName, NewTurn, TurnEvent, TurnState, Written
from app.telemetry.traces import step_span
from app.turn_endings import ABANDONED, SHUT_DOWN, UNREAD, Stop, answered, crash, stopped
from app.turn_ports import Answering, Assigning, NoReleases
from knowledge_base.errors import CandorError

_HISTORY_TURNS = 20

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Begun:
    turn: NewTurn
    first: TurnEvent
    used_up: Budget | None
    """The shared budget that lets it spend nothing."""


class Turns:
    """Starts turns, lets readers follow them, and ends those that nobody reads."""

    def __init__(
        self,
        assistant: Answering,
        store: Conversations,
        *,
        times: TurnTimes,
        now: Callable[[], datetime],
        check: Callable[[], object] = lambda: None,
        masker: Masker | None = None,
        assignment: Assigning | None = None,
        oversight: Oversight | None = None,
    ) -> None:
        """Take what answers, and what `check` raises where no question can be answered yet."""
        self._assistant = assistant
        self._assignment = assignment or NoReleases()
        self._masker = masker or Masker(())
        self._store = store
        self._oversight = oversight or Oversight()
        self._times = times
        self._now = now
        self._check = check
        self._running: dict[str, RunningTurn] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(
        self,
        question: str,
        conversation: str | None = None,
        at: date | None = None,
        client: str | None = None,
    ) -> NewTurn:
        """Begin to answer a question; without a conversation, in a new one.

        Neither the store nor the assistant sees the personal data in it. `client` names the key
        that it came with.

        Raises:
            NotFoundError: There is no such conversation.
            ConflictError: The conversation's last question is still being answered.
            ReleaseError: Which release serves can't be read.
            StoreError: The database can't be used.
            KnowledgeBaseError: What `check` raises.
        """
        asked = self._new_turn(question, conversation, at, client)
        trace = self._oversight.traces.begin(asked.id)
        try:
            with trace.active():
                begun = await asyncio.to_thread(self._begin, asked)
        except CandorError as error:
            trace.end({}, type(error).__name__)
            raise
        self._attend(self._oversight.watch(begun.turn, trace, begun.used_up), begun.first)
        return begun.turn

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
            self._stop(turn, SHUT_DOWN)
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _new_turn(
        self, question: str, conversation: str | None, at: date | None, client: str | None
    ) -> NewTurn:
        now = self._now()
        return NewTurn(
            new_id(),
            conversation or new_id(),
            question,
            at,
            now,
            self._lease_from(now),
            client=client,
            begins_conversation=conversation is None,
        )

    def _begin(self, asked: NewTurn) -> _Begun:
        """Store a turn without the personal data in its question."""
        self._check()
        with step_span("mask"):
            question = self._masker.mask(asked.question)
        talk, before = asked.conversation, None
        if not asked.begins_conversation:
            before = self._store.last_release(talk)
        release = self._assignment.release_of(talk, before)
        turn = replace(asked, question=question, release=release)
        first = TurnEvent(1, EventName.TURN, {"conversation": talk, "turn": turn.id})
        return _Begun(turn, first, self._store.begin(turn, first, self._oversight.limits))

    def _attend(self, watched: WatchedTurn, first: TurnEvent) -> None:
        turn = watched.turn
        steps: asyncio.Queue[Step | None] = asyncio.Queue()
        work = asyncio.create_task(self._answer(watched, steps))
        work.add_done_callback(lambda _: steps.put_nowait(None))
        live = LiveTurn(
            first,
            grace_seconds=self._times.grace_seconds,
            first_reader_seconds=self._times.first_reader_seconds,
            unread=lambda: self._stop(turn.id, UNREAD),
        )
        running = self._running[turn.id] = RunningTurn(turn, live, work, steps, watched)
        task = asyncio.create_task(self._run(running))
        self._tasks.add(task)
        task.add_done_callback(partial(self._settle, running))

    async def _run(self, running: RunningTurn) -> None:
        """Answer and record; only the answering is ever stopped, never a write half-way."""
        try:
            answer = await self._release(running)
        finally:
            running.work.cancel()
        ending, turn = self._ending(running, answer), running.turn.id
        await asyncio.to_thread(self._store.finish, turn, ending, running.unstored)
        running.show()
        running.live.end(ending.events)
        self._oversight.ended(running.watched, ending, answer if ending.answer else None)
        guarded = tuple(map(str, answer.guarded)) if answer else ()
        trace_id = running.watched.trace.id
        _log.info("turn_ended", turn=turn, trace_id=trace_id, state=ending.state, guarded=guarded)

    async def _answer(self, watched: WatchedTurn, steps: asyncio.Queue[Step | None]) -> None:
        turn = watched.turn
        history: Sequence[Exchange] = ()
        if not turn.begins_conversation:
            talk = turn.conversation
            history = await asyncio.to_thread(self._store.history, talk, _HISTORY_TURNS)
        trace = watched.trace
        with bound_contextvars(turn=turn.id, trace_id=trace.id), trace.active():
            async for step in self._assistant.answer(
                turn.question,
                history,
                turn.at,
                steps.put_nowait,
                turn.release,
                spending=watched.spending,
            ):
                steps.put_nowait(step)

    async def _release(self, running: RunningTurn) -> Answer | None:
        """Store and then show what the assistant yields, as soon as it does.

        What comes together with the answer, which is the last to come, is stored with the ending.
        """
        answer: Answer | None = None
        while (step := await running.steps.get()) is not None:
            if isinstance(step, Answer):
                answer = step
            else:
                running.take(step)
            is_shown_next = isinstance(step, Receipt) and step.sentence is not None
            if answer is None and running.steps.empty() and not is_shown_next:
                await asyncio.to_thread(self._keep, running.turn.id, tuple(running.unstored))
                running.show()
        return answer

    def _keep(self, turn: str, written: Sequence[Written]) -> None:
        for one in written:
            if one.event is not None:
                self._store.append(turn, one.event, one.sentence, one.receipt)
            elif one.receipt is not None:
                self._store.keep(turn, one.receipt)

    def _ending(self, running: RunningTurn, answer: Answer | None) -> Ending:
        number, work, spending = running.next_number, running.work, running.watched.spending
        if not work.cancelled() and work.exception() is None and answer is not None:
            return answered(number, self._now(), answer, running.turn.question, spending)
        return stopped(number, self._now(), running.stopped or crash(work), spending)

    def _stop(self, turn: str, stop: Stop) -> None:
        running = self._running.get(turn)
        if running is not None and running.work.cancel():
            running.stopped = stop

    def _settle(self, running: RunningTurn, task: asyncio.Task[None]) -> None:
        """Let the readers go and tell the overseers, even where the ending couldn't be stored."""
        self._tasks.discard(task)
        del self._running[running.turn.id]
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is None:
            return
        failure = Stop(TurnState.FAILED, describe(error))
        spending = running.watched.spending
        ending = stopped(running.live.next_number, self._now(), failure, spending)
        running.live.end(ending.events)
        if not running.watched.has_ended:
            self._oversight.ended(running.watched, ending, None)

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
            self._store.finish(turn, stopped(number, self._now(), ABANDONED, None))
        except ConflictError:
            _log.info("turn_ended_elsewhere", turn=turn)
        else:
            _log.warning("turn_was_abandoned", turn=turn)

    def _lease_from(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._times.lease_seconds)


def new_id() -> str:
    """Return an id that nobody can guess: 32 lower-case hex characters."""
    return secrets.token_hex(16)
