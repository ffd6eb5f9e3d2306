"""Measures judges: labels in, each judge's agreement with the people who wrote them out."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from app.answering.kept_replies import KeptReplies
from evals.errors import JudgeError
from evals.judges.agreement import JudgedLabel, agreement
from evals.judges.agreement_files import FOLDER, MeasuredJudge, keep_agreement
from evals.judges.claim_judge import JUDGED_FAITHFULNESS
from evals.judges.labels import Label, LabelSet, load_labels
from evals.judges.ragas_loading import RAGAS_STRINGS, open_ragas_comparison
from evals.judges.roster import IdentifiedJudge, open_judge
from evals.judges.scorers import ScoredWithoutModel, WordOverlap
from evals.metrics.faithfulness import Faithfulness
from evals.metrics.score import Metric
from evals.settings import EvalsSettings
from knowledge_base.progress import Progress

_log = structlog.get_logger(__name__)

_WITHOUT_MODEL: dict[str, Metric] = {
    metric.name: metric for metric in (Faithfulness(), WordOverlap())
}
_RAGAS_FAITHFULNESS = "ragas_faithfulness"
WITHOUT_MODEL = (*_WITHOUT_MODEL, *RAGAS_STRINGS)
"""Names of what runs without a model."""
MEASURABLE = (*WITHOUT_MODEL, JUDGED_FAITHFULNESS, _RAGAS_FAITHFULNESS)
"""Names of the scores that say how faithful an answer is to its passages."""


@dataclass(frozen=True, slots=True)
class JudgingRequest:
    """What to measure."""

    labels: Path
    judges: tuple[str, ...]
    """Names of `MEASURABLE`; empty for all that run without a model, and Candor's where one is."""
    limit: int | None
    """How many labels are judged, from the first on; None means all."""
    repeats: int | None
    """How often Candor's judge is asked; None for the setting."""
    concurrency: int
    replies: KeptReplies | None
    """Where replies are kept and taken from; None where each model is asked anew."""
    output: Path | None
    """Folder of the measured agreements; None for the one that runs look into."""


def measure_judges(
    settings: EvalsSettings, request: JudgingRequest, progress: Progress
) -> tuple[MeasuredJudge, ...]:
    """Return each judge's agreement with the labels, which is written to a file too.

    Raises:
        CandorError: The labels, a judge or the folder can't be used.
    """
    labels = load_labels(request.labels)
    names = request.judges or _default_names(settings)
    if unknown := [name for name in names if name not in MEASURABLE]:
        raise JudgeError(
            f"{', '.join(unknown)} can't be measured: name one of {', '.join(MEASURABLE)}"
        )
    judges = [_open(settings, name, request) for name in names]
    if not request.judges:
        judges += _installed_comparisons(settings)
    folder = request.output or settings.data_dir / FOLDER
    measured = []
    for judge in judges:
        found = _measured(judge, labels, request, progress)
        keep_agreement(folder, found)
        measured.append(found)
    return tuple(measured)


async def judged_labels(
    judge: IdentifiedJudge,
    labels: tuple[Label, ...],
    *,
    concurrency: int,
    on_judged: Callable[[], None],
) -> tuple[JudgedLabel, ...]:
    """Return the labels as a judge scores them, in order; `on_judged` is called after each."""
    places = asyncio.Semaphore(concurrency)

    async def in_turn(label: Label) -> JudgedLabel:
        async with places:
            score = await judge.score(label.case, label.released)
        on_judged()
        return JudgedLabel(label.source, label.hallucinated, score)

    return tuple(await asyncio.gather(*(in_turn(label) for label in labels)))


def _default_names(settings: EvalsSettings) -> tuple[str, ...]:
    own = tuple(_WITHOUT_MODEL)
    return (*own, JUDGED_FAITHFULNESS) if settings.judge_model else own


def _installed_comparisons(settings: EvalsSettings) -> list[IdentifiedJudge]:
    """Return ragas's comparisons of strings, with a warning in place of one that isn't there."""
    judges: list[IdentifiedJudge] = []
    for name in RAGAS_STRINGS:
        try:
            judges.append(open_ragas_comparison(settings, name, with_passages=True))
        except (JudgeError, ImportError) as error:
            _log.warning("judge_left_out", judge=name, reason=str(error))
    return judges


def _open(settings: EvalsSettings, name: str, request: JudgingRequest) -> IdentifiedJudge:
    if metric := _WITHOUT_MODEL.get(name):
        return ScoredWithoutModel(metric)
    if name in RAGAS_STRINGS:
        return open_ragas_comparison(settings, name, with_passages=True)
    return open_judge(settings, name, repeats=request.repeats, replies=request.replies)


def _measured(
    judge: IdentifiedJudge, labels: LabelSet, request: JudgingRequest, progress: Progress
) -> MeasuredJudge:
    started = datetime.now(UTC)
    chosen = labels.labels[: request.limit]
    progress.begin(judge.name, len(chosen))
    judged = asyncio.run(
        judged_labels(judge, chosen, concurrency=request.concurrency, on_judged=progress.advance)
    )
    seconds = (datetime.now(UTC) - started).total_seconds()
    return MeasuredJudge(judge.identity, labels, started, agreement(judged), seconds)
