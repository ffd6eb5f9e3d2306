"""Vectors in Chroma: the only home of chromadb.

A store is a directory with one collection, written once and never updated: Chroma's index isn't
safe for readers while another process writes, and live records have become unreachable after
deletes and upserts.
Ids are the places of the vectors in the order in which they were given. A vector that comes again
is stored once, under its first place: among a thousand equal ones, Chroma's graph loses others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from knowledge_base.embedding import Vectors
from knowledge_base.errors import DamagedGenerationError, StorageError, in_one_line
from knowledge_base.progress import NoProgress, Progress

COLLECTION = "chunks"

# Three thousand vectors in one tight cluster: 13 of them can't be found with Chroma's own
# parameters, none with these, for a millisecond a vector more.
MAX_NEIGHBOURS = 64
EF_CONSTRUCTION = 400
EF_SEARCH = 500

_SAME_DIGITS = 5
_WRITTEN_AT_ONCE = 5000  # Chroma takes 5,461 at most
_ASKED_AT_ONCE = 500


class VectorStore:
    """The vectors of one generation, open for reading."""

    def __init__(self, collection: chromadb.Collection) -> None:
        self._collection = collection

    def __len__(self) -> int:
        return self._collection.count()

    def nearest(
        self, vectors: Vectors, limit: int, *, progress: Progress | None = None
    ) -> NDArray[np.intp]:
        """Return the places of the `limit` nearest vectors of each row, nearest first.

        Fewer are found where the store holds fewer; every row has as many as the poorest one.
        """
        found: list[list[str]] = []
        for start in range(0, len(vectors), _ASKED_AT_ONCE):
            asked = vectors[start : start + _ASKED_AT_ONCE]
            answer = self._collection.query(query_embeddings=asked, n_results=limit, include=[])
            found += answer["ids"]
            (progress or NoProgress()).advance(len(asked))
        width = min(map(len, found), default=0)
        return np.array([ids[:width] for ids in found], dtype=np.intp).reshape(len(found), width)


def write_vectors(directory: Path, vectors: Vectors, progress: Progress) -> None:
    """Write a store of the different ones of `vectors` into `directory`, and close it.

    Raises:
        StorageError: Chroma can't write there.
    """
    places = first_places(vectors)
    progress.begin("Indexing", len(places))
    try:
        with _client(directory) as client:
            collection = client.create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": _hnsw(len(places))}
            )
            for start in range(0, len(places), _WRITTEN_AT_ONCE):
                piece = places[start : start + _WRITTEN_AT_ONCE]
                collection.add(ids=[str(place) for place in piece], embeddings=vectors[piece])
                progress.advance(len(piece))
    except (ChromaError, OSError) as error:
        raise StorageError(f"Chroma can't write to {directory}: {in_one_line(error)}") from error


def first_places(vectors: Vectors) -> NDArray[np.intp]:
    """Return the places of the vectors that are stored: of equal ones, the first."""
    rounded = np.round(vectors, _SAME_DIGITS)
    _, places = np.unique(rounded, axis=0, return_index=True)
    return np.sort(places)


@contextmanager
def open_vectors(directory: Path) -> Iterator[VectorStore]:
    """Open the store in `directory` as long as the block runs.

    Raises:
        DamagedGenerationError: There is none, or Chroma can't read it.
    """
    try:
        with _client(directory) as client:
            yield VectorStore(client.get_collection(COLLECTION, embedding_function=None))
    except (ChromaError, OSError) as error:
        raise DamagedGenerationError(
            f"the vectors in {directory} can't be read ({in_one_line(error)}); run `candor reindex`"
        ) from error


@contextmanager
def _client(directory: Path) -> Iterator[Client]:
    settings = Settings(anonymized_telemetry=False)
    settings.is_persistent = True
    settings.persist_directory = str(directory)
    with Client(settings=settings) as client:
        yield client


def _hnsw(size: int) -> CreateHNSWConfiguration:
    # Synchronised once, with the last vector: what is left in the log would be replayed at opening.
    at_once = max(2, size)
    return {
        "space": "cosine",
        "max_neighbors": MAX_NEIGHBOURS,
        "ef_construction": EF_CONSTRUCTION,
        "ef_search": EF_SEARCH,
        "batch_size": at_once,
        "sync_threshold": at_once,
    }
