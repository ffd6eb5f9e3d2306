"""The control arm: one Chroma collection that is updated in place, which a kill does damage.

Each article is two records; an update writes article after article, as indexing libraries do.
"""

from multiprocessing.connection import Connection
from pathlib import Path

import chromadb
from chromadb.config import Settings

from knowledge_base.embedding.embedder import Vectors
from tests.fakes import HashEmbedder

ARTICLES = 40
RECORDS = 2


def update_in_place(folder: Path, edition: str, way: str, told: Connection) -> None:
    """Bring all articles to an edition, one after the other.

    Args:
        folder: Where the collection lies.
        edition: What the articles say.
        way: `upsert`, or `delete` for deleting an article's records before adding the new ones.
        told: Hears `ready` when the update begins.
    """
    collection = _collection(folder)
    told.send("ready")
    for number in range(ARTICLES):
        ids = [f"{number}#{record}" for record in range(RECORDS)]
        if way == "delete":
            collection.delete(ids=ids)
        write = collection.add if way == "delete" else collection.upsert
        write(
            ids=ids,
            embeddings=_vectors(edition, number),
            metadatas=[{"edition": edition} for _ in ids],
        )


def read_in_place(folder: Path, told: Connection) -> None:
    """Tell which editions the collection holds, and how many records."""
    found = _collection(folder).get(include=["metadatas"])
    editions = {str(one["edition"]) for one in found["metadatas"] or ()}
    told.send((sorted(editions), len(found["ids"])))


def _collection(folder: Path) -> chromadb.Collection:
    settings = Settings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(str(folder), settings=settings)
    return client.get_or_create_collection("live", embedding_function=None)


def _vectors(edition: str, number: int) -> Vectors:
    return HashEmbedder().embed([f"{edition} {number} {record}" for record in range(RECORDS)])
