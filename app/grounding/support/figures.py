"""Figures of support: what it separates, with bootstrap intervals over the groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.grounding.fit_record import Figure
from app.grounding.support.logistic import Flags, Numbers

RESAMPLES = 2000


@dataclass(frozen=True)
class Scored:
    """Scores of what is flagged or not, higher where the flag is likelier."""

    scores: Numbers
    flags: Flags
    groups: Sequence[str]


def auroc(scores: Numbers, flags: Flags) -> float:
    """Return how often a flagged score is above another one; ties count half."""
    others = np.sort(scores[~flags])
    below = np.searchsorted(others, scores[flags], "left")
    not_above = np.searchsorted(others, scores[flags], "right")
    return float((below + not_above).mean() / (2 * len(others)))


def f1(calls: Flags, flags: Flags) -> float:
    """Return the harmonic mean of precision and recall of the flags, 0 where nothing is called."""
    whole = int(calls.sum() + flags.sum())
    return float(2 * (calls & flags).sum() / whole) if whole else 0.0


def balanced_accuracy(calls: Flags, flags: Flags) -> float:
    """Return the mean of the two rates of right calls."""
    return float((calls[flags].mean() + (~calls[~flags]).mean()) / 2)


def best_cut(scores: Numbers, flags: Flags, worth: Callable[[Flags, Flags], float]) -> float:
    """Return the score from which calling is worth most."""
    cuts = np.unique(scores)
    return float(cuts[int(np.argmax([worth(scores >= cut, flags) for cut in cuts]))])


def interval(
    name: str, scored: Scored, measure: Callable[[Numbers, Flags], float], seed: int
) -> Figure:
    """Return a measure with the middle 95 % of its values over resampled groups.

    Cluster bootstrap: Davison & Hinkley 1997, section 3.8.
    """
    _, codes = np.unique(np.asarray(scored.groups), return_inverse=True)
    members = [np.flatnonzero(codes == code) for code in range(int(codes.max()) + 1)]
    generator = np.random.default_rng(seed)
    values = []
    for _ in range(RESAMPLES):
        drawn = generator.integers(0, len(members), size=len(members))
        rows = np.concatenate([members[one] for one in drawn])
        flags = scored.flags[rows]
        if flags.any() and not flags.all():
            values.append(measure(scored.scores[rows], flags))
    low, high = np.percentile(values, [2.5, 97.5])
    return Figure(
        name=name,
        value=round(measure(scored.scores, scored.flags), 3),
        low=round(float(low), 3),
        high=round(float(high), 3),
        n=len(scored.flags),
    )
