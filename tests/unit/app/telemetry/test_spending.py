import math

import pytest

from app.answer import Budget, Usage
from app.errors import BudgetReachedError
from app.telemetry.spending import Spending, payer


def a_call(usd: float | None) -> Usage:
    return Usage("m", 1, 1, usd)


class TestPays:
    def test_makes_the_turn_the_payer_of_the_block(self) -> None:
        account = Spending()

        with account.pays():
            payer().charge(a_call(0.1))

        assert account.calls == [a_call(0.1)]
        assert payer() is not account


class TestHolds:
    def test_lets_any_call_be_made_without_a_limit(self) -> None:
        account = Spending()

        with account.holds(1e9):
            pass

        assert account.reached is None

    def test_refuses_a_call_that_could_cost_more_than_is_left(self) -> None:
        account = Spending(limit_usd=1.0)
        account.charge(a_call(0.7))
        account.charge(a_call(None))

        with account.holds(0.3):
            pass
        with pytest.raises(BudgetReachedError, match="request"), account.holds(0.31):
            pass

        assert account.reached is Budget.REQUEST

    def test_counts_what_is_held_back_for_calls_under_way(self) -> None:
        account = Spending(limit_usd=1.0)

        with account.holds(0.6), pytest.raises(BudgetReachedError), account.holds(0.6):
            pass

    def test_refuses_a_call_whose_price_is_not_known_where_there_is_a_limit(self) -> None:
        account = Spending(limit_usd=1.0)

        with pytest.raises(BudgetReachedError), account.holds(math.inf):
            pass

    def test_refuses_every_call_of_a_shared_budget_that_is_used_up(self) -> None:
        account = Spending()
        account.shut = Budget.KEY

        with pytest.raises(BudgetReachedError), account.holds(0.0):
            pass

        assert account.reached is Budget.KEY
