"""What a look may spend: the canary's own money, so that it takes none from the customers' budgets.

Each question has an account of its own, which tells what its answer took; all of them draw on one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from app.answer import Usage
from app.errors import BudgetError, BudgetReachedError
from app.settings import AppSettings
from app.telemetry.cost import price_of
from app.telemetry.spending import Spending


class QuestionSpending(Spending):
    """The account of one question, within that of a whole look."""

    def __init__(self, whole: Spending) -> None:
        super().__init__()
        self._whole = whole

    @contextmanager
    def holds(self, usd: float) -> Iterator[None]:
        """Hold back what the call in the block costs at worst, of what the look has left.

        Raises:
            BudgetReachedError: It could cost more than that.
        """
        try:
            with self._whole.holds(usd):
                yield
        except BudgetReachedError:
            self.reached = self._whole.reached
            raise

    def charge(self, usage: Usage) -> None:
        """Note what a call took, here and there."""
        super().charge(usage)
        self._whole.charge(usage)


def look_account(settings: AppSettings) -> Spending:
    """Return the account of one look at the model of these settings.

    Raises:
        BudgetError: What a call may cost can't be known, as a model has no price.
    """
    limit = settings.canary_budget_usd
    names = (settings.model, settings.fallback_model, settings.gate_judge_model)
    unpriced = [name for name in names if name and price_of(name, settings.prices) is None]
    if limit is not None and unpriced:
        raise BudgetError(
            f"CANDOR_CANARY_BUDGET_USD needs the price of {', '.join(unpriced)}: "
            "add it to CANDOR_PRICES"
        )
    return Spending(limit)
