"""Fits the support model: weights on labelled claims, its threshold on rows held out of each fit.

Folds are cut by group, so that no claim is judged by a model that saw its passages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.grounding.support.features import SIGNS, SupportFeatures
from app.grounding.support.labels import LabelledAnswer
from app.grounding.support.logistic import Logistic, fit_logistic, folds_of
from app.grounding.support.model import FORMAT, Fit, SupportModelFile, Weight

FOLDS = 5
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class FitSettings:
    """What a fit keeps to."""

    false_block_rate: float = 0.05
    """Greatest share of the supported claims that may be blocked."""
    touched_rate: float = 0.3
    """Greatest share of the experts' answers of which a sentence may be blocked."""
    penalty: float = 30.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with the support of each of its claims, by a model that didn't see its group."""

    answer: LabelledAnswer
    fold: int
    supports: tuple[float, ...]

    @property
    def support(self) -> float:
        """Support of the worst claim, 1 where there is none."""
        return min(self.supports, default=1.0)


def judged_out_of_fold(
    answers: Sequence[LabelledAnswer],
    settings: FitSettings,
    always: Sequence[LabelledAnswer] = (),
) -> tuple[Judged, ...]:
    """Return each answer as judged by a model of the other folds.

    Args:
        answers: What is judged, in folds by group.
        settings: Penalty and seed of the fits.
        always: Further answers that every model is fitted on.
    """
    folds = folds_of([one.group for one in answers], FOLDS, settings.seed)
    judged: dict[int, Judged] = {}
    for fold in range(FOLDS):
        seen = [one for one, at in zip(answers, folds, strict=True) if at != fold]
        model = fit_claims((*seen, *always), settings)
        for place in np.flatnonzero(folds == fold).tolist():
            judged[place] = Judged(answers[place], fold, supports(model, answers[place]))
    return tuple(judged[place] for place in range(len(answers)))


def fit_claims(answers: Sequence[LabelledAnswer], settings: FitSettings) -> Logistic:
    """Return the model of all claims of the answers."""
    claims = [claim for answer in answers for claim in answer.claims]
    rows = np.array([claim.features for claim in claims], dtype=np.float64)
    flags = np.array([claim.supported for claim in claims])
    counts = np.array([answer.count for answer in answers for _ in answer.claims])
    signs = [int(sign) for sign in SIGNS]
    return fit_logistic(rows, flags, counts, penalty=settings.penalty, signs=signs)


def supports(model: Logistic, answer: LabelledAnswer) -> tuple[float, ...]:
    """Return the support of each claim of an answer."""
    if not answer.claims:
        return ()
    rows = np.array([claim.features for claim in answer.claims], dtype=np.float64)
    likely = model.probabilities(rows).tolist()
    return tuple(
        support if claim.is_spoken_of else 0.0
        for claim, support in zip(answer.claims, likely, strict=True)
    )


def threshold_for(
    labelled: Sequence[Judged], experts: Sequence[Judged], settings: FitSettings
) -> float:
    """Return the highest threshold that keeps to both rates, 0 where there is nothing to judge."""
    claims = [
        support
        for one in labelled
        for claim, support in zip(one.answer.claims, one.supports, strict=True)
        if claim.supported
    ]
    limits = [
        _limit(claims, settings.false_block_rate),
        _limit([one.support for one in experts], settings.touched_rate),
    ]
    return _floored(min((limit for limit in limits if limit is not None), default=0.0))


def model_file(model: Logistic, fit: Fit) -> SupportModelFile:
    """Return what is written down of a model."""
    columns = zip(SupportFeatures._fields, model.means, model.spreads, model.weights, strict=True)
    return SupportModelFile(
        format=FORMAT,
        bias=_rounded(model.bias),
        features={
            name: Weight(
                mean=_rounded(mean),
                spread=max(_rounded(spread), 10**-_DIGITS),
                weight=_rounded(weight),
            )
            for name, mean, spread, weight in columns
        },
        fit=fit,
    )


def _limit(values: Sequence[float], share: float) -> float | None:
    """Return the value below which at most that share of the values lie."""
    return sorted(values)[int(share * len(values))] if values else None


def _rounded(value: float) -> float:
    return round(float(value), _DIGITS)


def _floored(value: float) -> float:
    return float(np.floor(value * 1000) / 1000)
