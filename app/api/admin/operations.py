"""How the assistant runs, for the page *Operations*."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from app.api.admin.operation_schemas import (
    MOST_TURNS,
    AlarmBody,
    ArmBody,
    BudgetBody,
    CanaryBody,
    CaseBody,
    CloseAlarmRequest,
    DayBody,
    EndName,
    LookBody,
    MovedBody,
    OperationsBody,
    RateBody,
    ScoredBody,
    ShiftBody,
    SignalName,
    TurnBody,
)
from app.drift.behind import Number
from app.drift.canaries import Alarm, Look
from app.drift.signals import Day, LiveSignal
from app.operations import Operations
from app.statistics import Rate
from app.store.live import LiveScore, TurnFigures

router = APIRouter()

_WHO = "admin page"


def operations_of(request: Request) -> Operations:
    """Return the operations of the application that serves `request`."""
    return cast("Operations", request.app.state.operations)


Provided = Annotated[Operations, Depends(operations_of)]
Days = Annotated[int, Query(ge=1, le=366)]
"""How many days, today's with them."""


@router.get("")
def read_figures(operations: Provided, days: Days = 30) -> OperationsBody:
    """Return the last days in figures, today's with them, and where a signal changed."""
    found = operations.figures(days)
    return OperationsBody(
        today=found.today,
        days=tuple(map(_day_body, found.days)),
        releases=tuple(map(_day_body, found.releases)),
        moved=tuple(
            MovedBody(
                signal=one.signal.value, day=one.day, before=one.before, after=one.after, p=one.p
            )
            for one in found.moved
        ),
        scores=_scored(found.scores),
        serving=tuple(
            ArmBody(release=one.release, weight=one.weight) for one in found.serving.arms
        ),
        budgets=tuple(
            BudgetBody(key=one.key, spent_usd=one.spent_usd, limit_usd=one.limit_usd)
            for one in found.budgets
        ),
    )


@router.get("/canary")
def read_canary(operations: Provided) -> CanaryBody:
    """Return how the canary stands: its reference, its latest looks and alarms."""
    state = operations.canary()
    return CanaryBody(
        reference=state.reference.id if state.reference else None,
        release=state.reference.release if state.reference else None,
        model=state.reference.model if state.reference else None,
        questions=len(state.reference.questions) if state.reference else 0,
        looks=tuple(map(_look_body, state.looks)),
        alarms=tuple(map(_alarm_body, state.alarms)),
        frozen=state.frozen.reason if state.frozen else None,
    )


@router.post("/canary/alarms/{alarm}/close")
def close_alarm(alarm: str, asked: CloseAlarmRequest, operations: Provided) -> AlarmBody:
    """Close an alarm that somebody has seen to; 409 where it is closed already."""
    return _alarm_body(operations.close_alarm(alarm, _WHO, asked.why))


@router.get("/turns")
def find_turns(
    operations: Provided,
    *,
    days: Days = 30,
    day: date | None = None,
    signal: SignalName | None = None,
    outcome: EndName | None = None,
    release: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_TURNS)] = 50,
) -> list[TurnBody]:
    """Return the turns of the last days, or of one day, behind a number; the most telling first.

    `release=none` asks for those that no release answered.
    """
    asked = LiveSignal(signal) if signal else None
    number = Number(days, day, asked, outcome, release)
    return list(map(_turn_body, operations.behind(number, limit)))


def _day_body(one: Day) -> DayBody:
    return DayBody(
        day=one.day,
        release=one.release,
        turns=one.turns,
        outcomes=dict(one.outcomes),
        abstained=_rate_body(one.abstained),
        blocked=_rate_body(one.blocked),
        disliked=_rate_body(one.disliked),
        failed=_rate_body(one.failed),
        unknown=_rate_body(one.unknown),
        similarity=one.similarity,
        seconds_p50=one.seconds_p50,
        seconds_p95=one.seconds_p95,
        cost_usd=one.cost_usd,
        tokens=one.tokens,
    )


def _rate_body(one: Rate | None) -> RateBody | None:
    if one is None:
        return None
    return RateBody(value=one.value, n=one.n, low=one.low, high=one.high)


def _scored(scores: Sequence[LiveScore]) -> tuple[ScoredBody, ...]:
    by_metric: dict[str, list[LiveScore]] = {}
    for one in scores:
        by_metric.setdefault(one.metric, []).append(one)
    return tuple(_scored_body(metric, held) for metric, held in by_metric.items())


def _scored_body(metric: str, scores: Sequence[LiveScore]) -> ScoredBody:
    values = [one.value for one in scores if one.value is not None]
    return ScoredBody(
        metric=metric,
        n=len(values),
        mean=sum(values) / len(values) if values else None,
        low=sum(one.is_low for one in scores),
    )


def _look_body(look: Look) -> LookBody:
    found = look.compared
    return LookBody(
        look=look.id,
        at=look.at,
        number=look.number,
        failed=look.asked.failed,
        shifts=tuple(
            ShiftBody(
                signal=one.signal.value,
                before=one.before,
                now=one.now,
                n=one.n,
                p=one.p,
                is_alarm=one.signal in found.alarms,
            )
            for one in found.shifts
        )
        if found
        else (),
        new_models=found.new_models if found else (),
        new_fingerprints=found.new_fingerprints if found else (),
        tokens=look.asked.tokens,
        cost_usd=look.asked.cost_usd,
    )


def _alarm_body(alarm: Alarm) -> AlarmBody:
    return AlarmBody(
        alarm=alarm.id,
        release=alarm.release,
        at=alarm.at,
        summary=alarm.summary,
        cases=tuple(
            CaseBody(
                question=one.question,
                before=one.before,
                now=one.now,
                held_before=one.held_before,
                holds_now=one.holds_now,
            )
            for one in alarm.cases
        ),
        told=alarm.told,
        closed=alarm.closed,
        closed_by=alarm.closed_by,
        why=alarm.why,
    )


def _turn_body(one: TurnFigures) -> TurnBody:
    return TurnBody(
        turn=one.turn,
        conversation=one.conversation,
        created=one.created,
        outcome=one.ended_as,
        release=one.release,
        seconds=one.seconds,
        cost_usd=one.cost_usd,
        kept_back=one.kept_back,
        similarity=one.similarity,
    )
