import pytest

from app.telemetry.cost import PRICES, Tokens, cost_usd, estimated_tokens


class TestCostUsd:
    def test_adds_up_fresh_cached_and_written_tokens(self) -> None:
        cost = cost_usd(
            "openai:gpt-4o", Tokens(prompt=3_000_000, cached=1_000_000, completion=500_000)
        )

        assert cost == pytest.approx(2 * 2.50 + 1.25 + 5.00)

    @pytest.mark.parametrize(
        "model", ["openai:gpt-4o-2024-11-20", "anthropic:claude-sonnet-4-5-20250929"]
    )
    def test_knows_dated_snapshots(self, model: str) -> None:
        assert cost_usd(model, Tokens(1000, 1000)) is not None

    @pytest.mark.parametrize("model", ["ollama:gpt-4o", "openai:gpt-4o-audio-preview", "quoting"])
    def test_is_unknown_for_other_models(self, model: str) -> None:
        assert cost_usd(model, Tokens(1000, 1000)) is None

    @pytest.mark.parametrize("model", PRICES)
    def test_is_less_for_what_was_cached(self, model: str) -> None:
        cached = cost_usd(model, Tokens(1000, 0, cached=1000))
        fresh = cost_usd(model, Tokens(1000, 0))

        assert cached is not None
        assert fresh is not None
        assert 0 < cached < fresh


class TestEstimatedTokens:
    @pytest.mark.parametrize(("chars", "tokens"), [(0, 0), (1, 1), (4, 1), (5, 2)])
    def test_counts_four_characters_a_token(self, chars: int, tokens: int) -> None:
        assert estimated_tokens(chars) == tokens
