"""One run of the fit: labels in, the model's file out, with the figures that belong to it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.grounding.support_fit import (
    FitSettings,
    fit_claims,
    judged_out_of_fold,
    model_file,
    threshold_for,
)
from app.grounding.support_labels import LabelledAnswer, is_held_out, read_labels
from app.grounding.support_model import Figure, Fit, LabelFile, SupportModelFile
from app.grounding.support_report import expert_figures, judged_by, report
from knowledge_base.article import Article


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labelled answers of one file."""

    file: LabelFile
    answers: tuple[LabelledAnswer, ...]


@dataclass(frozen=True, slots=True)
class Experts:
    """Experts' answers, all of them supported: those that are fitted on, and the others."""

    fitted: LabelSet
    held_out: tuple[LabelledAnswer, ...]


def read_set(path: Path) -> LabelSet:
    """Return all of a file, to be fitted on.

    Raises:
        BadInputError: It holds no labels.
    """
    return _set(path, read_labels(path), "all rows: weights and threshold")


def read_experts(path: Path, articles: Mapping[str, Article]) -> Experts:
    """Return a file of experts' answers in halves by the hash of their ids.

    Raises:
        BadInputError: It holds no experts' answers, or names articles that aren't there.
    """
    answers = read_labels(path, articles)
    fitted = tuple(one for one in answers if not is_held_out(one.id))
    held_out = tuple(one for one in answers if is_held_out(one.id))
    use = "rows whose sha256(id) is even: weights and threshold; the others: figures"
    return Experts(_set(path, fitted, use), held_out)


def run_fit(
    labels: Sequence[LabelSet], experts: Experts | None, settings: FitSettings, day: date
) -> SupportModelFile:
    """Return the model of all labels, with figures of rows that it wasn't fitted on."""
    labelled = tuple(answer for one in labels for answer in one.answers)
    fitted = experts.fitted.answers if experts else ()
    judged = judged_out_of_fold((*labelled, *fitted), settings)
    ours, theirs = judged[: len(labelled)], judged[len(labelled) :]
    threshold = threshold_for(ours, theirs, settings)
    model = fit_claims((*labelled, *fitted), settings)
    figures = [*_label_figures(labels, fitted, settings)]
    if experts:
        held_out = judged_by(model, experts.held_out)
        figures += expert_figures(held_out, threshold, "held-out experts' answers")
        figures += expert_figures(theirs, threshold, "experts' answers, out of fold,")
    fit = Fit(
        day=day,
        seed=settings.seed,
        penalty=settings.penalty,
        labels=tuple(one.file for one in (*labels, *((experts.fitted,) if experts else ()))),
        threshold_rule=(
            f"the highest that blocks at most {settings.false_block_rate:.0%} of the supported "
            f"claims and touches at most {settings.touched_rate:.0%} of the experts' answers, "
            "out of fold"
        ),
        figures=tuple(figures),
    )
    return model_file(model, threshold, fit)


def _label_figures(
    labels: Sequence[LabelSet], fitted: Sequence[LabelledAnswer], settings: FitSettings
) -> list[Figure]:
    figures = []
    for one in labels:
        others = [answer for each in labels if each is not one for answer in each.answers]
        for figure in report(one.answers, settings, (*others, *fitted)):
            named = f"{one.file.name}, out of fold: {figure.name}"
            figures.append(figure.model_copy(update={"name": named}))
    return figures


def _set(path: Path, answers: tuple[LabelledAnswer, ...], use: str) -> LabelSet:
    claims = [claim for answer in answers for claim in answer.claims]
    return LabelSet(
        LabelFile(
            name=path.name,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            claims=len(claims),
            unsupported=sum(not claim.supported for claim in claims),
            use=use,
        ),
        answers,
    )
