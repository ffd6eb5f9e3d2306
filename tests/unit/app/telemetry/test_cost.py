from datetime import date

import pytest

from app.price import Price
from app.telemetry.cost import Tokens, cost_usd, estimated_tokens, price_of

PRICE = Price(prompt=2.5, cached=1.25, completion=10, as_of=date(2026, 11, 1))


class TestPriceOf:
    @pytest.mark.parametrize(
        "model", ["openai:large", "openai:large-2026-05-06", "openai:large-20260506"]
    )
    def test_knows_a_model_and_its_dated_snapshots(self, model: str) -> None:
        assert price_of(model, {"openai:large": PRICE}) == PRICE

    @pytest.mark.parametrize("model", ["ollama:large", "openai:large-audio", "quoting"])
    def test_is_unknown_for_other_models(self, model: str) -> None:
        assert price_of(model, {"openai:large": PRICE}) is None

    def test_prefers_the_snapshots_own_price(self) -> None:
        own = PRICE.model_copy(update={"prompt": 9.0})

        assert price_of("a:b-20260506", {"a:b": PRICE, "a:b-20260506": own}) == own


class TestCostUsd:
    def test_adds_up_fresh_cached_and_written_tokens(self) -> None:
        cost = cost_usd(PRICE, Tokens(prompt=3_000_000, cached=1_000_000, completion=500_000))

        assert cost == pytest.approx(2 * 2.50 + 1.25 + 5.00)

    def test_is_unknown_without_a_price(self) -> None:
        assert cost_usd(None, Tokens(1000, 1000)) is None

    def test_never_counts_more_cached_tokens_than_there_were(self) -> None:
        assert cost_usd(PRICE, Tokens(prompt=1_000_000, cached=9_000_000, completion=0)) == 1.25


class TestEstimatedTokens:
    @pytest.mark.parametrize(("chars", "tokens"), [(0, 0), (1, 1), (4, 1), (5, 2)])
    def test_counts_four_characters_a_token(self, chars: int, tokens: int) -> None:
        assert estimated_tokens(chars) == tokens
