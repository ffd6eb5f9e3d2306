"""The lexicon: how much each word of a question says, by how rare it is in the help centre."""

import math
from typing import Protocol

from app.wording import content_words
from knowledge_base.keywords import stems


class WordCounts(Protocol):
    """Counts in how many texts of the help centre a word occurs."""

    def __len__(self) -> int:
        """Return how many texts there are."""
        ...

    def texts_with(self, stem: str) -> int:
        """Return how many texts hold a word of this stem."""
        ...


class Lexicon:
    """Weighs the words of a text by their rarity in one generation."""

    def __init__(self, counts: WordCounts) -> None:
        self._counts = counts

    def weights(self, text: str) -> dict[str, float]:
        """Return the stems of the content words of `text`, each with its weight.

        The weight is the inverse document frequency of BM25 (Robertson & Zaragoza 2009).
        """
        return {stem: self._rarity(stem) for stem in stems(" ".join(content_words(text)))}

    def knows(self, stem: str) -> bool:
        """Tell whether any text of the help centre holds a word of this stem."""
        return self._counts.texts_with(stem) > 0

    def _rarity(self, stem: str) -> float:
        held = self._counts.texts_with(stem)
        return math.log(1 + (len(self._counts) - held + 0.5) / (held + 0.5))
