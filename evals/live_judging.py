"""A model's judgement of live answers, while the money for it lasts."""

from typing import Protocol

from app.answer import Answer
from app.telemetry.cost import price_of
from evals.budget import UNKNOWN_TOKENS, Budget, Calls, Limits
from evals.case import Case
from evals.errors import EvalsError
from evals.judges.claim_judge import ClaimJudge
from evals.metrics.score import Score
from evals.settings import EvalsSettings


class Judge(Protocol):
    """Scores one answer by asking a model."""

    async def score(self, case: Case, answer: Answer) -> Score:
        """Return the score; what can't be judged is unscored, never 0."""
        ...


class LiveJudging:
    """Asks a judge about one answer after another, and stops where the next could be too much."""

    def __init__(self, judge: Judge, budget: Budget) -> None:
        self._judge = judge
        self._budget = budget

    @property
    def spent_usd(self) -> float:
        """What the judgements cost so far."""
        return self._budget.spent.cost_usd

    async def score(self, case: Case, answer: Answer) -> Score | None:
        """Return the judge's score, None where the budget leaves no room for one."""
        reserved = self._budget.reserve(0)
        if reserved is None:
            return None
        score = await self._judge.score(case, answer)
        self._budget.settle(reserved, (), score.usage)
        return score


def open_live_judging(settings: EvalsSettings) -> LiveJudging | None:
    """Return what judges live answers, None where no money is set aside for it.

    A judgement is reckoned at the largest so far, and at 10,000 tokens a call at least.

    Raises:
        EvalsError: No judge's model is set, or its price isn't known.
        PromptError: The judge's prompt is damaged.
    """
    if settings.live_budget_usd is None:
        return None
    judge = ClaimJudge.from_settings(settings)
    price = price_of(settings.judge_model or "", settings.prices)
    if price is None:
        raise EvalsError(
            f"CANDOR_LIVE_BUDGET_USD needs the price of {settings.judge_model}: "
            "add it to CANDOR_PRICES"
        )
    limits = Limits(cost_usd=settings.live_budget_usd, question_tokens=UNKNOWN_TOKENS)
    return LiveJudging(judge, Budget(limits, Calls(0), Calls(settings.judge_repeats, price)))
