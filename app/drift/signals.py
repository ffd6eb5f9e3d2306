"""Live signals: what customers ask and get, day by day, and where it changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum
from typing import TypeVar

from app.answer import Outcome
from app.drift.change_point import ChangePoint, change_points
from app.statistics import Rate, percentile, rate
from app.store.live import TurnFigures
from app.store.records import TurnState

UNKNOWN_SHARE = 0.05
"""A question is unknown where its likest passage is less like it than those of all but this share
of the first days' questions."""
BASELINE_DAYS = 7

_Key = TypeVar("_Key")


class LiveSignal(StrEnum):
    """A daily value that is watched for changes."""

    ABSTAINED = "abstained"
    BLOCKED = "blocked"
    """Share of drafted sentences that weren't shown as they were written."""
    DISLIKED = "disliked"
    FAILED = "failed"
    SIMILARITY = "similarity"
    """Median cosine of a question and its likest passage."""
    UNKNOWN = "unknown"
    """Share of questions that are like nothing in the articles."""
    SECONDS = "seconds"
    """Median time of an answer."""
    COST = "cost"
    """US dollars a turn."""


@dataclass(frozen=True, slots=True)
class Day:
    """What one day, or one release, or both, comes to."""

    day: date | None
    """None where all days are taken together."""
    release: str | None
    """None where all releases are taken together, and of turns without one."""
    turns: int
    outcomes: Mapping[str, int]
    """How many turns ended so, by outcome; `FAILED` or `CANCELLED` without one."""
    abstained: Rate | None
    blocked: Rate | None
    disliked: Rate | None
    failed: Rate | None
    unknown: Rate | None
    similarity: float | None
    seconds_p50: float | None
    seconds_p95: float | None
    cost_usd: float | None
    tokens: int

    def value(self, signal: LiveSignal) -> float | None:
        """Return the day's value of a signal, None where there is none."""
        read: Mapping[LiveSignal, Rate | float | None] = {
            LiveSignal.ABSTAINED: self.abstained,
            LiveSignal.BLOCKED: self.blocked,
            LiveSignal.DISLIKED: self.disliked,
            LiveSignal.FAILED: self.failed,
            LiveSignal.UNKNOWN: self.unknown,
            LiveSignal.SIMILARITY: self.similarity,
            LiveSignal.SECONDS: self.seconds_p50,
            LiveSignal.COST: None if self.cost_usd is None else self.cost_usd / self.turns,
        }
        found = read[signal]
        return found.value if isinstance(found, Rate) else found


@dataclass(frozen=True, slots=True)
class Moved:
    """A signal that changed on a day."""

    signal: LiveSignal
    day: date
    before: float
    after: float
    p: float


def days_of(turns: Sequence[TurnFigures], timezone: tzinfo) -> tuple[Day, ...]:
    """Return what each day comes to, the first one first."""
    known_from = least_known(turns, timezone)
    by_day = _grouped(turns, lambda one: _day(one, timezone))
    return tuple(_summed(held, known_from, day=day) for day, held in sorted(by_day.items()))


def releases_of(turns: Sequence[TurnFigures], timezone: tzinfo) -> tuple[Day, ...]:
    """Return what each release comes to, in the order of their first answers."""
    known_from = least_known(turns, timezone)
    by_release = _grouped(turns, lambda one: one.release)
    return tuple(_summed(held, known_from, release=name) for name, held in by_release.items())


def moved(days: Sequence[Day]) -> tuple[Moved, ...]:
    """Return which signals changed on which days; days without a value are passed over."""
    return tuple(found for signal in LiveSignal for found in _moved(signal, days))


def least_known(turns: Sequence[TurnFigures], timezone: tzinfo) -> float | None:
    """Return below which likeness a question is unknown, None where nothing was searched."""
    if not turns:
        return None
    first = min(_day(one, timezone) for one in turns)
    early = [
        one.similarity
        for one in turns
        if one.similarity is not None and (_day(one, timezone) - first).days < BASELINE_DAYS
    ]
    return percentile(early, UNKNOWN_SHARE) if early else None


def _moved(signal: LiveSignal, days: Sequence[Day]) -> Iterable[Moved]:
    valued = [(one.day, value) for one in days if (value := one.value(signal)) is not None]
    found: tuple[ChangePoint, ...] = change_points([value for _, value in valued])
    for point in found:
        day = valued[point.place][0]
        if day is not None:
            yield Moved(signal, day, point.before, point.after, point.p)


def _summed(
    turns: Sequence[TurnFigures],
    known_from: float | None,
    *,
    day: date | None = None,
    release: str | None = None,
) -> Day:
    ended = [one.outcome for one in turns]
    told = [one.ended_as for one in turns]
    done = sum(outcome is not None for outcome in ended)
    near = [one.similarity for one in turns if one.similarity is not None]
    seconds = [one.seconds for one in turns if one.seconds is not None]
    costs = [one.cost_usd for one in turns if one.cost_usd is not None]
    return Day(
        day=day,
        release=release,
        turns=len(turns),
        outcomes={name: told.count(name) for name in dict.fromkeys(told)},
        abstained=_rate(sum(one is Outcome.ABSTAINED for one in ended), done),
        blocked=_rate(sum(one.kept_back for one in turns), sum(one.drafted for one in turns)),
        disliked=_rate(sum(one.is_disliked for one in turns), done),
        failed=_rate(sum(one.state is TurnState.FAILED for one in turns), len(turns)),
        unknown=_rate(sum(one < (known_from or 0.0) for one in near), len(near)),
        similarity=percentile(near, 0.5) if near else None,
        seconds_p50=percentile(seconds, 0.5) if seconds else None,
        seconds_p95=percentile(seconds, 0.95) if seconds else None,
        cost_usd=sum(costs) if costs else None,
        tokens=sum(one.tokens for one in turns),
    )


def _rate(successes: int, n: int) -> Rate | None:
    return rate(successes, n) if n else None


def _day(turn: TurnFigures, timezone: tzinfo) -> date:
    return turn.created.astimezone(timezone).date()


def _grouped(
    turns: Iterable[TurnFigures], key: Callable[[TurnFigures], _Key]
) -> Mapping[_Key, Sequence[TurnFigures]]:
    groups: dict[_Key, list[TurnFigures]] = {}
    for one in turns:
        groups.setdefault(key(one), []).append(one)
    return groups
