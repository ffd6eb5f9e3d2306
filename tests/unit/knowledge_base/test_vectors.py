from pathlib import Path

import numpy as np
import pytest

from knowledge_base.embedding import Vectors, unit_rows
from knowledge_base.errors import DamagedGenerationError, StorageError
from knowledge_base.progress import NoProgress
from knowledge_base.vectors import first_places, open_vectors, write_vectors
from tests.fakes import RecordedProgress


def random_vectors(count: int, seed: int = 1) -> Vectors:
    return unit_rows(np.random.default_rng(seed).normal(size=(count, 32)))


class TestWriteVectors:
    def test_stores_vectors_that_find_themselves(self, tmp_path: Path) -> None:
        vectors = random_vectors(300)

        write_vectors(tmp_path / "chroma", vectors, NoProgress())

        with open_vectors(tmp_path / "chroma") as store:
            assert len(store) == 300
            assert store.nearest(vectors, 1)[:, 0].tolist() == list(range(300))

    def test_keeps_every_vector_reachable_beside_a_thousand_equal_ones(
        self, tmp_path: Path
    ) -> None:
        others = random_vectors(400)
        vectors = np.concatenate([np.repeat(random_vectors(1, seed=2), 1000, axis=0), others])

        write_vectors(tmp_path / "chroma", vectors, NoProgress())

        with open_vectors(tmp_path / "chroma") as store:
            found = store.nearest(others, 1)[:, 0]
        assert found.tolist() == list(range(1000, 1400))

    def test_finds_the_nearest_in_order(self, tmp_path: Path) -> None:
        vectors = random_vectors(200)
        query = random_vectors(1, seed=3)

        write_vectors(tmp_path / "chroma", vectors, NoProgress())

        with open_vectors(tmp_path / "chroma") as store:
            found = store.nearest(query, 10)[0]
        assert found.tolist() == np.argsort(-(vectors @ query[0]))[:10].tolist()

    def test_says_how_far_it_is(self, tmp_path: Path) -> None:
        progress = RecordedProgress()

        write_vectors(tmp_path / "chroma", random_vectors(30), progress)

        assert progress.steps == {"Indexing": (30, 30)}

    def test_holds_a_single_vector(self, tmp_path: Path) -> None:
        write_vectors(tmp_path / "chroma", random_vectors(1), NoProgress())

        with open_vectors(tmp_path / "chroma") as store:
            assert store.nearest(random_vectors(3, seed=5), 5).tolist() == [[0], [0], [0]]

    def test_says_where_it_can_not_write(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way", "utf-8")

        with pytest.raises(StorageError, match="file"):
            write_vectors(tmp_path / "file" / "chroma", random_vectors(3), NoProgress())


class TestOpenVectors:
    def test_survives_a_rename_of_its_folder(self, tmp_path: Path) -> None:
        vectors = random_vectors(50)
        write_vectors(tmp_path / "before", vectors, NoProgress())

        (tmp_path / "before").rename(tmp_path / "after")

        with open_vectors(tmp_path / "after") as store:
            assert store.nearest(vectors[7:8], 1).tolist() == [[7]]

    def test_refuses_a_folder_without_vectors(self, tmp_path: Path) -> None:
        with (
            pytest.raises(DamagedGenerationError, match="run `candor reindex`"),
            open_vectors(tmp_path / "empty"),
        ):
            pass


class TestFirstPlaces:
    def test_names_the_first_of_equal_vectors(self) -> None:
        a, b = random_vectors(2)

        assert first_places(np.array([b, a, b, a, a])).tolist() == [0, 1]

    def test_takes_vectors_that_differ_by_rounding_for_equal(self) -> None:
        (vector,) = np.full((1, 4), 0.5, dtype=np.float32)

        assert first_places(np.array([vector, vector + 1e-7])).tolist() == [0]
