"""Rates and means with the 95 % interval that belongs beside every published number."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np

CONFIDENCE = 0.95
RESAMPLES = 10_000  # enough for percentile endpoints: Efron & Tibshirani 1993, section 14.3
_DRAWS_A_BLOCK = 1_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of successes with its 95 % Wilson score interval."""

    successes: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, between 0 and 1."""
        return self.successes / self.n


@dataclass(frozen=True, slots=True)
class Mean:
    """An average with its 95 % bootstrap percentile interval."""

    value: float
    n: int
    low: float
    high: float


def rate(successes: int, n: int) -> Rate:
    """Return the share of `successes` among `n` trials.

    The interval is Wilson's score interval (Wilson 1927, JASA 22:209), which stays inside
    [0, 1] and holds its level for small `n` and for shares near 0 or 1, where the textbook
    one fails (Brown, Cai & DasGupta 2001, Statistical Science 16:101).

    Raises:
        ValueError: There is no trial, or the successes don't fit into the trials.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"{successes} successes in {n} trials is no rate")
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At 0 and n the formula meets 0 and 1 exactly; rounding must not leave them.
    low = 0.0 if successes == 0 else centre - reach
    high = 1.0 if successes == n else centre + reach
    return Rate(successes, n, low, high)


def mean(values: Sequence[float], *, seed: int = 0, resamples: int = RESAMPLES) -> Mean:
    """Return the average of `values`.

    The interval holds the middle 95 % of the averages of seeded resamples
    (bootstrap percentile interval: Efron & Tibshirani 1993, chapter 13).

    Raises:
        ValueError: There is no value, or one is not finite.
    """
    observed = np.asarray(values, dtype=np.float64)
    if observed.size == 0 or not np.isfinite(observed).all():
        raise ValueError(f"no mean of {observed.size} values that aren't all finite")
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(_resampled_means(observed, seed, resamples), [tail, 100 - tail])
    return Mean(float(observed.mean()), int(observed.size), float(low), float(high))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of the values don't exceed (nearest rank).

    Raises:
        ValueError: There is no value, or `share` isn't above 0 and at most 1.
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"no percentile {share} of {len(values)} values")
    return sorted(values)[ceil(share * len(values)) - 1]


def _resampled_means(
    observed: "np.ndarray[tuple[int], np.dtype[np.float64]]", seed: int, resamples: int
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    generator = np.random.default_rng(seed)
    means = np.empty(resamples, dtype=np.float64)
    block = max(1, _DRAWS_A_BLOCK // observed.size)
    for first in range(0, resamples, block):
        rows = min(block, resamples - first)
        drawn = generator.integers(0, observed.size, size=(rows, observed.size))
        means[first : first + rows] = observed[drawn].mean(axis=1)
    return means
