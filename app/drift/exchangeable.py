"""Permutation tests: is the look one more draw of what the reference was drawn from?

Each question has been asked several times for the reference and once for the look. If nothing has
changed, any of these answers might have been the look's, question by question, so the look's place
is drawn anew among them (Fisher's randomization test; Pitman 1937). Draws stop at the tenth that is
as far out as what was seen, which keeps the p-value valid (Besag & Clifford 1991, Biometrika
78:301), so that a look in which nothing has changed costs little.
"""

from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
"""One row a question: the reference's values, the look's in the last column."""

EXCEEDANCES = 10  # Besag & Clifford's h: within a third of the p-value that all draws would give
MOST_DRAWS = 50_000
_FIRST_BLOCK = 50
_BLOCK = 1_000
_ROUNDING = 1e-9  # sums of the same terms in another order count as equal


class Sided(StrEnum):
    """Which way a look must lie to count."""

    LOWER = "lower"
    BOTH = "both"


def look_p(values: Values, sided: Sided, *, seed: int = 0, most_draws: int = MOST_DRAWS) -> float:
    """Return the probability of a look as far out as this one where nothing has changed.

    Raises:
        ValueError: There are fewer than two columns, or a value isn't finite.
    """
    if values.ndim != 2 or values.shape[1] < 2 or not np.isfinite(values).all():  # noqa: PLR2004
        raise ValueError(f"no look in values of the shape {values.shape} that aren't all finite")
    centred = values - values.mean(axis=1, keepdims=True)
    differing = centred[np.abs(centred).max(axis=1, initial=0.0) > _ROUNDING]
    if not differing.size:
        return 1.0
    observed = _distance(differing[:, -1].sum(), sided)
    generator = np.random.default_rng(seed)
    drawn = as_far = 0
    block = _FIRST_BLOCK
    while drawn < most_draws:
        sums = _drawn_sums(differing, block, generator)
        far = _distance(sums, sided) >= observed - _ROUNDING
        missing = EXCEEDANCES - as_far
        if int(far.sum()) >= missing:
            return EXCEEDANCES / (drawn + int(np.flatnonzero(far)[missing - 1]) + 1)
        drawn, as_far, block = drawn + block, as_far + int(far.sum()), _BLOCK
    return (as_far + 1) / (drawn + 1)


def _drawn_sums(centred: Values, draws: int, generator: np.random.Generator) -> Values:
    """Return so many sums with the look's place drawn anew in each row."""
    rows, columns = centred.shape
    places = generator.integers(0, columns, size=(draws, rows), dtype=np.uint8)
    sums: Values = sum(
        ((places == column) @ centred[:, column] for column in range(columns)), np.zeros(draws)
    )
    return sums


def _distance(sums: Any, sided: Sided) -> Any:
    return np.abs(sums) if sided is Sided.BOTH else -sums
