"""How a turn ends: with an answer, or with why there is none."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from app.answer import Answer, Usage
from app.failure import Failure, describe, done_after, failure_events
from app.store.records import Ending, EventName, TurnEvent, TurnState, record_answer
from app.telemetry.spending import Spending


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a turn was stopped before its answer was complete."""

    state: TurnState
    failure: Failure


UNREAD = Stop(
    TurnState.CANCELLED,
    Failure(HTTPStatus.GONE, "Nobody was reading any more, so the answer was stopped: ask again."),
)
SHUT_DOWN = Stop(
    TurnState.FAILED,
    Failure(HTTPStatus.SERVICE_UNAVAILABLE, "The server was stopped meanwhile: ask again."),
)
ABANDONED = Stop(
    TurnState.FAILED,
    Failure(HTTPStatus.SERVICE_UNAVAILABLE, "The server was restarted meanwhile: ask again."),
)


def answered(
    number: int, at: datetime, answer: Answer, question: str, spending: Spending
) -> Ending:
    """Return the ending of a turn that has its answer; its first event has `number`."""
    outcome = TurnEvent(number, EventName.OUTCOME, {"outcome": answer.outcome, "text": answer.text})
    return Ending(
        TurnState.DONE,
        at,
        (outcome, done_after(outcome)),
        record_answer(answer, question),
        usage=tuple(spending.calls),
        budget=spending.reached,
    )


def stopped(number: int, at: datetime, stop: Stop, spending: Spending | None) -> Ending:
    """Return the ending of a turn without an answer; without an account its cost isn't known."""
    usage: Sequence[Usage] | None = spending.calls if spending else None
    return Ending(
        stop.state,
        at,
        failure_events(number, stop.failure),
        error=stop.failure.detail,
        usage=None if usage is None else tuple(usage),
        budget=spending.reached if spending else None,
    )


def crash(work: asyncio.Task[None]) -> Stop:
    """Return why the work on a turn ended without an answer."""
    error = None if work.cancelled() else work.exception()
    unexplained = RuntimeError("The assistant stopped without an answer.")
    return Stop(TurnState.FAILED, describe(error or unexplained))
