from datetime import date

import pytest

from app.errors import BudgetError
from app.price import Price
from app.settings import AppSettings
from app.telemetry.limits import Limits, limits_of

PRICE = Price(prompt=1, cached=1, completion=1, as_of=date(2026, 11, 1))


class TestLimitsOf:
    def test_reads_each_budget(self) -> None:
        settings = AppSettings(
            budget_request_usd=1, budget_conversation_usd=2, budget_key_usd=3, budget_day_usd=4
        )

        assert limits_of(settings) == Limits(1, 2, 3, 4)

    def test_sets_none_by_default(self) -> None:
        assert not limits_of(AppSettings()).are_shared

    def test_wants_a_budget_by_request_beside_a_shared_one(self) -> None:
        with pytest.raises(BudgetError, match="CANDOR_BUDGET_REQUEST_USD"):
            limits_of(AppSettings(budget_day_usd=4))

    def test_wants_the_price_of_each_model(self) -> None:
        settings = AppSettings(
            model="openai:a", fallback_model="openai:b", prices={"openai:a": PRICE},
            budget_request_usd=1,
        )  # fmt: skip

        with pytest.raises(BudgetError, match="openai:b"):
            limits_of(settings)
