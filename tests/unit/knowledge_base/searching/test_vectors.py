from pathlib import Path

import numpy as np
import pytest

from knowledge_base.embedding.embedder import Vectors, unit_rows
from knowledge_base.errors import DamagedGenerationError, StorageError
from knowledge_base.searching.vectors import look_further, open_shard, write_shard


def random_vectors(count: int, seed: int = 1) -> Vectors:
    return unit_rows(np.random.default_rng(seed).normal(size=(count, 32)))


class TestWriteShard:
    def test_stores_vectors_that_find_themselves(self, tmp_path: Path) -> None:
        vectors = random_vectors(300)

        write_shard(tmp_path / "shard", vectors)

        with open_shard(tmp_path / "shard") as shard:
            assert len(shard) == 300
            assert shard.nearest(vectors, 1)[:, 0].tolist() == list(range(300))

    def test_finds_the_nearest_in_order(self, tmp_path: Path) -> None:
        vectors = random_vectors(200)
        query = random_vectors(1, seed=3)

        write_shard(tmp_path / "shard", vectors)

        with open_shard(tmp_path / "shard") as shard:
            found = shard.nearest(query, 10)[0]
        assert found.tolist() == np.argsort(-(vectors @ query[0]))[:10].tolist()

    def test_holds_a_single_vector(self, tmp_path: Path) -> None:
        write_shard(tmp_path / "shard", random_vectors(1))

        with open_shard(tmp_path / "shard") as shard:
            assert shard.nearest(random_vectors(3, seed=5), 5).tolist() == [[0], [0], [0]]

    def test_says_where_it_can_not_write(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way", "utf-8")

        with pytest.raises(StorageError, match="file"):
            write_shard(tmp_path / "file" / "shard", random_vectors(3))


class TestLookFurther:
    def test_finds_more_of_the_nearest_in_a_tight_cluster(self, tmp_path: Path) -> None:
        chance = np.random.default_rng(1)
        vectors = unit_rows(1 + 0.05 * chance.normal(size=(3000, 128)))
        exact = np.argsort(-(vectors[:100] @ vectors.T), axis=1)[:, :10]
        write_shard(tmp_path / "shard", vectors)

        shares = []
        for ef_search in (10, 500):
            look_further(tmp_path / "shard", ef_search)
            with open_shard(tmp_path / "shard") as shard:
                found = shard.nearest(vectors[:100], 10)
            shares.append(np.mean([np.isin(*rows) for rows in zip(exact, found, strict=True)]))

        assert shares[0] < shares[1]


class TestOpenShard:
    def test_survives_a_rename_of_its_folder(self, tmp_path: Path) -> None:
        vectors = random_vectors(50)
        write_shard(tmp_path / "before", vectors)

        (tmp_path / "before").rename(tmp_path / "after")

        with open_shard(tmp_path / "after") as shard:
            assert shard.nearest(vectors[7:8], 1).tolist() == [[7]]

    def test_refuses_a_folder_without_vectors(self, tmp_path: Path) -> None:
        with (
            pytest.raises(DamagedGenerationError, match="run `candor reindex`"),
            open_shard(tmp_path / "empty"),
        ):
            pass
