"""The embedding cache: no text is embedded twice with the same model.

One SQLite file a model: a kill in the middle of a write leaves the last whole transaction, two
processes may share it, and ten thousand keys are looked up in a few statements.
A vector that isn't a unit vector of the right length is taken for missing and replaced.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from knowledge_base.embedding.embedder import Embedder, Vectors
from knowledge_base.errors import StorageError
from knowledge_base.progress import NoProgress, Progress

SLICE = 128
"""Texts that are embedded and kept at once: what a kill can lose, and a step of the progress."""

_KEYS_A_STATEMENT = 900
_WAIT_SECONDS = 60.0
_LENGTH_TOLERANCE = 1e-3
_BYTES_A_NUMBER = 4


class CachedEmbedder:
    """An embedder that remembers what it has embedded, in a folder."""

    def __init__(
        self, embedder: Embedder, folder: Path, *, progress: Progress | None = None
    ) -> None:
        self._embedder = embedder
        self._path = folder / f"{embedder.fingerprint}.sqlite3"
        self._progress = progress or NoProgress()
        self.computed = 0
        """Texts that weren't in the cache, so far."""

    @property
    def fingerprint(self) -> str:
        """Name and content hash of the model."""
        return self._embedder.fingerprint

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return self._embedder.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given; each different text costs once.

        Raises:
            StorageError: The cache can't be read or written.
        """
        keys = [_key(text) for text in texts]
        different = dict(zip(keys, texts, strict=True))
        self._progress.begin("Embedding", len(different))
        with self._opened() as cache:
            known = dict(_kept(cache, list(different), self.dimensions))
            self._progress.advance(len(known))
            missing = {key: text for key, text in different.items() if key not in known}
            for piece in _slices_longest_first(missing):
                known |= self._compute(cache, piece)
        vectors = [known[key] for key in keys]
        return np.array(vectors, dtype=np.float32).reshape(len(texts), self.dimensions)

    def _compute(
        self, cache: sqlite3.Connection, texts: Mapping[bytes, str]
    ) -> dict[bytes, Vectors]:
        vectors = self._embedder.embed(list(texts.values()))
        computed = dict(zip(texts, vectors, strict=True))
        rows = [(key, vector.tobytes()) for key, vector in computed.items()]
        with cache:
            cache.executemany("INSERT OR REPLACE INTO embedding VALUES (?, ?)", rows)
        self.computed += len(texts)
        self._progress.advance(len(texts))
        return computed

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as cache:
                cache.execute(
                    "CREATE TABLE IF NOT EXISTS embedding "
                    "(text_hash BLOB PRIMARY KEY, vector BLOB NOT NULL)"
                )
                yield cache
        except sqlite3.OperationalError as error:
            raise StorageError(f"the embedding cache {self._path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise StorageError(
                f"the embedding cache {self._path} is damaged ({error}); delete it, "
                "and the next `candor reindex` fills it again"
            ) from error


def missing_texts(folder: Path, fingerprint: str, texts: Sequence[str]) -> int:
    """Return how many different ones of `texts` the model's cache in `folder` doesn't hold."""
    keys = list({_key(text) for text in texts})
    path = folder / f"{fingerprint}.sqlite3"
    if not keys or not path.is_file():
        return len(keys)
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as cache:
            return len(keys) - sum(1 for _ in _rows(cache, keys))
    except sqlite3.DatabaseError:
        return len(keys)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _kept(
    cache: sqlite3.Connection, keys: Sequence[bytes], dimensions: int
) -> Iterator[tuple[bytes, Vectors]]:
    """Yield the keys that the cache holds a sound vector for, with it."""
    for key, kept in _rows(cache, keys):
        if len(kept) != dimensions * _BYTES_A_NUMBER:
            continue
        vector = np.frombuffer(kept, dtype=np.float32)
        if abs(np.linalg.norm(vector) - 1) < _LENGTH_TOLERANCE:
            yield key, vector


def _rows(cache: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(keys), _KEYS_A_STATEMENT):
        asked = keys[start : start + _KEYS_A_STATEMENT]
        marks = ",".join("?" * len(asked))
        query = f"SELECT text_hash, vector FROM embedding WHERE text_hash IN ({marks})"  # noqa: S608 — question marks only
        yield from cache.execute(query, asked)


def _slices_longest_first(texts: Mapping[bytes, str]) -> Iterator[dict[bytes, str]]:
    # Texts of like length stand together, so that the embedder pads little.
    order = sorted(texts, key=lambda key: -len(texts[key]))
    for start in range(0, len(order), SLICE):
        yield {key: texts[key] for key in order[start : start + SLICE]}
