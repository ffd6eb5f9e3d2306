"""The passages beside a claim: where it comes from, and look-alikes as a search would give."""

import random
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.claim_mutations.help_centre import HelpCentre, PolicySentence
from benchmarks.claim_mutations.names import Name, Names
from benchmarks.claim_mutations.row import PassageRow
from knowledge_base.article import Article, Chunk
from knowledge_base.searching.keywords import KeywordIndex

Held = tuple[Article, Chunk]
LOOKALIKES = 4


class Lookalikes:
    """Finds the chunks of other articles that are nearest to a sentence."""

    def __init__(self, help_centre: HelpCentre, names: Names) -> None:
        self._chunks = help_centre.chunks
        self._index = KeywordIndex.build([_found_by(*held) for held in self._chunks])
        self._about = {one.id: names.of_article(one) for one in help_centre.articles}

    def beside(self, sentence: PolicySentence, about: Sequence[Name]) -> tuple[Held, ...]:
        """Return the sentence's chunk, then one chunk each of up to four other articles.

        Where the question is about another scope, an article of that scope comes first.
        """
        query = f"{' '.join(sentence.headings)} {sentence.text}"
        ranked = [held for held in self._ranked(query) if held[0] is not sentence.article]
        asked = [held for held in ranked if any(one in self._about[held[0].id] for one in about)]
        others = _one_an_article((*asked[:1], *ranked))
        nearest = [held for held, _ in zip(others, range(LOOKALIKES), strict=False)]
        return ((sentence.article, sentence.chunk), *nearest)

    def nearest(self, query: str) -> tuple[Held, ...]:
        """Return one chunk each of the five articles nearest to what was asked."""
        others = _one_an_article(self._ranked(query))
        return tuple(held for held, _ in zip(others, range(LOOKALIKES + 1), strict=False))

    def _ranked(self, query: str) -> tuple[Held, ...]:
        scores = self._index.scores(query)
        best = np.argsort(-scores, kind="stable")[:200]
        return tuple(self._chunks[place] for place in best if scores[place] > 0)


def passage_rows(held: Sequence[Held], draw: random.Random) -> tuple[PassageRow, ...]:
    """Return the passages as rows, in an order that doesn't tell which is the right one."""
    rows = [
        PassageRow(chunk.text, article.title, " › ".join(chunk.heading_path), article.applies_to)
        for article, chunk in held
    ]
    return tuple(draw.sample(rows, len(rows)))


def _found_by(article: Article, chunk: Chunk) -> str:
    return "\n".join((article.title, *chunk.heading_path, chunk.text))


def _one_an_article(ranked: Sequence[Held]) -> Iterator[Held]:
    seen: set[str] = set()
    for article, chunk in ranked:
        if article.id not in seen:
            seen.add(article.id)
            yield article, chunk
