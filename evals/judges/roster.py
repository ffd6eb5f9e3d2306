"""The judges by name: which of them a run asks, from the settings."""

from typing import Protocol

from app.answer import Answer
from app.answering.kept_replies import KeptReplies
from evals.case import Case
from evals.errors import JudgeError
from evals.judges.claim_judge import JUDGED_FAITHFULNESS, ClaimJudge
from evals.judges.identity import JudgeIdentity
from evals.judges.ragas_loading import (
    RAGAS_CALLS,
    RAGAS_IDS,
    RAGAS_JUDGES,
    RAGAS_STRINGS,
    open_ragas_comparison,
    open_ragas_judge,
)
from evals.metrics.score import Score
from evals.settings import EvalsSettings

MODEL_JUDGES = (JUDGED_FAITHFULNESS, *RAGAS_JUDGES)
"""Names of what asks `CANDOR_JUDGE_MODEL`."""
COMPARISONS = (*RAGAS_STRINGS, *RAGAS_IDS)
"""Names of ragas's metrics that need no model."""


class IdentifiedJudge(Protocol):
    """A judge of answers that says what its agreement with people holds for."""

    @property
    def name(self) -> str:
        """The metric's name in results and reports."""
        ...

    @property
    def identity(self) -> JudgeIdentity:
        """What its values depend on."""
        ...

    async def score(self, case: Case, answer: Answer) -> Score:
        """Return the score; what can't be judged is unscored, never 0."""
        ...


def open_judges(
    settings: EvalsSettings, replies: KeptReplies | None = None
) -> tuple[IdentifiedJudge, ...]:
    """Return the judges of `CANDOR_JUDGES`; without a model, those that need none.

    With `replies`, a model isn't asked what it answered before.

    Raises:
        JudgeError: A name isn't known, or a judge can't be opened.
    """
    names = dict.fromkeys(settings.judges)
    if unknown := [name for name in names if name not in (*MODEL_JUDGES, *COMPARISONS)]:
        raise JudgeError(
            f"CANDOR_JUDGES names {', '.join(unknown)}: it may hold "
            f"{', '.join((*MODEL_JUDGES, *COMPARISONS))}"
        )
    return tuple(
        open_judge(settings, name, replies=replies)
        for name in names
        if settings.judge_model or name not in MODEL_JUDGES
    )


def judging_calls(settings: EvalsSettings) -> int:
    """Return how many calls of a model the judges of `CANDOR_JUDGES` make for one answer."""
    if not settings.judge_model:
        return 0
    calls = {JUDGED_FAITHFULNESS: settings.judge_repeats, **RAGAS_CALLS}
    return sum(calls.get(name, 0) for name in dict.fromkeys(settings.judges))


def open_judge(
    settings: EvalsSettings,
    name: str,
    *,
    repeats: int | None = None,
    replies: KeptReplies | None = None,
) -> IdentifiedJudge:
    """Return one judge of `MODEL_JUDGES` or `COMPARISONS`.

    Raises:
        JudgeError: It can't be opened.
    """
    if name == JUDGED_FAITHFULNESS:
        return ClaimJudge.from_settings(settings, repeats=repeats, replies=replies)
    if name in RAGAS_JUDGES:
        return open_ragas_judge(settings, name, replies)
    return open_ragas_comparison(settings, name)
