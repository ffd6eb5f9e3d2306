"""What one turn spends on model calls, and how much it may.

Which turn pays is context, as it is for a trace: between the assistant, which knows the turn, and
a call deep in the gate lie parts that need not know of money. So a call that is broken off, and has
nobody left to report to, is charged too.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.answer import Budget, Usage
from app.errors import BudgetReachedError

_PAYER: ContextVar["Spending | None"] = ContextVar("candor_payer", default=None)


class Spending:
    """The account of one turn."""

    def __init__(self, limit_usd: float | None = None) -> None:
        """Take how much the turn may spend; without a limit, as much as it takes."""
        self.calls: list[Usage] = []
        """What each call took, in the order in which they ended."""
        self.left_alone: list[str] = []
        """Models that weren't asked, because they had failed time after time."""
        self.shut: Budget | None = None
        """The shared budget that was used up before the turn began."""
        self.reached: Budget | None = None
        """The budget because of which a call wasn't made."""
        self._limit_usd = limit_usd
        self._held_usd = 0.0

    @contextmanager
    def pays(self) -> Iterator[None]:
        """Pay for the calls that are begun in the block; it must not span a `yield`."""
        token = _PAYER.set(self)
        try:
            yield
        finally:
            _PAYER.reset(token)

    @contextmanager
    def holds(self, usd: float) -> Iterator[None]:
        """Hold back what the call in the block costs at worst.

        Raises:
            BudgetReachedError: It could cost more than is left.
        """
        self.reached = self.shut or self.reached or self._own_limit(usd)
        if self.reached is not None:
            raise BudgetReachedError(f"the budget by {self.reached} lets no model be called")
        if self._limit_usd is None:
            yield
            return
        self._held_usd += usd
        try:
            yield
        finally:
            self._held_usd -= usd

    def _own_limit(self, usd: float) -> Budget | None:
        if self._limit_usd is None:
            return None
        spent = math.fsum(call.cost_usd or 0.0 for call in self.calls)
        return Budget.REQUEST if spent + self._held_usd + usd > self._limit_usd else None

    def charge(self, usage: Usage) -> None:
        """Note what a call took."""
        self.calls.append(usage)


def payer() -> Spending:
    """Return who pays for a call that is begun now; an account that nobody reads where none is."""
    return _PAYER.get() or Spending()
