"""Neighbours: the chunks beside those that search found, read with them as one article."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from knowledge_base.article import Chunk, Passage

ARTICLES = 5
"""How many of the best articles are widened."""
REACH = 2
"""How many chunks to either side of a found one are read."""


def widened(
    passages: Sequence[Passage], chunks: Mapping[str, Sequence[Chunk]]
) -> tuple[Passage, ...]:
    """Return the passages, and those that stand beside them in the best articles.

    A neighbour is as good as the least of its article's passages: search ranked it below them.
    It says what the article of the passages says there, which may be less than its chunk does.

    Args:
        passages: What search found, best first.
        chunks: The chunks of each article in their order.
    """
    by_article: dict[str, list[Passage]] = {}
    for passage in passages:
        by_article.setdefault(passage.article.id, []).append(passage)
    best = list(by_article.values())[:ARTICLES]
    beside = (one for found in best for one in _beside(found, chunks))
    return (*passages, *beside)


def _beside(found: Sequence[Passage], chunks: Mapping[str, Sequence[Chunk]]) -> Iterator[Passage]:
    last = found[-1]
    ordered = chunks.get(last.article.id, ())
    known = {passage.chunk.id for passage in found}
    places = [place for place, chunk in enumerate(ordered) if chunk.id in known]
    for place, chunk in enumerate(ordered):
        if chunk.id not in known and any(abs(place - near) <= REACH for near in places):
            text = last.article.body[chunk.start : chunk.end]
            if text.strip():
                yield replace(last, chunk=replace(chunk, text=text))
