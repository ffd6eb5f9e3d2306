"""What must hold of a vector index before it may serve: it finds what is in it.

A shard that was taken over from the generation before was checked when that one was built, and
its files are the same; only new shards are asked for each of their vectors.
Chroma builds its graphs in random order, and one may leave out a few vectors however far it looks:
they move to a shard of their own, so that no reindex fails by chance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ingestion.errors import FailedCheckError
from knowledge_base.article import Chunk
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.progress import Progress
from knowledge_base.searching.vector_index import Places, Shard, VectorIndex, move_apart
from knowledge_base.searching.vectors import EF_SEARCH

LOWEST_RECALL = 0.99
NEAREST = 10
SAMPLE = 200
FURTHEST_SEARCH = 1024
MOST_MOVED = 0.01
"""Share of a shard's vectors that may move: where more aren't found, more is wrong than chance."""

_SEED = 1
_SAME = 1e-6
"""Difference of cosines below which two vectors are as near as each other."""


@dataclass(frozen=True, slots=True)
class FoundNeighbours:
    """How well a vector index finds what is nearest."""

    recall: float
    """Share of the ten nearest, by exact comparison, that it finds."""
    sample: int
    """Vectors that were asked for it."""
    ef_search: int
    """How far it has to look for that."""


def check_vectors(
    index: VectorIndex,
    vectors: Vectors,
    chunks: Sequence[Chunk],
    progress: Progress,
    ef_search: int = EF_SEARCH,
) -> FoundNeighbours:
    """Let the index look further until it finds every vector, and the neighbours of a sample.

    The few that a new shard doesn't find move to a shard of their own.

    Args:
        index: The index, not yet published; not to be used any more.
        vectors: Those of all chunks.
        chunks: What the vectors are of.
        progress: Hears of each vector.
        ef_search: How far to look at first: what the generation before needed.

    Raises:
        FailedCheckError: Chunks aren't found, or too few neighbours are, however far it looks.
    """
    progress.begin("Checking", len(index))
    if ef_search > EF_SEARCH:
        index.look_further(ef_search)
    lost = [(shard, shard.living) for shard in index.shards if shard.is_new]
    progress.advance(len(index) - sum(len(places) for _, places in lost))
    while True:
        lost = [(shard, _lost(shard, places, vectors, progress)) for shard, places in lost]
        found = _neighbours(index, vectors, ef_search)
        few = all(len(places) <= MOST_MOVED * len(shard.living) for shard, places in lost)
        if few and found.recall >= LOWEST_RECALL:
            _move(lost, vectors, chunks, progress)
            return found
        if ef_search >= FURTHEST_SEARCH:
            raise _failure(found, np.concatenate([places for _, places in lost]), chunks)
        ef_search *= 2
        index.look_further(ef_search)


def _lost(shard: Shard, places: Places, vectors: Vectors, progress: Progress) -> Places:
    """Return those of the places whose vector isn't found by itself, or one as good as it."""
    if not len(places):
        return places
    asked = vectors[places]
    nearest = shard.nearest(asked, 1)[:, 0]
    same = np.einsum("ij,ij->i", vectors[nearest], asked) >= 1 - _SAME
    lost: Places = places[(nearest != places) & ~same]
    progress.advance(len(places) - len(lost))
    return lost


def _move(
    lost: Iterable[tuple[Shard, Places]],
    vectors: Vectors,
    chunks: Sequence[Chunk],
    progress: Progress,
) -> None:
    """Move the few that aren't found, and make sure that they are now."""
    for shard, places in lost:
        if len(places):
            apart = move_apart(shard, places, vectors)
            still = _lost(apart, apart.living, vectors, progress)
            if len(still):
                raise _not_found(still, chunks)


def _neighbours(index: VectorIndex, vectors: Vectors, ef_search: int) -> FoundNeighbours:
    """Compare the index with exact search, on the vectors of a sample."""
    stored = np.concatenate([shard.living for shard in index.shards])
    size = min(SAMPLE, len(stored))
    asked = vectors[np.random.default_rng(_SEED).choice(stored, size, replace=False)]
    limit = min(NEAREST, len(stored))
    exact = np.partition(asked @ vectors[stored].T, -limit, axis=1)[:, -limit]
    found = index.nearest(asked, limit)
    similarity = np.einsum("ijk,ik->ij", vectors[found], asked)
    hits = np.sum(similarity >= exact[:, None] - _SAME)
    return FoundNeighbours(float(hits) / (size * limit), size, ef_search)


def _failure(found: FoundNeighbours, lost: Places, chunks: Sequence[Chunk]) -> FailedCheckError:
    if len(lost):
        return _not_found(lost, chunks)
    return FailedCheckError(
        f"the vector index finds {found.recall:.3f} of the nearest vectors, "
        f"{LOWEST_RECALL} are wanted"
    )


def _not_found(lost: Places, chunks: Sequence[Chunk]) -> FailedCheckError:
    return FailedCheckError(
        f"{len(lost)} of {len(chunks)} chunks can't be found by their own vector, "
        f"such as {chunks[int(lost[0])].id}"
    )
