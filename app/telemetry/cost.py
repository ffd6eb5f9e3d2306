"""What a model call costs: list prices by model, and tokens turned into US dollars.

Prices are the providers' public list prices for the standard tier, per million tokens, as read
on the day that stands beside them. A model that isn't listed has no known cost, not a cost of 0.
"""

import math
import re
from dataclasses import dataclass
from datetime import date

PRICES_AS_OF = date(2025, 12, 1)
# https://platform.openai.com/docs/pricing and https://docs.claude.com/en/docs/about-claude/pricing

_CHARS_PER_TOKEN = 4  # https://help.openai.com/en/articles/4936856 (English text)
_MILLION = 1_000_000
_SNAPSHOT = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8})$")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    prompt: float
    cached: float
    """Prompt tokens that the provider read from its prefix cache."""
    completion: float


PRICES = {
    "openai:gpt-4.1": Price(2.00, 0.50, 8.00),
    "openai:gpt-4.1-mini": Price(0.40, 0.10, 1.60),
    "openai:gpt-4.1-nano": Price(0.10, 0.025, 0.40),
    "openai:gpt-4o": Price(2.50, 1.25, 10.00),
    "openai:gpt-4o-mini": Price(0.15, 0.075, 0.60),
    "openai:gpt-5": Price(1.25, 0.125, 10.00),
    "openai:gpt-5-mini": Price(0.25, 0.025, 2.00),
    "openai:gpt-5-nano": Price(0.05, 0.005, 0.40),
    "anthropic:claude-haiku-4-5": Price(1.00, 0.10, 5.00),
    "anthropic:claude-opus-4-5": Price(5.00, 0.50, 25.00),
    "anthropic:claude-sonnet-4-5": Price(3.00, 0.30, 15.00),
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens that one model call took."""

    prompt: int
    """All prompt tokens, those from the cache included."""
    completion: int
    cached: int = 0


def cost_usd(model: str, tokens: Tokens) -> float | None:
    """Return the list price of one call in US dollars; None where the model's price isn't known.

    Args:
        model: `provider:name`; a dated snapshot (`openai:gpt-4o-2024-11-20`) has its model's price.
        tokens: What the call took.
    """
    price = PRICES.get(_SNAPSHOT.sub("", model))
    if price is None:
        return None
    cached = min(tokens.cached, tokens.prompt)
    fresh = tokens.prompt - cached
    total = fresh * price.prompt + cached * price.cached + tokens.completion * price.completion
    return total / _MILLION


def estimated_tokens(chars: int) -> int:
    """Return about how many tokens a text of `chars` takes, for where a provider doesn't say."""
    return math.ceil(chars / _CHARS_PER_TOKEN)
