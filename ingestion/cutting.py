"""The chunks of an edition, and which of them the generation before has vectors of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingestion.chunking import Chunker
from ingestion.earlier import Earlier
from knowledge_base.article import Article, Chunk
from knowledge_base.generations.changes import ChunkChanges
from knowledge_base.searching.texts import search_texts

UNKNOWN = -1
"""Row of a chunk that the generation before has no vector of."""


@dataclass(frozen=True, slots=True)
class CutEdition:
    """All chunks of an edition."""

    chunks: tuple[Chunk, ...]
    texts: Mapping[int, str]
    """What is embedded and indexed by keyword of each chunk that was cut anew, by its place."""
    rows: tuple[int, ...]
    """Of each chunk, its place in the generation before, or `UNKNOWN`."""
    changes: ChunkChanges

    def unknown_texts(self) -> tuple[str, ...]:
        """Return the texts whose vectors the generation before doesn't have, in their order."""
        return tuple(self.texts[place] for place, row in enumerate(self.rows) if row == UNKNOWN)


def cut_edition(
    articles: Mapping[str, Article],
    chunker: Chunker,
    earlier: Earlier | None,
    unchanged: frozenset[str],
) -> CutEdition:
    """Return the chunks of all articles.

    Args:
        articles: The edition's articles by id.
        chunker: Cuts those that aren't among the unchanged.
        earlier: The generation to count the changes against.
        unchanged: Articles whose chunks are taken over as they are.
    """
    cutting = _Cutting(earlier)
    for article_id, article in articles.items():
        if earlier and article_id in unchanged:
            cutting.take_over(earlier.chunks_of(article_id), earlier.span_of(article_id))
        else:
            cutting.add(article, chunker.cut(article))
    changes = cutting.changes
    return CutEdition(
        chunks=tuple(cutting.chunks),
        texts=cutting.texts,
        rows=tuple(cutting.rows),
        changes=ChunkChanges(
            added=sum(one.added for one in changes),
            changed=sum(one.changed for one in changes),
            removed=sum(one.removed for one in changes) + _gone(articles, earlier),
            unchanged=sum(one.unchanged for one in changes) + cutting.taken_over,
        ),
    )


class _Cutting:
    """The chunks of the articles, one after the other."""

    def __init__(self, earlier: Earlier | None) -> None:
        self._earlier = earlier
        self.chunks: list[Chunk] = []
        self.texts: dict[int, str] = {}
        self.rows: list[int] = []
        self.taken_over = 0
        """Chunks of articles that haven't changed."""
        self.changes: list[ChunkChanges] = []
        """Of each other article."""

    def take_over(self, chunks: Sequence[Chunk], span: slice) -> None:
        """Add chunks of the generation before, which stand there in `span`."""
        self.chunks.extend(chunks)
        self.rows.extend(range(span.start, span.stop))
        self.taken_over += len(chunks)

    def add(self, article: Article, chunks: Sequence[Chunk]) -> None:
        """Add the chunks of an article that was cut anew."""
        texts = search_texts({article.id: article}, chunks)
        before, start = self._before(article.id)
        rows = {text: start + number for number, text in enumerate(before)}
        self.texts.update(enumerate(texts, len(self.chunks)))
        self.chunks.extend(chunks)
        self.rows.extend(rows.get(text, UNKNOWN) for text in texts)
        self.changes.append(_changes(Counter(texts), Counter(before)))

    def _before(self, article_id: str) -> tuple[tuple[str, ...], int]:
        """Return the texts that the article had before, and the place of the first."""
        if self._earlier is None:
            return (), 0
        chunks = self._earlier.chunks_of(article_id)
        texts = search_texts(self._earlier.articles, chunks)
        return texts, self._earlier.span_of(article_id).start


def _changes(after: Counter[str], before: Counter[str]) -> ChunkChanges:
    come, gone = (after - before).total(), (before - after).total()
    changed = min(come, gone)
    return ChunkChanges(
        added=come - changed,
        changed=changed,
        removed=gone - changed,
        unchanged=(after & before).total(),
    )


def _gone(articles: Mapping[str, Article], earlier: Earlier | None) -> int:
    """Return the number of chunks of articles that aren't there any more."""
    if earlier is None:
        return 0
    spans = earlier.spans.items()
    return sum(span.stop - span.start for one, span in spans if one not in articles)
