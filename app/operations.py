"""How the assistant runs: its days in figures, what drifts, and which turns are behind a number."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

from app.drift.behind import Number, counted
from app.drift.canaries import Alarm, Canaries, Closing, Look, Reference
from app.drift.signals import (
    Day,
    LiveSignal,
    Moved,
    days_of,
    least_known,
    moved,
    releases_of,
)
from app.errors import DriftError
from app.releases.pointer import Serving
from app.releases.store import Freeze, Releases
from app.store.live import LiveScore, LiveTurns, TurnFigures
from app.telemetry.limits import ANONYMOUS, Limits

_LOOKS = 30
_ALARMS = 10
_FIRST_DAY = date(1970, 1, 1)
"""Before it nothing was asked; a database's dates begin later than a calendar's."""


@dataclass(frozen=True, slots=True)
class CanaryState:
    """How the canary stands."""

    reference: Reference | None
    looks: tuple[Look, ...]
    """The latest first."""
    alarms: tuple[Alarm, ...]
    """The latest first."""
    frozen: Freeze | None
    """Why nothing may be promoted, None where it may."""


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """What of a budget is used up since midnight UTC, in US dollars."""

    key: str | None
    """Name of the key that it is for, None for that of all keys together."""
    spent_usd: float
    """With what is held back for turns that run."""
    limit_usd: float


@dataclass(frozen=True, slots=True)
class Figures:
    """A span of days in figures."""

    today: date
    days: tuple[Day, ...]
    releases: tuple[Day, ...]
    moved: tuple[Moved, ...]
    """Of the days that are over: today's is no whole day."""
    scores: tuple[LiveScore, ...]
    serving: Serving
    budgets: tuple[BudgetUse, ...]
    """Of the budgets by day that are set."""


class Operations:
    """Answers what the page *Operations* asks; raises StoreError where the database is away."""

    def __init__(
        self,
        live: LiveTurns,
        canaries: Canaries,
        releases: Releases,
        *,
        timezone: tzinfo,
        now: Callable[[], datetime],
        limits: Limits | None = None,
    ) -> None:
        self._live = live
        self._canaries = canaries
        self._releases = releases
        self._timezone = timezone
        self._now = now
        self._limits = limits or Limits()

    def figures(self, days: int) -> Figures:
        """Return the last days in figures, today's with them."""
        since, until = self._span(days)
        turns = self._live.figures(since, until)
        found = days_of(turns, self._timezone)
        present = self._today()
        return Figures(
            today=present,
            days=found,
            releases=releases_of(turns, self._timezone),
            moved=moved([one for one in found if one.day != present]),
            scores=self._live.scores(since, until),
            serving=self._releases.serving(),
            budgets=tuple(self._budgets()),
        )

    def canary(self) -> CanaryState:
        """Return how the canary stands."""
        try:
            reference = self._canaries.reference()
        except DriftError:
            reference = None
        return CanaryState(
            reference,
            tuple(islice(self._canaries.looks(), _LOOKS)),
            tuple(islice(self._canaries.alarms(), _ALARMS)),
            self._releases.frozen(),
        )

    def close_alarm(self, alarm: str, who: str, why: str) -> Alarm:
        """Close an alarm of the canary that somebody has seen to, and return it.

        Raises:
            NotFoundError: There is no such alarm.
            ConflictError: It is closed already.
        """
        return self._canaries.close(alarm, Closing(who, why, self._now()))

    def behind(self, number: Number, limit: int) -> tuple[TurnFigures, ...]:
        """Return the turns that make a number what it is, the most telling first."""
        span = self._span(number.days) if number.day is None else self._day(number.day)
        if span is None:
            return ()
        is_unknown = number.signal is LiveSignal.UNKNOWN
        known_from = self._known_from(number.days) if is_unknown else None
        return counted(number, self._live.figures(*span), known_from)[:limit]

    def _budgets(self) -> Iterator[BudgetUse]:
        midnight = datetime.combine(self._now().astimezone(UTC).date(), time.min, UTC)
        by_key = self._live.charged(midnight, midnight + timedelta(days=1))
        if self._limits.day is not None:
            yield BudgetUse(None, math.fsum(by_key.values()), self._limits.day)
        if self._limits.key is not None:
            for name, spent in sorted(by_key.items(), key=lambda one: -one[1]):
                yield BudgetUse(name or ANONYMOUS, spent, self._limits.key)

    def _known_from(self, days: int) -> float | None:
        return least_known(self._live.figures(*self._span(days)), self._timezone)

    def _span(self, days: int) -> tuple[datetime, datetime]:
        first = self._today() - timedelta(days=days - 1)
        return datetime.combine(first, time.min, self._timezone), self._now()

    def _day(self, day: date) -> tuple[datetime, datetime] | None:
        """Return when a day begins and ends, None of a day on which nobody can have asked."""
        if not _FIRST_DAY <= day <= self._today():
            return None
        since = datetime.combine(day, time.min, self._timezone)
        return since, since + timedelta(days=1)

    def _today(self) -> date:
        return self._now().astimezone(self._timezone).date()
