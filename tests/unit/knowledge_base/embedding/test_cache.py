import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.embedding.cache import SLICE, CachedEmbedder
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.errors import StorageError
from tests.fakes import HashEmbedder, RecordedProgress

TEXTS = ["refunds take five days", "tents", "refunds take five days", "", "a lone \ud800"]


def cache_file(folder: Path) -> Path:
    (found,) = folder.glob("*.sqlite3")
    return found


class TestCachedEmbedder:
    def test_gives_the_vectors_of_the_embedder(self, tmp_path: Path) -> None:
        cached = CachedEmbedder(HashEmbedder(), tmp_path)

        vectors = cached.embed(TEXTS)

        assert np.array_equal(vectors, HashEmbedder().embed(TEXTS))

    def test_embeds_each_different_text_once(self, tmp_path: Path) -> None:
        inner = HashEmbedder()

        CachedEmbedder(inner, tmp_path).embed(TEXTS)

        assert sorted(inner.asked) == sorted(set(TEXTS))

    def test_remembers_across_processes(self, tmp_path: Path) -> None:
        CachedEmbedder(HashEmbedder(), tmp_path).embed(TEXTS)
        inner = HashEmbedder()
        again = CachedEmbedder(inner, tmp_path)

        vectors = again.embed([*TEXTS, "new"])

        assert inner.asked == ["new"]
        assert again.computed == 1
        assert np.array_equal(vectors, HashEmbedder().embed([*TEXTS, "new"]))

    def test_keeps_models_apart(self, tmp_path: Path) -> None:
        CachedEmbedder(HashEmbedder(), tmp_path).embed(TEXTS)
        other = HashEmbedder(name="other")

        CachedEmbedder(other, tmp_path).embed(TEXTS)

        assert sorted(other.asked) == sorted(set(TEXTS))

    def test_looks_up_more_texts_than_one_statement_holds(self, tmp_path: Path) -> None:
        texts = [f"text {number}" for number in range(2500)]
        CachedEmbedder(HashEmbedder(8), tmp_path).embed(texts)
        inner = HashEmbedder(8)

        vectors = CachedEmbedder(inner, tmp_path).embed(texts)

        assert inner.asked == []
        assert np.array_equal(vectors, HashEmbedder(8).embed(texts))

    def test_keeps_what_was_embedded_before_it_was_stopped(self, tmp_path: Path) -> None:
        texts = [f"text {number}" for number in range(SLICE + 10)]
        with pytest.raises(KeyboardInterrupt):
            CachedEmbedder(StoppedEmbedder(after=SLICE), tmp_path).embed(texts)
        inner = HashEmbedder()

        CachedEmbedder(inner, tmp_path).embed(texts)

        assert len(inner.asked) == 10

    @pytest.mark.parametrize(
        "damage", [b"short", np.full(64, np.nan, np.float32).tobytes(), bytes(256)]
    )
    def test_replaces_a_vector_that_is_none(self, tmp_path: Path, damage: bytes) -> None:
        CachedEmbedder(HashEmbedder(), tmp_path).embed(TEXTS)
        with sqlite3.connect(cache_file(tmp_path)) as cache:
            cache.execute("UPDATE embedding SET vector = ?", (damage,))
        cache.close()

        vectors = CachedEmbedder(HashEmbedder(), tmp_path).embed(TEXTS)
        again = CachedEmbedder(inner := HashEmbedder(), tmp_path).embed(TEXTS)

        assert np.array_equal(vectors, HashEmbedder().embed(TEXTS))
        assert np.array_equal(again, vectors)
        assert inner.asked == []

    def test_names_a_cache_file_that_is_none(self, tmp_path: Path) -> None:
        CachedEmbedder(HashEmbedder(), tmp_path).embed(TEXTS)
        cache_file(tmp_path).write_bytes(b"no database " * 500)

        with pytest.raises(StorageError, match="delete it"):
            CachedEmbedder(HashEmbedder(), tmp_path).embed(TEXTS)

    def test_says_how_far_it_is(self, tmp_path: Path) -> None:
        progress = RecordedProgress()
        texts = [f"text {number}" for number in range(SLICE + 10)]

        CachedEmbedder(HashEmbedder(), tmp_path, progress=progress).embed(texts)

        assert progress.steps == {"Embedding": (SLICE + 10, SLICE + 10)}


class StoppedEmbedder(HashEmbedder):
    """Is interrupted once it has embedded a number of texts."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self._left <= 0:
            raise KeyboardInterrupt
        self._left -= len(texts)
        return super().embed(texts)
