"""Rates and means with the 95 % interval that belongs beside every published number."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, sqrt
from statistics import NormalDist

import numpy as np

CONFIDENCE = 0.95
RESAMPLES = 10_000  # enough for percentile endpoints: Efron & Tibshirani 1993, section 14.3
_DRAWS_A_BLOCK = 1_000_000
_ROUNDING = 1e-9  # sums of the same terms in another order count as equal


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


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two independent samples, second less first, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedRates:
    """Two rates over the same cases, and what lies between them."""

    before: Rate
    after: Rate
    gained: int
    """Pairs that were wrong before and are right after."""
    lost: int
    """Pairs that were right before and are wrong after."""
    low: float
    """Of the 95 % interval of the difference, like `high`."""
    high: float
    p: float
    """Probability of a change at least as lopsided where nothing has changed."""

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class PairedMeans:
    """Two averages over the same cases, and what lies between them; see `PairedRates`."""

    before: Mean
    after: Mean
    gained: int
    """Pairs whose value rose."""
    lost: int
    """Pairs whose value fell."""
    low: float
    high: float
    p: float

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after.value - self.before.value


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


def difference_of_rates(before: Rate, after: Rate) -> Difference:
    """Return what lies between the rates of two independent samples.

    The interval is Newcombe's hybrid score interval (Newcombe 1998, Statistics in Medicine 17:873,
    method 10), made of both rates' Wilson intervals.
    """
    apart = after.value - before.value
    below = sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    above = sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Difference(apart, apart - below, apart + above)


def difference_of_means(
    before: Sequence[float],
    after: Sequence[float],
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Difference:
    """Return what lies between the averages of two independent samples.

    The interval is the bootstrap percentile one, each sample resampled for itself
    (Efron & Tibshirani 1993, chapter 13).

    Raises:
        ValueError: A sample is empty, or a value isn't finite.
    """
    apart = mean(after, resamples=1).value - mean(before, resamples=1).value
    first = _resampled_means(np.asarray(before, dtype=np.float64), seed, resamples)
    second = _resampled_means(np.asarray(after, dtype=np.float64), seed + 1, resamples)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(second - first, [tail, 100 - tail])
    return Difference(apart, float(low), float(high))


def paired_rates(pairs: Sequence[tuple[bool, bool]]) -> PairedRates:
    """Return how a rate changed between two measurements of the same cases, (before, after).

    The p-value is McNemar's exact one, two-sided (McNemar 1947, Psychometrika 12:153): twice the
    tail of a fair coin over the pairs that differ, 1 where none does.
    The interval is Agresti & Min's (2005, Statistics in Medicine 24:729): Wald's with half a pair
    added to each cell, cut at -1 and 1.

    Raises:
        ValueError: There is no pair.
    """
    gained = sum(after and not before for before, after in pairs)
    lost = sum(before and not after for before, after in pairs)
    n = len(pairs)
    before = rate(sum(first for first, _ in pairs), n)
    after = rate(sum(second for _, second in pairs), n)
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    padded = n + 2
    centre = (gained - lost) / padded
    reach = z * sqrt(gained + lost + 1 - (gained - lost) ** 2 / padded) / padded
    low, high = max(-1.0, centre - reach), min(1.0, centre + reach)
    return PairedRates(before, after, gained, lost, low, high, _coin_p(gained, lost))


def paired_means(
    pairs: Sequence[tuple[float, float]], *, seed: int = 0, resamples: int = RESAMPLES
) -> PairedMeans:
    """Return how an average changed between two measurements of the same cases, (before, after).

    The interval is the bootstrap's over the differences, as in `mean`. The p-value is two-sided
    and comes from seeded random flips of their signs (Fisher's randomization test; counted with
    the observed one among them, as in Phipson & Smyth 2010, SAGMB 9:39).

    Raises:
        ValueError: There is no pair, or a value isn't finite.
    """
    before = mean([first for first, _ in pairs], seed=seed, resamples=resamples)
    after = mean([second for _, second in pairs], seed=seed, resamples=resamples)
    differences = [second - first for first, second in pairs]
    apart = mean(differences, seed=seed, resamples=resamples)
    differing = np.asarray([each for each in differences if each], dtype=np.float64)
    p = _flipped_p(differing, seed, resamples) if differing.size else 1.0
    gained, lost = int((differing > 0).sum()), int((differing < 0).sum())
    return PairedMeans(before, after, gained, lost, apart.low, apart.high, p)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of the values don't exceed (nearest rank).

    Raises:
        ValueError: There is no value, or `share` isn't above 0 and at most 1.
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"no percentile {share} of {len(values)} values")
    return sorted(values)[ceil(share * len(values)) - 1]


def _coin_p(gained: int, lost: int) -> float:
    """Return the two-sided probability of a split at least as uneven, by a fair coin."""
    tosses = gained + lost
    tail: int = sum(comb(tosses, heads) for heads in range(min(gained, lost) + 1))
    return float(min(Fraction(1), Fraction(2 * tail, 2**tosses)))


def _flipped_p(
    differing: "np.ndarray[tuple[int], np.dtype[np.float64]]", seed: int, resamples: int
) -> float:
    generator = np.random.default_rng(seed)
    observed = abs(differing.sum())
    as_far, block = 0, max(1, _DRAWS_A_BLOCK // differing.size)
    for first in range(0, resamples, block):
        rows = min(block, resamples - first)
        signs = generator.integers(0, 2, size=(rows, differing.size)) * 2 - 1
        as_far += int((np.abs(signs @ differing) >= observed - _ROUNDING).sum())
    return (as_far + 1) / (resamples + 1)


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
