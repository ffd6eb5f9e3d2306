"""Lexicon: which words the sources have, how rare each is, and which statements share a claim's.

It reads plain stems and pairs of stems, because the weights of the support model were fitted on
those; the checks that compare meanings have an alignment of their own.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge_base.searching.keywords import pairs

CONTEXT_WEIGHT = 0.5
"""What a word counts that a statement has from its title, headings or lead-in only."""


@dataclass(frozen=True)
class Entry:
    """The words of one statement."""

    text: str
    words: frozenset[str]
    """Stems of its own words."""
    context: frozenset[str]
    """Stems of its title, headings and lead-in."""

    @property
    def held(self) -> frozenset[str]:
        """All of its stems."""
        return self.words | self.context

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring stems in its own words: "free trial"."""
        return frozenset(pairs(self.text))


@dataclass(frozen=True, slots=True)
class Close:
    """A statement by its number, with the share of a claim's words that it has."""

    place: int
    score: float
    """By weight, 0 to 1."""


@dataclass(frozen=True)
class Lexicon:
    """The words of all statements."""

    entries: tuple[Entry, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of all statements, titles and headings included."""
        return frozenset().union(*(one.held for one in self.entries))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring stems in all statements."""
        return frozenset().union(*(one.pairs for one in self.entries))

    def closest(self, stems_wanted: Sequence[str]) -> tuple[Close, ...]:
        """Return the statements that have any of the stems, the closest first."""
        wanted = tuple(stems_wanted)
        if wanted not in self._closest:
            self._closest[wanted] = self._ranked(wanted)
        return self._closest[wanted]

    def _ranked(self, stems_wanted: Sequence[str]) -> tuple[Close, ...]:
        weights = {stem: self.rarity(stem) for stem in stems_wanted}
        whole = sum(weights.values())
        scores = [_held(weights, one) for one in self.entries]
        found = (Close(place, score / whole) for place, score in enumerate(scores) if score > 0)
        return tuple(sorted(found, key=lambda one: -one.score))

    def rarity(self, stem: str) -> float:
        """Return how much a word tells: the logarithm of how few statements have it."""
        size, spread = len(self.entries), self._spread[stem]
        return math.log(1 + (size - spread + 0.5) / (spread + 0.5))

    def share(self, stem: str) -> float:
        """Return the share of the statements that have a word as one of their own, 0 to 1."""
        return self._spread[stem] / max(1, len(self.entries))

    @cached_property
    def _closest(self) -> dict[tuple[str, ...], tuple[Close, ...]]:
        """What was found closest before: several checks ask of the same claim."""
        return {}

    @cached_property
    def _spread(self) -> Counter[str]:
        return Counter(word for one in self.entries for word in one.words)


def _held(weights: dict[str, float], entry: Entry) -> float:
    return sum(
        weight if word in entry.words else CONTEXT_WEIGHT * weight
        for word, weight in weights.items()
        if word in entry.words or word in entry.context
    )
