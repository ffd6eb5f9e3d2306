"""Turns added up: how they ended, what they cost, how long they took."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

from app.statistics import percentile
from app.store.records import TurnState
from app.store.turn_figures import TurnFigures

FIRST_SENTENCE = "first_sentence"
TOTAL = "total"


class By(StrEnum):
    """What turns are grouped by."""

    DAY = "day"
    RELEASE = "release"
    KEY = "key"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class TurnStats:
    """What some turns make together."""

    turns: int
    outcomes: Mapping[str, int]
    """By outcome, or by state where a turn has none, the most frequent first."""
    cost_usd: float
    """As far as it is known."""
    turns_of_unknown_cost: int
    """Those of which a call has no price, or whose server died."""
    calls: int
    estimated_calls: int
    tokens: int
    first_sentence_ms: tuple[float, float] | None
    """Median and 95th percentile, of turns that showed one; None where none did."""
    total_ms: tuple[float, float] | None
    """The same of whole answers."""
    cache_hits: Mapping[str, int]
    budgets: Mapping[str, int]
    """How many turns met which budget."""


def grouped(turns: Sequence[TurnFigures], by: By) -> dict[str, TurnStats]:
    """Return the stats of each group, by its name in order."""
    groups: defaultdict[str, list[TurnFigures]] = defaultdict(list)
    for turn in turns:
        groups[_NAMED[by](turn)].append(turn)
    return {name: stats_of(groups[name]) for name in sorted(groups)}


def stats_of(turns: Sequence[TurnFigures]) -> TurnStats:
    """Return what the turns make together."""
    known = [turn.cost_usd for turn in turns if turn.cost_usd is not None]
    return TurnStats(
        turns=len(turns),
        outcomes=_ranked(turn.outcome or turn.state.upper() for turn in turns),
        cost_usd=math.fsum(known),
        turns_of_unknown_cost=sum(_is_unknown(turn) for turn in turns),
        calls=sum(turn.calls for turn in turns),
        estimated_calls=sum(turn.estimated_calls for turn in turns),
        tokens=sum(turn.tokens for turn in turns),
        first_sentence_ms=_spread(turns, FIRST_SENTENCE),
        total_ms=_spread(turns, TOTAL),
        cache_hits=_ranked(turn.cache_hit for turn in turns if turn.cache_hit),
        budgets=_ranked(turn.budget for turn in turns if turn.budget),
    )


def _is_unknown(turn: TurnFigures) -> bool:
    ended_unseen = turn.cost_usd is None and turn.state is not TurnState.RUNNING
    return ended_unseen or turn.unpriced_calls > 0


def _ranked(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(map(str, names)).most_common())


def _spread(turns: Sequence[TurnFigures], timing: str) -> tuple[float, float] | None:
    taken = [turn.timings_ms[timing] for turn in turns if timing in turn.timings_ms]
    return (percentile(taken, 0.5), percentile(taken, 0.95)) if taken else None


_NAMED: dict[By, Callable[[TurnFigures], str]] = {
    By.DAY: lambda turn: turn.created.astimezone(UTC).date().isoformat(),
    By.RELEASE: lambda turn: turn.release or "none",
    By.KEY: lambda turn: turn.client or "none",
    By.CONVERSATION: lambda turn: turn.conversation,
}
