"""What must hold of a generation before it may serve."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from ingestion.errors import FailedCheckError
from knowledge_base.article import Article, Chunk
from knowledge_base.embedding import Vectors
from knowledge_base.generation import Generation
from knowledge_base.progress import Progress
from knowledge_base.vectors import VectorStore, first_places, open_vectors

_LENGTH_TOLERANCE = 1e-3
_SAME = 1 - 1e-6
"""Cosine from which two vectors count as the same one."""


def check_generation(
    folder: Path,
    chroma_folder: Path,
    articles: Mapping[str, Article],
    chunks: Sequence[Chunk],
    progress: Progress,
) -> None:
    """Read the generation in `folder` back from its files and compare it with what went in.

    Raises:
        FailedCheckError: Something is missing, different, or can't be found; named in the message.
        DamagedGenerationError: The files can't be read at all.
    """
    generation = Generation.open_folder(folder)
    _same_articles(generation, articles)
    _same_chunks(generation, chunks)
    for name, found, expected in _counts(generation):
        _agree(name, found, expected)
    _unit_length(generation.vectors)
    with open_vectors(chroma_folder) as store:
        _all_found(generation, store, progress)


def _same_articles(generation: Generation, articles: Mapping[str, Article]) -> None:
    for article_id, article in articles.items():
        if generation.articles.get(article_id) != article:
            raise FailedCheckError(f"article {article_id} reads back different from what went in")
    _agree("articles", len(generation.articles), len(articles))


def _same_chunks(generation: Generation, chunks: Sequence[Chunk]) -> None:
    _agree("chunks", len(generation.chunks), len(chunks))
    for chunk, expected in zip(generation.chunks, chunks, strict=True):
        if chunk != expected:
            raise FailedCheckError(
                f"chunk {expected.id} doesn't hold its article's words at that place"
            )


def _counts(generation: Generation) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and size due of everything that stands in the order of the chunks."""
    due = len(generation.chunks)
    yield "vectors of chunks", len(generation.vectors), due
    yield "keywords of chunks", len(generation.keywords), due


def _agree(name: str, found: int, expected: int) -> None:
    if found != expected:
        raise FailedCheckError(f"there are {found} {name} instead of {expected}")


def _unit_length(vectors: Vectors) -> None:
    lengths = np.linalg.norm(vectors, axis=1)
    wrong = np.flatnonzero(~(np.abs(lengths - 1) < _LENGTH_TOLERANCE))
    if len(wrong):
        raise FailedCheckError(
            f"{len(wrong)} vectors of chunks have no length of 1; the embedder is at fault"
        )


def _all_found(generation: Generation, store: VectorStore, progress: Progress) -> None:
    """Let every different vector look for itself: it, or as good as it, must be found."""
    vectors = generation.vectors
    places = first_places(vectors)
    _agree("vectors in Chroma", len(store), len(places))
    progress.begin("Checking", len(places))
    asked = vectors[places]
    nearest = store.nearest(asked, 1, progress=progress)[:, 0]
    twin = np.einsum("ij,ij->i", vectors[nearest], asked) >= _SAME
    lost = places[(nearest != places) & ~twin]
    if len(lost):
        raise FailedCheckError(
            f"{len(lost)} of {len(places)} chunks can't be found by their own vector, "
            f"such as {generation.chunks[int(lost[0])].id}"
        )
