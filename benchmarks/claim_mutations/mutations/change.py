"""A change: a sentence that was made to say something else, and how."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What a sentence says after it was changed."""

    text: str
    how: str
    """A word or two for the kind of change."""
    lost: str = ""
    """The words that were taken away, where something was."""


def in_capitals(sentence: str) -> str:
    """Return the sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]
