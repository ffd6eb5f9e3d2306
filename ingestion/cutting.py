"""The chunks of an edition, and which of them the generation before has vectors of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    texts: tuple[str, ...]
    """What is embedded and indexed by keyword of each chunk."""
    rows: tuple[int, ...]
    """Of each chunk, its place in the generation before, or `UNKNOWN`."""
    changes: ChunkChanges

    def unknown_texts(self) -> tuple[str, ...]:
        """Return the texts whose vectors the generation before doesn't have, in their order."""
        pairs = zip(self.rows, self.texts, strict=True)
        return tuple(text for row, text in pairs if row == UNKNOWN)


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
    pieces = list(_cut(articles, chunker, earlier, unchanged))
    changes = [piece.changes for piece in pieces]
    gone = _gone(articles, earlier)
    return CutEdition(
        chunks=tuple(chunk for piece in pieces for chunk in piece.chunks),
        texts=tuple(text for piece in pieces for text in piece.texts),
        rows=tuple(row for piece in pieces for row in piece.rows),
        changes=ChunkChanges(
            added=sum(one.added for one in changes),
            changed=sum(one.changed for one in changes),
            removed=sum(one.removed for one in changes) + gone,
            unchanged=sum(one.unchanged for one in changes),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """The chunks of one article."""

    chunks: Sequence[Chunk]
    texts: Sequence[str]
    rows: Sequence[int]
    changes: ChunkChanges


def _cut(
    articles: Mapping[str, Article],
    chunker: Chunker,
    earlier: Earlier | None,
    unchanged: frozenset[str],
) -> Iterator[_Piece]:
    for article_id, article in articles.items():
        if earlier and article_id in unchanged:
            yield _taken_over(earlier, article)
        else:
            yield _anew(chunker.cut(article), article, earlier)


def _taken_over(earlier: Earlier, article: Article) -> _Piece:
    chunks = earlier.chunks_of(article.id)
    span = earlier.spans.get(article.id, slice(0, 0))
    texts = search_texts({article.id: article}, chunks)
    rows = range(span.start, span.stop)
    return _Piece(chunks, texts, rows, ChunkChanges(unchanged=len(chunks)))


def _anew(chunks: Sequence[Chunk], article: Article, earlier: Earlier | None) -> _Piece:
    texts = search_texts({article.id: article}, chunks)
    known = _known_rows(article.id, earlier)
    rows = [known.get(text, UNKNOWN) for text in texts]
    return _Piece(chunks, texts, rows, _changes(Counter(texts), _texts(article.id, earlier)))


def _known_rows(article_id: str, earlier: Earlier | None) -> dict[str, int]:
    """Return the places of the texts that the article had before."""
    if earlier is None:
        return {}
    start = earlier.spans.get(article_id, slice(0, 0)).start
    before = _texts_before(article_id, earlier)
    return {text: start + number for number, text in enumerate(before)}


def _texts(article_id: str, earlier: Earlier | None) -> Counter[str]:
    return Counter(_texts_before(article_id, earlier)) if earlier else Counter()


def _texts_before(article_id: str, earlier: Earlier) -> tuple[str, ...]:
    return search_texts(earlier.articles, earlier.chunks_of(article_id))


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
