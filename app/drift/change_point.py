"""Change points: the day from which a series of daily values lies elsewhere.

Pettitt's test (1979, Applied Statistics 28:126) asks of each day whether the values before it rank
below or above those after it; it assumes no distribution, and one odd day moves it little. Parts on
both sides of a change are searched again, each at a level that keeps the series' own (Bonferroni).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from statistics import median

LEVEL = 0.01
"""Chance of a change point in a series in which nothing has changed."""
LEAST_DAYS = 5
"""On each side: the test's approximation needs about ten values in all."""
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """Where a series changes."""

    place: int
    """Index of the first value that lies elsewhere."""
    before: float
    """Median of the values before it, back to the change point before."""
    after: float
    p: float


def change_points(values: Sequence[float], level: float = LEVEL) -> tuple[ChangePoint, ...]:
    """Return where a series changes, in order; none where it is too short to tell."""
    return tuple(sorted(_found(values, 0, level / _MOST_PARTS, 2), key=lambda one: one.place))


def _found(values: Sequence[float], offset: int, level: float, depth: int) -> Iterator[ChangePoint]:
    if len(values) < 2 * LEAST_DAYS:
        return
    place, p = _pettitt(values)
    if p > level:
        return
    before, after = values[:place], values[place:]
    yield ChangePoint(offset + place, median(before), median(after), p)
    if depth > 1:
        yield from _found(before, offset, level, depth - 1)
        yield from _found(after, offset + place, level, depth - 1)


def _pettitt(values: Sequence[float]) -> tuple[int, float]:
    """Return the likeliest place of a change, and the chance of one as clear without any."""
    n = len(values)
    ranks = [sum((v > other) - (v < other) for other in values) for v in values]
    total, furthest, place = 0, -1, LEAST_DAYS
    for number in range(n - 1):
        total += ranks[number]
        is_inside = LEAST_DAYS <= number + 1 <= n - LEAST_DAYS
        if is_inside and abs(total) > furthest:
            furthest, place = abs(total), number + 1
    return place, min(1.0, 2 * exp(-6 * furthest**2 / (n**3 + n**2)))
