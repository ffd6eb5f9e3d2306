"""Invented policies: benefits, fees and deadlines about things that no article covers."""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_TEMPLATES = Path(__file__).parents[1] / "inventions.jsonl"
_DRAWS = 3
"""Policies made of each template, with other values."""


@dataclass(frozen=True, slots=True)
class Invention:
    """A policy that exists nowhere, with the question that it would answer."""

    topic: str
    claim: str
    question: str


@dataclass(frozen=True, slots=True)
class Template:
    """A policy with places for its values."""

    help_centre: str
    topic: str
    """What no article names."""
    claim: str
    question: str


def load(help_centre: str) -> tuple[Template, ...]:
    """Return the templates that are written for a help centre."""
    lines = _TEMPLATES.read_text(encoding="utf-8").splitlines()
    rows = (Template(**json.loads(line)) for line in lines)
    return tuple(row for row in rows if row.help_centre == help_centre)


def inventions(
    templates: Iterable[Template], texts: Iterable[str], draw: random.Random
) -> Iterator[Invention]:
    """Yield policies on those topics that none of the texts names."""
    everything = "\n".join(texts).lower()
    unknown = [one for one in templates if one.topic.lower() not in everything]
    for _ in range(_DRAWS):
        for one in unknown:
            yield Invention(one.topic, one.claim.format(**_values(draw)), one.question)


def _values(draw: random.Random) -> dict[str, int]:
    return {
        "days": draw.choice((3, 5, 6, 8, 10, 12, 14, 18, 20, 28, 30, 40, 45, 60, 90)),
        "months": draw.choice((2, 3, 4, 6, 9, 12, 18, 24)),
        "hours": draw.choice((2, 3, 4, 6, 12, 24, 36, 48)),
        "percent": draw.choice((2, 3, 4, 5, 7, 8, 10, 12, 15, 20, 25, 30)),
        "amount": draw.choice((4, 6, 9, 12, 15, 18, 25, 30, 35, 40, 50, 75, 80, 120, 150)),
        "count": draw.choice((2, 3, 4, 6, 8, 12)),
        "age": draw.choice((12, 16, 18, 25, 60, 65)),
    }
