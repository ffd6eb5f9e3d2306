"""Two releases that served side by side, compared by how their conversations went.

The conversation is the unit, as it is what was drawn: turns of one conversation aren't independent
of each other. One that both releases answered is left out, and counted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from statistics import fmean

from app.answer import Outcome
from app.statistics import (
    Difference,
    Mean,
    Rate,
    difference_of_means,
    difference_of_rates,
    mean,
    rate,
)
from app.store.arms import ArmTurn
from app.store.records import Rating, TurnState

Talk = Sequence[ArmTurn]
"""The turns of one conversation."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of both releases."""

    name: str
    before: Rate | Mean | None
    """None where no conversation has a value, like `after`."""
    after: Rate | Mean | None
    difference: Difference | None
    """After less before, with its 95 % interval; None where one of them has no value."""


@dataclass(frozen=True, slots=True)
class ArmComparison:
    """Two releases beside each other."""

    before: str
    after: str
    conversations: tuple[int, int]
    mixed: int
    """Conversations that more than one release answered; they aren't compared."""
    measures: tuple[Compared, ...]


def compare_arms(turns: Sequence[ArmTurn], before: str, after: str) -> ArmComparison:
    """Return how the conversations of two releases went, beside each other."""
    grouped = [tuple(talk) for _, talk in groupby(turns, key=attrgetter("conversation"))]
    talks = {name: [one for one in grouped if _is_all_of(one, name)] for name in (before, after)}
    return ArmComparison(
        before,
        after,
        (len(talks[before]), len(talks[after])),
        mixed=len(grouped) - sum(map(len, talks.values())),
        measures=(
            *(_rates(name, told, talks[before], talks[after]) for name, told in _RATES.items()),
            *(_means(name, told, talks[before], talks[after]) for name, told in _MEANS.items()),
        ),
    )


def _is_all_of(talk: Talk, release: str) -> bool:
    return all(turn.release == release for turn in talk)


def _every_answered(talk: Talk) -> bool:
    return all(turn.outcome is Outcome.ANSWERED for turn in talk)


def _has(*outcomes: Outcome) -> Callable[[Talk], bool]:
    return lambda talk: any(turn.outcome in outcomes for turn in talk)


def _has_failed(talk: Talk) -> bool:
    return any(turn.state is TurnState.FAILED for turn in talk)


def _has_kept_back(talk: Talk) -> bool:
    return any(turn.kept_back for turn in talk)


def _has_thumb_down(talk: Talk) -> bool | None:
    ratings = [turn.rating for turn in talk if turn.rating is not None]
    return Rating.DOWN in ratings if ratings else None


def _seconds(talk: Talk) -> float | None:
    spent = [turn.total_ms / 1000 for turn in talk if turn.total_ms is not None]
    return fmean(spent) if spent else None


def _cost(talk: Talk) -> float | None:
    costs = [turn.cost_usd for turn in talk]
    return sum(one for one in costs if one is not None) if None not in costs else None


_RATES: Mapping[str, Callable[[Talk], bool | None]] = {
    "every question answered": _every_answered,
    "an abstention": _has(Outcome.ABSTAINED),
    "a handoff": _has(Outcome.HANDED_OFF),
    "a failed turn": _has_failed,
    "a sentence kept back or put otherwise": _has_kept_back,
    "a thumb down, of those rated": _has_thumb_down,
}
"""Shares of conversations with this in them."""
_MEANS: Mapping[str, Callable[[Talk], float | None]] = {
    "seconds an answer": _seconds,
    "US dollars a conversation": _cost,
}


def _rates(
    name: str, told: Callable[[Talk], bool | None], before: Iterable[Talk], after: Iterable[Talk]
) -> Compared:
    found = [
        [value for talk in talks if (value := told(talk)) is not None] for talks in (before, after)
    ]
    old, new = (rate(sum(values), len(values)) if values else None for values in found)
    return Compared(name, old, new, difference_of_rates(old, new) if old and new else None)


def _means(
    name: str, told: Callable[[Talk], float | None], before: Iterable[Talk], after: Iterable[Talk]
) -> Compared:
    found = [
        [value for talk in talks if (value := told(talk)) is not None] for talks in (before, after)
    ]
    old, new = (mean(values) if values else None for values in found)
    both = difference_of_means(*found) if all(found) else None
    return Compared(name, old, new, both)


def comparison_lines(compared: ArmComparison) -> tuple[str, ...]:
    """Return the comparison for the terminal: a measure a line, after who is compared."""
    old, new = compared.conversations
    first = f"{compared.before}: {old} conversations; {compared.after}: {new} conversations"
    mixed = f"{compared.mixed} that more than one release answered are left out."
    return (
        first + (f"; {mixed}" if compared.mixed else "."),
        *(_line(one) for one in compared.measures),
    )


def _line(one: Compared) -> str:
    return f"{one.name}: {told(one.before)} → {told(one.after)}; {told_difference(one)}"


def told(value: Rate | Mean | None) -> str:
    """Return a measure with its interval and n."""
    if value is None:
        return "–"
    if isinstance(value, Rate):
        return f"{value.value:.1%} ({100 * value.low:.1f}–{100 * value.high:.1f}, n = {value.n})"
    return f"{value.value:.4g} ({value.low:.4g}–{value.high:.4g}, n = {value.n})"


def told_difference(one: Compared) -> str:
    """Return what lies between both, in points or units, with its interval."""
    found = one.difference
    if found is None:
        return "no difference can be told"
    if isinstance(one.before, Rate):
        values = (100 * value for value in (found.value, found.low, found.high))
        return "{:+.1f} points ({:+.1f} to {:+.1f})".format(*values)
    return f"{found.value:+.4g} ({found.low:+.4g} to {found.high:+.4g})"
