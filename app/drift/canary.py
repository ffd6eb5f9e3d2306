"""The canary: a reference while all is well, looks again and again, an alarm where it moved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from app.drift.canaries import Alarm, Canaries, Look, Reference, changed_cases, moment_id
from app.drift.comparison import Compared, Shift, can_be_reference, compared, is_judgeable
from app.drift.likeness import likeness
from app.drift.observation import Pass
from app.drift.spending import FALSE_ALARMS, PLANNED_LOOKS, spent
from app.errors import AppError, DriftError
from knowledge_base.embedding.embedder import Embedder

_log = structlog.get_logger(__name__)


class Freezer(Protocol):
    """Keeps anything from being promoted: `app.releases.store.Releases`."""

    def freeze(self, reason: str) -> object:
        """Let nothing be promoted until a person says otherwise."""
        ...


Teller = Callable[[Alarm], None]
"""Tells somebody of an alarm; raises DriftError where it can't."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a canary may cry for nothing."""

    false_alarms: float = FALSE_ALARMS
    """Over all looks at one reference."""
    planned_looks: int = PLANNED_LOOKS


class Canary:
    """Judges looks, keeps them, and raises alarms."""

    def __init__(
        self,
        canaries: Canaries,
        embedder: Embedder,
        freezer: Freezer,
        *,
        now: Callable[[], datetime],
        limits: Limits | None = None,
        teller: Teller | None = None,
    ) -> None:
        self._canaries = canaries
        self._embedder = embedder
        self._freezer = freezer
        self._now = now
        self._limits = limits or Limits()
        self._teller = teller

    def look(self, reference: Reference, asked: Pass) -> tuple[Look, Alarm | None]:
        """Return the look that these answers are, kept, and its alarm, raised, if it is one.

        Raises:
            DriftError: The look asked other questions, or its files can't be written.
        """
        _refuse_others(reference, asked)
        at = self._now()
        if not is_judgeable(asked, reference.passes):
            return self._kept(_Look(reference, asked, at)), None
        number = self._canaries.looks_at(reference.id) + 1
        level = spent(number, self._limits.false_alarms, self._limits.planned_looks)
        closeness = likeness([*reference.passes, asked], self._embedder)
        found = compared(reference.passes, asked, closeness, level, seed=number)
        look = self._kept(_Look(reference, asked, at, number, level, found))
        return look, self._raised(reference, look, found) if found.is_alarm else None

    def tell_again(self) -> tuple[Alarm, ...]:
        """Tell of the open alarms that the webhook hasn't taken yet, and return those."""
        waiting = [one for one in self._canaries.alarms() if one.told is None and not one.closed]
        return tuple(map(self._told, waiting)) if self._teller else ()

    def _kept(self, seen: "_Look") -> Look:
        look = Look(
            id=moment_id(seen.at),
            reference=seen.reference.id,
            number=seen.number,
            at=seen.at,
            level=seen.level,
            asked=seen.asked,
            compared=seen.found,
        )
        self._canaries.keep_look(look)
        return look

    def _raised(self, reference: Reference, look: Look, found: Compared) -> Alarm:
        """Keep the alarm first, then freeze, then tell: what fails later loses nothing."""
        alarm = Alarm(
            id=look.id,
            look=look.id,
            reference=reference.id,
            release=reference.release,
            at=look.at,
            summary=summary(found),
            compared=found,
            cases=changed_cases(reference, look.asked, found),
        )
        self._canaries.keep_alarm(alarm)
        self._freeze(alarm)
        return self._told(alarm)

    def _freeze(self, alarm: Alarm) -> None:
        try:
            self._freezer.freeze(f"canary alarm {alarm.id}: {alarm.summary}")
        except (AppError, OSError) as error:
            _log.error("promotion_not_frozen", alarm=alarm.id, reason=str(error))

    def _told(self, alarm: Alarm) -> Alarm:
        if self._teller is None:
            return alarm
        try:
            self._teller(alarm)
        except DriftError as error:
            _log.error("alarm_not_told", alarm=alarm.id, reason=str(error))
            return alarm
        return self._canaries.note_told(alarm.id, self._now())


@dataclass(frozen=True, slots=True)
class _Look:
    """What is known of a look before it is kept; by default one that can't be judged."""

    reference: Reference
    asked: Pass
    at: datetime
    number: int = 0
    level: float = 0.0
    found: Compared | None = None


def check_passes(passes: Sequence[Pass]) -> None:
    """Refuse passes that no look could be compared with.

    Raises:
        DriftError: Too many questions failed in one of them.
    """
    if can_be_reference(passes):
        return
    failed = [one.error for asked in passes for one in asked.observations if one.error]
    raise DriftError(
        f"{len(failed)} of {sum(len(one.observations) for one in passes)} answers failed, too many "
        f"for a reference, so none was written: {next(iter(failed), 'no question was asked')}"
    )


def summary(found: Compared) -> str:
    """Return in a line what has moved: "length 412 → 230 (p = 5e-06)"."""
    moved = [told(one) for one in found.shifts if one.signal in found.alarms]
    renamed = [f"the model calls itself {name}" for name in found.new_models]
    return "; ".join((*renamed, *moved)) or "nothing has moved for sure"


def told(shift: Shift) -> str:
    """Return a shift in words."""
    return f"{shift.signal.value} {shift.before:.4g} → {shift.now:.4g} (p = {shift.p:.2g})"


def _refuse_others(reference: Reference, asked: Pass) -> None:
    wanted: Sequence[str] = [one.id for one in reference.questions]
    if [one.question for one in asked.observations] != wanted:
        raise DriftError(f"the look asked other questions than the reference {reference.id}")
