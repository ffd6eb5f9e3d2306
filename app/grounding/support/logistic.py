"""Logistic regression with a ridge penalty, by Newton's method.

Le Cessie & van Houwelingen 1992, Applied Statistics 41:191.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

STEPS = 50
CLOSE_ENOUGH = 1e-8
_LEAST_SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights of scaled columns, and what scales them."""

    means: Numbers
    spreads: Numbers
    weights: Numbers
    bias: float

    def probabilities(self, rows: Numbers) -> Numbers:
        """Return for each row how likely its flag is set."""
        logits = ((rows - self.means) / self.spreads) @ self.weights + self.bias
        return np.asarray(_expit(logits))


def fit_logistic(
    rows: Numbers, flags: Flags, counts: Numbers, *, penalty: float, signs: Sequence[int]
) -> Logistic:
    """Return the weights that make the flags likely; the bias isn't shrunk.

    Args:
        rows: One row of columns for each flag.
        flags: What is predicted.
        counts: How often each row counts.
        penalty: Weight of half the squared weights, in rows.
        signs: Of each column the sign that its weight may have, 0 for either. A column whose
            weight would come out with the other sign gets none.
    """
    means = np.average(rows, axis=0, weights=counts)
    variances = np.average((rows - means) ** 2, axis=0, weights=counts)
    spreads = np.maximum(np.sqrt(variances), _LEAST_SPREAD)
    scaled = (rows - means) / spreads
    kept = np.ones(rows.shape[1], dtype=np.bool_)
    weights, bias = _newton(scaled, flags, counts, penalty)
    while (wrong := weights * np.asarray(signs) < 0).any():
        kept &= ~wrong
        weights = np.zeros(rows.shape[1])
        weights[kept], bias = _newton(scaled[:, kept], flags, counts, penalty)
    return Logistic(means, spreads, weights, bias)


def folds_of(groups: Sequence[str], count: int, seed: int) -> NDArray[np.int64]:
    """Return for each row the number of its fold; rows of a group share one."""
    known = np.array(sorted(set(groups)))
    np.random.default_rng(seed).shuffle(known)
    numbers = {group: place % count for place, group in enumerate(known.tolist())}
    return np.array([numbers[group] for group in groups])


def _newton(
    scaled: Numbers, flags: Flags, counts: Numbers, penalty: float
) -> tuple[Numbers, float]:
    design = np.column_stack([scaled, np.ones(len(scaled))])
    ridge = np.diag([penalty] * scaled.shape[1] + [_LEAST_SPREAD])
    found = np.zeros(design.shape[1])
    for _ in range(STEPS):
        likely = _expit(design @ found)
        slope = design.T @ (counts * (flags - likely)) - ridge @ found
        curve = design.T @ (design * (counts * likely * (1 - likely))[:, None]) + ridge
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return found[:-1], float(found[-1])


def _expit(logits: Numbers) -> Numbers:
    return np.asarray(0.5 * (1 + np.tanh(logits / 2)))
