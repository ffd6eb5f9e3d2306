"""Agreement: how far a score tells what people call hallucinated, with 95 % intervals.

A score that counts (sentences, claims) calls an answer hallucinated when one of them fails.
One that measures has no such cut by itself: it gets, for each fifth of the sources, the cut that
has the highest kappa on the other four, so that no cut was chosen on an answer that it calls.
Kappa's and AUROC's intervals come from resampling sources, since answers from the same passages
resemble each other; those of the two rates are Wilson's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from app.statistics import CONFIDENCE, Rate, rate
from evals.errors import JudgeError
from evals.metrics.score import Score, ScoreState

FOLDS = 5
RESAMPLES = 2_000  # more than the 1,000 that percentile endpoints ask for at least
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class JudgedLabel:
    """An answer that people labelled, as a judge scored it."""

    source: str
    hallucinated: bool
    score: Score


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a judge's calls are worth against people's."""

    n: int
    """Answers with a value; the others are counted in the next two."""
    unscored: int
    not_applicable: int
    hallucinated: int
    """Of `n`, by the people."""
    sources: int
    kappa: Estimate
    """Cohen 1960, Educational and Psychological Measurement 20:37."""
    true_positives: Rate
    """Share of the hallucinated answers that the judge calls so."""
    false_positives: Rate
    """Share of the others that it calls so too."""
    auroc: Estimate
    """How often a hallucinated answer has the lower value, ties counting half."""
    fitted_cut: bool
    """Whether the cut was chosen on other answers of the same labels."""


def agreement(
    judged: Sequence[JudgedLabel], *, seed: int = 0, resamples: int = RESAMPLES
) -> Agreement:
    """Return how far a judge agrees with people.

    Raises:
        JudgeError: Not both kinds of answers have a value.
    """
    scored = [one for one in judged if one.score.value is not None]
    positive = np.array([one.hallucinated for one in scored], dtype=np.bool_)
    if positive.all() or not positive.any():
        raise JudgeError(
            f"{len(scored)} of {len(judged)} answers got a value, {int(positive.sum())} of them "
            f"hallucinated, and agreement needs both kinds{_why_not(judged)}"
        )
    values = np.array([one.score.value for one in scored], dtype=np.float64)
    names, sources = np.unique([one.source for one in scored], return_inverse=True)
    fits = not all(one.score.trials for one in scored)
    called = _called(values, positive, names, sources) if fits else values < 1
    drawn = _drawn(len(names), seed, resamples)
    return Agreement(
        n=len(scored),
        unscored=sum(one.score.state is ScoreState.UNSCORED for one in judged),
        not_applicable=sum(one.score.state is ScoreState.NOT_APPLICABLE for one in judged),
        hallucinated=int(positive.sum()),
        sources=len(names),
        kappa=_kappa(positive, called, sources, drawn),
        true_positives=rate(int((called & positive).sum()), int(positive.sum())),
        false_positives=rate(int((called & ~positive).sum()), int((~positive).sum())),
        auroc=_auroc(positive, values, sources, drawn),
        fitted_cut=fits,
    )


def kappa(table: Numbers) -> Numbers:
    """Return Cohen's kappa of tables of counts, 0 where both sides are of one mind by chance alone.

    Args:
        table: Shape `(…, 4)`: called and so, not called but so, called but not so, neither.
    """
    both, missed, false, neither = np.moveaxis(table, -1, 0)
    total = table.sum(axis=-1)
    observed = (both + neither) / total
    chance = ((both + missed) * (both + false) + (false + neither) * (missed + neither)) / total**2
    room = 1 - chance
    return np.where(room > 0, (observed - chance) / np.where(room > 0, room, 1), 0.0)


def auroc(positive: Flags, values: Numbers, weights: Numbers) -> float:
    """Return the weighted share of pairs in which the positive has the lower value.

    That is Mann and Whitney's U (Hanley & McNeil 1982, Radiology 143:29).
    """
    order = np.argsort(values, kind="stable")
    ordered, flags, weight = values[order], positive[order], weights[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    high = np.add.reduceat(weight * ~flags, starts)
    low = np.add.reduceat(weight * flags, starts)
    above = high[::-1].cumsum()[::-1] - high
    return float((low * (above + high / 2)).sum() / (low.sum() * high.sum()))


def _why_not(judged: Sequence[JudgedLabel]) -> str:
    """Return the reason of the first answer without a value, behind a colon."""
    reasons = (one.score.reason for one in judged if one.score.value is None)
    return "".join(f": {reason}" for reason in [next(reasons, "")] if reason)


def _table(positive: Flags, called: Flags) -> Numbers:
    """Return for each answer which of `kappa`'s four counts it belongs to, shape `(n, 4)`."""
    cells = (called & positive, ~called & positive, called & ~positive, ~called & ~positive)
    return np.stack(cells, axis=1).astype(np.float64)


def _called(
    values: Numbers,
    positive: Flags,
    names: NDArray[np.str_],
    sources: NDArray[np.intp],
) -> Flags:
    folds = np.array([int(sha256(str(name).encode()).hexdigest(), 16) % FOLDS for name in names])
    fold = folds[sources]
    called = np.zeros(len(values), dtype=np.bool_)
    for one in range(FOLDS):
        inside = fold == one
        called[inside] = values[inside] < _best_cut(values[~inside], positive[~inside])
    return called


def _best_cut(values: Numbers, positive: Flags) -> float:
    """Return the cut below which calling an answer hallucinated has the highest kappa."""
    found = np.unique(values)
    cuts = (found[1:] + found[:-1]) / 2
    if not len(cuts):
        return -np.inf
    tables = np.stack([_table(positive, values < cut).sum(axis=0) for cut in cuts])
    return float(cuts[int(kappa(tables).argmax())])


def _drawn(sources: int, seed: int, resamples: int) -> NDArray[np.int64]:
    """Return how often each source is drawn, shape `(resamples, sources)`."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(sources, np.full(sources, 1 / sources), size=resamples)


def _kappa(
    positive: Flags, called: Flags, sources: NDArray[np.intp], drawn: NDArray[np.int64]
) -> Estimate:
    rows = _table(positive, called)
    by_source = np.zeros((drawn.shape[1], 4))
    np.add.at(by_source, sources, rows)
    return _estimate(float(kappa(rows.sum(axis=0))), kappa(drawn @ by_source))


def _auroc(
    positive: Flags, values: Numbers, sources: NDArray[np.intp], drawn: NDArray[np.int64]
) -> Estimate:
    weights = drawn[:, sources].astype(np.float64)
    both = [row for row in weights if (row * positive).any() and (row * ~positive).any()]
    resampled = np.array([auroc(positive, values, row) for row in both])
    return _estimate(auroc(positive, values, np.ones(len(values))), resampled)


def _estimate(value: float, resampled: Numbers) -> Estimate:
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(resampled, [tail, 100 - tail])
    return Estimate(value, float(low), float(high))
