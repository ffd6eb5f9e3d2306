"""One run of the fit: labels in, the model's file out, with the figures that belong to it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.grounding.fit_record import Figure, LabelFile, ThresholdRun
from app.grounding.support.fit import (
    FitSettings,
    fit_claims,
    judged_out_of_fold,
    model_file,
    threshold_for,
)
from app.grounding.support.labels import LabelledAnswer, is_held_out, read_labels
from app.grounding.support.model import Fit, SupportModelFile
from app.grounding.support.report import expert_figures, judged_by, report, threshold_figures
from knowledge_base.article import Article
from knowledge_base.errors import BadInputError


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labelled answers of one file."""

    file: LabelFile
    answers: tuple[LabelledAnswer, ...]


@dataclass(frozen=True, slots=True)
class FittedSupport:
    """A fitted model, its threshold, and the run that chose that."""

    model: SupportModelFile
    threshold: float
    run: ThresholdRun


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
    return _set(path, read_labels(path), "all rows")


def read_experts(path: Path, articles: Mapping[str, Article]) -> Experts:
    """Return a file of experts' answers in halves by the hash of their ids.

    Raises:
        BadInputError: It holds no experts' answers, or names articles that aren't there.
    """
    answers = read_labels(path, articles)
    fitted = tuple(one for one in answers if not is_held_out(one.id))
    held_out = tuple(one for one in answers if is_held_out(one.id))
    return Experts(_set(path, fitted, "rows whose sha256(id) is even"), held_out)


def run_fit(
    labels: Sequence[LabelSet], experts: Experts | None, settings: FitSettings, day: date
) -> FittedSupport:
    """Return the model of all labels, with figures of rows that it wasn't fitted on.

    Each file counts as much as any other, however many claims it has.

    Raises:
        BadInputError: The labels hold no supported answer, or no unsupported one.
    """
    if len({answer.supported for one in labels for answer in one.answers}) != 2:  # noqa: PLR2004 — both
        raise BadInputError("the labels need answers that are supported, and answers that aren't")
    sets = counting_alike([*labels, *((experts.fitted,) if experts else ())])
    pool = [answer for one in sets for answer in one.answers]
    judged = judged_out_of_fold(pool, settings)
    size = sum(len(one.answers) for one in labels)
    ours, theirs = judged[:size], judged[size:]
    threshold = threshold_for(ours, theirs, settings)
    model = fit_claims(pool, settings)
    files = tuple(one.file for one in sets)
    chosen = [*threshold_figures(ours, threshold, settings.seed)]
    if experts:
        held_out = judged_by(model, experts.held_out)
        chosen += expert_figures(theirs, threshold, "experts' answers, out of fold,")
        chosen += expert_figures(held_out, threshold, "experts' answers, held out,")
    run = ThresholdRun(
        day=day,
        seed=settings.seed,
        false_block_rate=settings.false_block_rate,
        rule=_rule(settings),
        labels=files,
        figures=tuple(chosen),
    )
    told = tuple(_label_figures(sets[: len(labels)], sets[len(labels) :], settings))
    fit = Fit(day=day, seed=settings.seed, penalty=settings.penalty, labels=files, figures=told)
    return FittedSupport(model_file(model, fit), threshold, run)


def counting_alike(sets: Sequence[LabelSet]) -> tuple[LabelSet, ...]:
    """Return the sets with claims that count so often that each set counts as much as another."""
    whole = sum(one.file.claims for one in sets)
    return tuple(
        replace(one, answers=tuple(_counted(one, whole / len(sets) / max(1, one.file.claims))))
        for one in sets
    )


def _counted(one: LabelSet, count: float) -> Iterator[LabelledAnswer]:
    return (replace(answer, count=count) for answer in one.answers)


def _label_figures(
    labels: Sequence[LabelSet], experts: Sequence[LabelSet], settings: FitSettings
) -> Iterator[Figure]:
    for one in labels:
        others = [each for each in (*labels, *experts) if each is not one]
        always = [answer for each in others for answer in each.answers]
        for figure in report(one.answers, settings, always):
            named = f"{one.file.name}, out of fold: {figure.name}"
            yield figure.model_copy(update={"name": named})


def _rule(settings: FitSettings) -> str:
    return (
        f"the highest that blocks at most {settings.false_block_rate:.0%} of the supported claims "
        f"and touches at most {settings.touched_rate:.0%} of the experts' answers, out of fold"
    )


def _set(path: Path, answers: tuple[LabelledAnswer, ...], use: str) -> LabelSet:
    claims = [claim for answer in answers for claim in answer.claims]
    file = LabelFile(
        name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        claims=len(claims),
        unsupported=sum(not claim.supported for claim in claims),
        use=use,
    )
    return LabelSet(file, answers)
