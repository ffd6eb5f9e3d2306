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


def fit_logistic(rows: Numbers, flags: Flags, penalty: float) -> Logistic:
    """Return the weights that make the flags likely; the bias isn't shrunk.

    Args:
        rows: One row of columns for each flag.
        flags: What is predicted.
        penalty: Weight of half the squared weights, in rows.
    """
    means = rows.mean(axis=0)
    spreads = np.maximum(rows.std(axis=0), _LEAST_SPREAD)
    design = np.column_stack([(rows - means) / spreads, np.ones(len(rows))])
    ridge = np.diag([penalty] * rows.shape[1] + [_LEAST_SPREAD])
    found = np.zeros(design.shape[1])
    for _ in range(STEPS):
        likely = _expit(design @ found)
        slope = design.T @ (flags - likely) - ridge @ found
        curve = design.T @ (design * (likely * (1 - likely))[:, None]) + ridge
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return Logistic(means, spreads, found[:-1], float(found[-1]))


def folds_of(groups: Sequence[str], count: int, seed: int) -> NDArray[np.int64]:
    """Return for each row the number of its fold; rows of a group share one."""
    known = np.array(sorted(set(groups)))
    np.random.default_rng(seed).shuffle(known)
    numbers = {group: place % count for place, group in enumerate(known.tolist())}
    return np.array([numbers[group] for group in groups])


def _expit(logits: Numbers) -> Numbers:
    return np.asarray(0.5 * (1 + np.tanh(logits / 2)))
