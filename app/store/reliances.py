"""What shown sentences rested on, across all conversations: who was told what by which words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reliance:
    """One claim of a sentence that a customer read, with the words that it rested on."""

    turn: str
    conversation: str
    asked: datetime
    last_asked: datetime
    """When the conversation's latest question was asked."""
    question: str
    shown: str
    """The sentence as the customer read it."""
    article: str
    version: str | None
    """Content hash of the article as it was; None where it wasn't kept."""
    generation: str | None
    start: int
    """Code points into the article's body, like `end` (exclusive)."""
    end: int


class Reliances(Protocol):
    """Finds what rested on articles; raises StoreError where the database can't be used."""

    def on(self, articles: Collection[str]) -> tuple[Reliance, ...]:
        """Return what shown sentences rested on in these articles, the oldest turn first.

        A sentence without a receipt counts with the words that it cites.
        """
        ...
