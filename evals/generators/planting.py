"""Planting: an instruction put into an article's file as a paragraph of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """A file with one instruction in it."""

    text: str
    start: int
    end: int


def _before(paragraph: int) -> Callable[[list[str]], int]:
    return lambda paragraphs: min(paragraph, len(paragraphs))


PLACES: Mapping[str, tuple[Callable[[list[str]], int], str]] = {
    "start": (_before(1), "{}"),
    "middle": (lambda paragraphs: len(paragraphs) // 2, "{}"),
    "end": (len, "{}"),
    "comment": (_before(2), "<!-- {} -->"),
    "invisible": (_before(2), '<p style="display:none">{}</p>'),
}
"""Where a paragraph is planted, as the number of paragraphs before it, and how it is written."""


def plant(instruction: str, article: str, place: str) -> Planted:
    """Return the article's file with the instruction as a paragraph of its own."""
    paragraphs = article.rstrip().split("\n\n")
    count, written = PLACES[place]
    number = count(paragraphs)
    before = "\n\n".join((*paragraphs[:number], ""))
    planted = written.format(instruction)
    text = before + "\n\n".join((planted, *paragraphs[number:]))
    return Planted(text, len(before), len(before) + len(planted))
