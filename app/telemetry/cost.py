"""What a model call costs: the deployment's price table, and tokens turned into US dollars.

Candor ships no prices: they change, and a wrong one is worse than none. A model that stands in no
table has no known cost, not a cost of 0.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.price import Price

_CHARS_PER_TOKEN = 4  # https://help.openai.com/en/articles/4936856 (English text)
_MILLION = 1_000_000
_SNAPSHOT = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8})$")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens that one model call took."""

    prompt: int
    """All prompt tokens, those from the cache included."""
    completion: int
    cached: int = 0


def price_of(model: str, prices: Mapping[str, Price]) -> Price | None:
    """Return a model's price, or None where the table has none.

    Args:
        model: `provider:name`; a dated snapshot (`…-2024-11-20`) has its model's price unless it
            has one of its own.
        prices: The price table, by `provider:name`.
    """
    return prices.get(model) or prices.get(_SNAPSHOT.sub("", model))


def cost_usd(price: Price | None, tokens: Tokens) -> float | None:
    """Return the cost of one call in US dollars; None where the model's price isn't known."""
    if price is None:
        return None
    cached = min(tokens.cached, tokens.prompt)
    fresh = tokens.prompt - cached
    total = fresh * price.prompt + cached * price.cached + tokens.completion * price.completion
    return total / _MILLION


def worst_usd(price: Price | None, prompt: str, longest_chars: int) -> float:
    """Return what a call costs at most, in US dollars; infinity where the price isn't known.

    No token of a prompt is shorter than a byte; a reply is cut after `longest_chars`, of which
    about four make a token. What a model thinks without saying it comes on top.
    """
    tokens = Tokens(len(prompt.encode()), estimated_tokens(longest_chars))
    cost = cost_usd(price, tokens)
    return math.inf if cost is None else cost


def estimated_tokens(chars: int) -> int:
    """Return about how many tokens a text of `chars` takes, for where a provider doesn't say."""
    return math.ceil(chars / _CHARS_PER_TOKEN)
