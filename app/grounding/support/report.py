"""What a support model is worth on labels that it wasn't fitted on, beside plain word overlap."""

from collections.abc import Callable, Sequence

import numpy as np

from app.grounding.fit_record import Figure, rate_figure
from app.grounding.support.figures import Scored, auroc, balanced_accuracy, best_cut, f1, interval
from app.grounding.support.fit import FOLDS, FitSettings, Judged, judged_out_of_fold, supports
from app.grounding.support.labels import LabelledAnswer
from app.grounding.support.logistic import Flags, Logistic, Numbers
from app.statistics import rate

Worth = Callable[[Flags, Flags], float]


def report(
    answers: Sequence[LabelledAnswer],
    settings: FitSettings,
    always: Sequence[LabelledAnswer] = (),
) -> tuple[Figure, ...]:
    """Return AUROC and F1 of answers, or balanced accuracy of single claims, and the overlap's.

    Args:
        answers: The labels, judged in folds by group.
        settings: Of the fits.
        always: Further answers that each model is fitted on.
    """
    judged = judged_out_of_fold(answers, settings, always)
    are_claims = all(len(one.answer.claims) == 1 for one in judged)
    level = "claim" if are_claims else "answer"
    ours, plain = _by_support(judged), _by_overlap(judged)
    called = _called(judged, settings, always, balanced_accuracy if are_claims else f1)
    called_plain = _called_by_overlap(judged, balanced_accuracy if are_claims else f1)
    worth, name = (balanced_accuracy, "balanced accuracy") if are_claims else (f1, "F1")
    figures = [
        interval(f"{level} AUROC", ours, auroc, settings.seed),
        interval(f"{level} AUROC of word overlap", plain, auroc, settings.seed),
        interval(f"{level} {name}", _calls(ours, called), _worth(worth), settings.seed),
        interval(
            f"{level} {name} of word overlap",
            _calls(plain, called_plain),
            _worth(worth),
            settings.seed,
        ),
    ]
    if not are_claims:
        figures.append(interval("sentence AUROC", _sentences(judged), auroc, settings.seed))
        plain_sentences = _sentences_by_overlap(judged)
        figures.append(
            interval("sentence AUROC of word overlap", plain_sentences, auroc, settings.seed)
        )
    return tuple(figures)


def expert_figures(judged: Sequence[Judged], threshold: float, name: str) -> tuple[Figure, ...]:
    """Return how many of the experts' answers are blocked in part and in whole."""
    told = [one for one in judged if one.supports]
    touched = rate(sum(one.support < threshold for one in told), len(told))
    blocked = rate(sum(max(one.supports) < threshold for one in told), len(told))
    return (
        rate_figure(f"{name} with a sentence blocked", touched),
        rate_figure(f"{name} blocked whole", blocked),
    )


def threshold_figures(judged: Sequence[Judged], threshold: float, seed: int) -> tuple[Figure, ...]:
    """Return what labelled answers and claims come to at the threshold."""
    claims, answers = _sentences(judged), _by_support(judged)
    calls = answers.scores > 1 - threshold
    return (
        *_caught("claims", claims, threshold),
        *_caught("answers", answers, threshold),
        interval("answer F1 at the threshold", _calls(answers, calls), _worth(f1), seed),
    )


def _caught(what: str, scored: Scored, threshold: float) -> tuple[Figure, ...]:
    blocked, flags = scored.scores > 1 - threshold, scored.flags
    caught = rate(int((blocked & flags).sum()), int(flags.sum()))
    wrong = rate(int((blocked & ~flags).sum()), int((~flags).sum()))
    return (
        rate_figure(f"unsupported {what} blocked at the threshold", caught),
        rate_figure(f"supported {what} blocked at the threshold", wrong),
    )


def judged_by(model: Logistic, answers: Sequence[LabelledAnswer]) -> tuple[Judged, ...]:
    """Return answers as one model judges them, which must not have seen them."""
    return tuple(Judged(one, 0, supports(model, one)) for one in answers)


def _by_support(judged: Sequence[Judged]) -> Scored:
    return Scored(
        scores=np.array([1 - one.support for one in judged]),
        flags=np.array([not one.answer.supported for one in judged]),
        groups=[one.answer.group for one in judged],
    )


def _by_overlap(judged: Sequence[Judged]) -> Scored:
    lowest = [min((claim.overlap for claim in one.answer.claims), default=1.0) for one in judged]
    ours = _by_support(judged)
    return Scored(1 - np.array(lowest), ours.flags, ours.groups)


def _sentences(judged: Sequence[Judged]) -> Scored:
    return Scored(
        scores=1 - np.array([support for one in judged for support in one.supports]),
        flags=np.array([not claim.supported for one in judged for claim in one.answer.claims]),
        groups=[one.answer.group for one in judged for _ in one.supports],
    )


def _sentences_by_overlap(judged: Sequence[Judged]) -> Scored:
    ours = _sentences(judged)
    plain = np.array([claim.overlap for one in judged for claim in one.answer.claims])
    return Scored(1 - plain, ours.flags, ours.groups)


def _called(
    judged: Sequence[Judged],
    settings: FitSettings,
    always: Sequence[LabelledAnswer],
    worth: Worth,
) -> Flags:
    """Return which answers are called unsupported, at cuts chosen inside the other folds."""
    calls = np.zeros(len(judged), dtype=np.bool_)
    for fold in range(FOLDS):
        others = [one.answer for one in judged if one.fold != fold]
        inside = _by_support(judged_out_of_fold(others, settings, always))
        cut = best_cut(inside.scores, inside.flags, worth)
        calls |= np.array([one.fold == fold and 1 - one.support >= cut for one in judged])
    return calls


def _called_by_overlap(judged: Sequence[Judged], worth: Worth) -> Flags:
    plain = _by_overlap(judged)
    folds = np.array([one.fold for one in judged])
    calls = np.zeros(len(judged), dtype=np.bool_)
    for fold in range(FOLDS):
        others = folds != fold
        cut = best_cut(plain.scores[others], plain.flags[others], worth)
        calls |= ~others & (plain.scores >= cut)
    return calls


def _calls(scored: Scored, calls: Flags) -> Scored:
    return Scored(calls.astype(np.float64), scored.flags, scored.groups)


def _worth(worth: Worth) -> Callable[[Numbers, Flags], float]:
    return lambda calls, flags: worth(calls > 0, flags)
