"""A shard of vectors in Chroma: the only home of chromadb.

A shard is a directory with one collection, written once and never updated: Chroma's index isn't
safe for readers while another process writes, and live records have become unreachable after
deletes and upserts.
Chroma's ids are the places of the vectors in the order in which they were given.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from knowledge_base.embedding.embedder import Vectors
from knowledge_base.errors import DamagedGenerationError, StorageError, in_one_line

COLLECTION = "chunks"

SHARD_SIZE = 4096
"""Vectors of a shard at most, which Chroma takes at once (up to 5,461)."""

# Four thousand vectors in one tight cluster: 30 of them can't be found with Chroma's own
# parameters however far it looks, none with these, for half a millisecond a vector.
MAX_NEIGHBOURS = 64
EF_CONSTRUCTION = 400
EF_SEARCH = 64

_ASKED_AT_ONCE = 500


class VectorShard:
    """The vectors of one shard, open for reading."""

    def __init__(self, collection: chromadb.Collection) -> None:
        self._collection = collection

    def __len__(self) -> int:
        return self._collection.count()

    def nearest(self, vectors: Vectors, limit: int) -> NDArray[np.intp]:
        """Return the places of the `limit` nearest vectors of each row, nearest first.

        Fewer are found where the shard holds fewer; every row has as many as the poorest one.
        """
        found: list[list[str]] = []
        for start in range(0, len(vectors), _ASKED_AT_ONCE):
            asked = vectors[start : start + _ASKED_AT_ONCE]
            answer = self._collection.query(query_embeddings=asked, n_results=limit, include=[])
            found += answer["ids"]
        width = min(map(len, found), default=0)
        return np.array([ids[:width] for ids in found], dtype=np.intp).reshape(len(found), width)


def write_shard(directory: Path, vectors: Vectors) -> None:
    """Write a shard of `vectors`, which all differ, `SHARD_SIZE` at most, and close it.

    Raises:
        StorageError: Chroma can't write there.
    """
    ids = [str(place) for place in range(len(vectors))]
    try:
        with _client(directory) as client:
            collection = client.create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": _hnsw(len(vectors))}
            )
            collection.add(ids=ids, embeddings=vectors)
    except (ChromaError, OSError) as error:
        raise StorageError(f"Chroma can't write to {directory}: {in_one_line(error)}") from error


def look_further(directory: Path, ef_search: int) -> None:
    """Let searches of a shard compare `ef_search` vectors from its next opening on.

    Raises:
        DamagedGenerationError: Chroma can't read or change it.
    """
    with _collection(directory) as collection, warnings.catch_warnings():
        # Chroma reads its own note that there is no embedding function as a deprecated one.
        warnings.simplefilter("ignore", DeprecationWarning)
        collection.modify(configuration={"hnsw": {"ef_search": ef_search}})


@contextmanager
def open_shard(directory: Path) -> Iterator[VectorShard]:
    """Open the shard in `directory` as long as the block runs.

    Chroma writes to its SQLite file when it opens one: a published generation's shard is opened
    as a copy.

    Raises:
        DamagedGenerationError: There is none, or Chroma can't read it.
    """
    with _collection(directory) as collection:
        yield VectorShard(collection)


@contextmanager
def _collection(directory: Path) -> Iterator[chromadb.Collection]:
    try:
        with _client(directory) as client:
            yield client.get_collection(COLLECTION, embedding_function=None)
    except (ChromaError, OSError) as error:
        raise DamagedGenerationError(
            f"the vectors in {directory} can't be read ({in_one_line(error)}); run `candor reindex`"
        ) from error


@contextmanager
def _client(directory: Path) -> Iterator[Client]:
    place = {"is_persistent": True, "persist_directory": str(directory)}
    with Client(settings=_settings().model_copy(update=place)) as client:
        yield client


@cache
def _settings() -> Settings:
    return Settings(anonymized_telemetry=False)  # it takes seven milliseconds


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
