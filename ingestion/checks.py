"""What must hold of a generation, read back from its files, before it may serve."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from ingestion.errors import FailedCheckError
from knowledge_base.article import Article, Chunk
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.manifest import Manifest

_LENGTH_TOLERANCE = 1e-3


def check_generation(
    folder: Path, manifest: Manifest, articles: Mapping[str, Article], chunks: Sequence[Chunk]
) -> Generation:
    """Read the generation in `folder` back, compare it with what went in, and return it.

    Raises:
        FailedCheckError: Something is missing or different; named in the message.
        DamagedGenerationError: The files can't be read at all.
    """
    generation = Generation.read(folder, manifest)
    _same_articles(generation, articles)
    _same_chunks(generation, chunks)
    for name, found, expected in _counts(generation):
        _agree(name, found, expected)
    return generation


def check_lengths(vectors: Vectors) -> None:
    """Make sure that all vectors are unit vectors.

    Raises:
        FailedCheckError: Some aren't.
    """
    lengths = np.linalg.norm(vectors, axis=1)
    wrong = np.flatnonzero(~(np.abs(lengths - 1) < _LENGTH_TOLERANCE))
    if len(wrong):
        raise FailedCheckError(
            f"{len(wrong)} vectors of chunks have no length of 1; the embedder is at fault"
        )


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
