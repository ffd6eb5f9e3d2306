"""The turns behind a number: which of them it counts, and which of those tell most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.answer import Outcome
from app.drift.signals import LiveSignal
from app.releases.release import NO_RELEASE
from app.store.live import TurnFigures
from app.store.records import TurnState


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a span of days; what isn't named isn't asked of a turn."""

    days: int
    """How many days the span has, today's with them."""
    day: date | None = None
    """None for the whole span."""
    signal: LiveSignal | None = None
    ended_as: str | None = None
    """An outcome, `FAILED` or `CANCELLED`."""
    release: str | None = None
    """Id of a release, or `NO_RELEASE`."""


def counted(
    number: Number, turns: Iterable[TurnFigures], known_from: float | None
) -> tuple[TurnFigures, ...]:
    """Return those of a time's turns that a number counts, the most telling first.

    `known_from` is the likeness below which a question is of an unknown topic.
    """
    found = [one for one in turns if _is_behind(one, number, known_from)]
    return tuple(sorted(found, key=lambda one: _weight(one, number.signal)))


def _is_behind(turn: TurnFigures, number: Number, known_from: float | None) -> bool:
    return (
        number.ended_as in (None, turn.ended_as)
        and number.release in (None, turn.release or NO_RELEASE)
        and (number.signal is None or _counts(number.signal, turn, known_from))
    )


def _counts(signal: LiveSignal, turn: TurnFigures, known_from: float | None) -> bool:
    counts = {
        LiveSignal.ABSTAINED: turn.outcome is Outcome.ABSTAINED,
        LiveSignal.BLOCKED: turn.kept_back > 0,
        LiveSignal.DISLIKED: turn.is_disliked,
        LiveSignal.FAILED: turn.state is TurnState.FAILED,
        LiveSignal.UNKNOWN: turn.similarity is not None and turn.similarity < (known_from or 0.0),
        LiveSignal.SIMILARITY: turn.similarity is not None,
        LiveSignal.SECONDS: turn.seconds is not None,
        LiveSignal.COST: turn.cost_usd is not None,
    }
    return counts[signal]


def _weight(turn: TurnFigures, signal: LiveSignal | None) -> float:
    """Return what puts the most telling turn first; else the latest."""
    if signal is LiveSignal.SECONDS:
        return -(turn.seconds or 0.0)
    if signal is LiveSignal.COST:
        return -(turn.cost_usd or 0.0)
    if signal in {LiveSignal.SIMILARITY, LiveSignal.UNKNOWN}:
        return turn.similarity or 0.0
    return -turn.created.timestamp()
