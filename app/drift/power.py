"""How small a shift the canary can see: in verdicts by the exact test, in wordings by the draws.

Verdicts: of the pairs that differ, those that got worse are counted against a fair coin, so the
chance to see a shift is a sum over how many differ (Lachin 1992, Statistics in Medicine 11:1239).
Wordings: where a model repeats itself word for word, d changed answers are the worst of all
(passes + 1)^d draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from app.drift.comparison import Signal
from app.drift.spending import FALSE_ALARMS, PLANNED_LOOKS, spent

SURE = 0.9
"""Chance with which a shift is to be seen at one look."""
_STEPS = 200
_NO_CHANCE = 1e-15
"""Chance below which a count of pairs that differ is passed over."""


@dataclass(frozen=True, slots=True)
class Power:
    """What a set of questions can see at one look."""

    questions: int
    passes: int
    level: float
    """p-value below which one signal alone is an alarm."""
    flips: float
    """Share of verdicts that differ between two passes where nothing has changed."""
    verdicts: float | None
    """Smallest share of answers that must get worse; None where none is enough."""
    wordings: float | None
    """Smallest share of answers that must change, of a model that repeats itself."""


def power(
    questions: int,
    passes: int,
    *,
    flips: float = 0.0,
    alpha: float = FALSE_ALARMS,
    planned: int = PLANNED_LOOKS,
) -> Power:
    """Return the smallest shifts that one look sees with a chance of nine in ten."""
    level = spent(1, alpha, planned) / len(Signal)
    shares = [step / _STEPS for step in range(1, _STEPS + 1)]
    needed = ceil(log(level) / -log(passes + 1))
    return Power(
        questions=questions,
        passes=passes,
        level=level,
        flips=flips,
        verdicts=_first(
            share for share in shares if verdict_power(questions, share, flips, level) >= SURE
        ),
        wordings=_first(share for share in shares if _at_least(questions, share, needed) >= SURE),
    )


def verdict_power(questions: int, worse: float, flips: float, level: float) -> float:
    """Return the chance that the exact McNemar test sees a share of answers get worse.

    Args:
        questions: Pairs.
        worse: Share of pairs that were right and aren't any more.
        flips: Share of pairs that differ anyhow, half of them each way.
        level: p-value below which it is seen.
    """
    differing = min(1.0, worse + flips)
    better = flips / 2 / differing if differing else 0.0
    chances = _masses(questions, differing)
    return sum(
        float(chances[total]) * _up_to(total, better, _most_better(total, level))
        for total in map(int, np.flatnonzero(chances > _NO_CHANCE))
    )


def _most_better(total: int, level: float) -> int:
    """Return how many of the pairs that differ may have got better, -1 where none may."""
    tails = np.cumsum(_masses(total, 0.5)[: total // 2 + 1])
    return int(np.searchsorted(2 * tails, level, side="right")) - 1


def _up_to(trials: int, share: float, most: int) -> float:
    return float(_masses(trials, share)[: most + 1].sum())


def _at_least(trials: int, share: float, least: int) -> float:
    return 1.0 - _up_to(trials, share, least - 1)


def _masses(trials: int, share: float) -> NDArray[np.float64]:
    """Return the binomial chances of each count; by logarithms, as the factorials overflow."""
    counts = np.arange(trials + 1)
    if share in (0.0, 1.0):
        certain: NDArray[np.float64] = (counts == share * trials).astype(np.float64)
        return certain
    factorials = _log_factorials(trials)
    ways = factorials[trials] - factorials - factorials[::-1]
    masses: NDArray[np.float64] = np.exp(
        ways + counts * log(share) + (trials - counts) * log(1 - share)
    )
    return masses


def _log_factorials(most: int) -> NDArray[np.float64]:
    logs: NDArray[np.float64] = np.log(np.arange(1, most + 1, dtype=np.float64))
    return np.concatenate([np.zeros(1), np.cumsum(logs)])


def _first(shares: Iterator[float]) -> float | None:
    return next(shares, None)
