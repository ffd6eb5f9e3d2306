"""Instructions aimed at a model: words in an article that tell an assistant what to do.

Help articles instruct customers all the time; what gives these away is whom they speak to (an
assistant, a model), what they speak of (its reply, its prompt, its instructions), or what they ask
for (a poem, a translation), none of which has a place in a help article.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge_base.planted.hidden_text import decoded_tags, holds_unseen, without_zero_width
from knowledge_base.planted.instruction_patterns import PATTERNS, Reason


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Words that look like an instruction to a model."""

    start: int
    """Code points into the text that was searched, like `end` (exclusive)."""
    end: int
    reason: Reason


def find_instructions(text: str) -> tuple[Suspicion, ...]:
    """Return what in `text` looks like an instruction to a model, in order and without overlap.

    `text` is a file as its author wrote it, an article's body, or a customer's message. Characters
    without width don't hide a word, and tag characters are read as what they stand for.
    """
    if not holds_unseen(text):
        return _without_overlaps(_search(text))
    shown, places = without_zero_width(decoded_tags(text))
    return _without_overlaps(
        Suspicion(places[found.start], places[found.end - 1] + 1, found.reason)
        for found in _search(shown)
    )


def _search(text: str) -> Iterator[Suspicion]:
    small = text.lower()
    for pattern in PATTERNS:
        for match in pattern.finditer(text, small):
            yield Suspicion(match.start(), match.end(), pattern.reason)


def _without_overlaps(found: Iterable[Suspicion]) -> tuple[Suspicion, ...]:
    kept: list[Suspicion] = []
    for one in sorted(found, key=lambda suspicion: (suspicion.start, -suspicion.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)
