from pathlib import Path

import numpy as np
import pytest

from knowledge_base.embedding.embedder import Vectors, unit_rows
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.searching.vector_index import (
    VectorIndex,
    copied_index,
    first_places,
    write_index,
)
from knowledge_base.searching.vectors import SHARD_SIZE
from tests.fakes import RecordedProgress


def random_vectors(count: int, seed: int = 1) -> Vectors:
    return unit_rows(np.random.default_rng(seed).normal(size=(count, 16)))


def finds_all(index: VectorIndex, vectors: Vectors) -> bool:
    return bool(np.array_equal(index.nearest(vectors, 1)[:, 0], np.arange(len(vectors))))


class TestWriteIndex:
    def test_spreads_many_vectors_over_shards(self, tmp_path: Path) -> None:
        vectors = random_vectors(SHARD_SIZE + 100)

        index = write_index(tmp_path / "chroma", vectors)

        assert [len(shard.living) for shard in index.shards] == [SHARD_SIZE, 100]
        assert finds_all(index, vectors)

    def test_finds_the_nearest_of_all_shards_in_order(self, tmp_path: Path) -> None:
        vectors = random_vectors(1000)
        write_index(tmp_path / "before", vectors[:600])
        index = write_index(tmp_path / "after", vectors, before=tmp_path / "before")
        query = random_vectors(1, seed=3)

        found = index.nearest(query, 10)[0]

        assert len(index.shards) == 2
        assert found.tolist() == np.argsort(-(vectors @ query[0]))[:10].tolist()

    def test_keeps_every_vector_reachable_beside_a_thousand_equal_ones(
        self, tmp_path: Path
    ) -> None:
        others = random_vectors(400)
        vectors = np.concatenate([np.repeat(random_vectors(1, seed=2), 1000, axis=0), others])

        index = write_index(tmp_path / "chroma", vectors)

        assert len(index) == 401
        assert index.nearest(others, 1)[:, 0].tolist() == list(range(1000, 1400))

    def test_says_how_far_it_is(self, tmp_path: Path) -> None:
        progress = RecordedProgress()

        write_index(tmp_path / "chroma", random_vectors(30), progress=progress)

        assert progress.steps == {"Indexing": (30, 30)}


class TestWriteIndexAfterAnother:
    @pytest.fixture
    def before(self, tmp_path: Path) -> Path:
        """The index of a thousand vectors, in one shard."""
        write_index(tmp_path / "before", random_vectors(1000))
        return tmp_path / "before"

    def test_takes_over_a_shard_with_vectors_gone_and_moved(
        self, tmp_path: Path, before: Path
    ) -> None:
        vectors = np.concatenate([random_vectors(50, seed=2), random_vectors(1000)[100:]])

        index = write_index(tmp_path / "after", vectors, before=before)

        assert [(len(shard.living), shard.is_new) for shard in index.shards] == [
            (900, False),
            (50, True),
        ]
        assert finds_all(index, vectors)

    def test_finds_no_vector_that_is_gone(self, tmp_path: Path, before: Path) -> None:
        gone = random_vectors(1000)[:100]

        index = write_index(tmp_path / "after", random_vectors(1000)[100:], before=before)

        found = index.nearest(gone, 10)
        assert found.shape == (100, 10)
        assert (found >= 0).all()

    def test_builds_a_shard_anew_where_too_much_of_it_is_gone(
        self, tmp_path: Path, before: Path
    ) -> None:
        index = write_index(tmp_path / "after", random_vectors(1000)[300:], before=before)

        assert [(len(shard.living), shard.is_new) for shard in index.shards] == [(700, True)]

    def test_builds_a_small_shard_anew_with_what_is_new(self, tmp_path: Path) -> None:
        write_index(tmp_path / "before", random_vectors(100))

        index = write_index(tmp_path / "after", random_vectors(120), before=tmp_path / "before")

        assert [(len(shard.living), shard.is_new) for shard in index.shards] == [(120, True)]

    def test_finds_a_vector_that_comes_back(self, tmp_path: Path, before: Path) -> None:
        write_index(tmp_path / "without", random_vectors(1000)[100:], before=before)

        index = write_index(tmp_path / "again", random_vectors(1000), before=tmp_path / "without")

        assert [shard.is_new for shard in index.shards] == [False]
        assert finds_all(index, random_vectors(1000))


class TestCopiedIndex:
    def test_finds_what_is_in_it_and_leaves_it_untouched(self, tmp_path: Path) -> None:
        vectors = random_vectors(300)
        write_index(tmp_path / "chroma", vectors)
        (tmp_path / "scratch").mkdir()
        before = contents(tmp_path / "chroma")

        with copied_index(tmp_path / "chroma", vectors, tmp_path / "scratch") as index:
            assert finds_all(index, vectors)

        assert contents(tmp_path / "chroma") == before
        assert list((tmp_path / "scratch").iterdir()) == []

    def test_refuses_what_is_not_there(self, tmp_path: Path) -> None:
        with (
            pytest.raises(DamagedGenerationError, match="chroma"),
            copied_index(tmp_path / "chroma", random_vectors(3), tmp_path),
        ):
            pass


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestFirstPlaces:
    def test_names_the_first_of_equal_vectors(self) -> None:
        a, b = random_vectors(2)

        assert first_places(np.array([b, a, b, a, a])).tolist() == [0, 1]

    def test_takes_vectors_that_differ_by_rounding_for_equal(self) -> None:
        (vector,) = np.full((1, 4), 0.5, dtype=np.float32)

        assert first_places(np.array([vector, vector + 1e-7])).tolist() == [0]
