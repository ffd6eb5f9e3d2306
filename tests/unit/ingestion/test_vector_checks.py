import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingestion.errors import FailedCheckError
from ingestion.vector_checks import check_vectors
from knowledge_base.article import Chunk
from knowledge_base.embedding.embedder import Vectors, unit_rows
from knowledge_base.progress import NoProgress
from knowledge_base.searching.vector_index import KEYS_FILE, VectorIndex, copied_index, write_index
from knowledge_base.searching.vectors import EF_SEARCH, write_shard
from tests.fakes import RecordedProgress


def random_vectors(count: int, seed: int = 1) -> Vectors:
    return unit_rows(np.random.default_rng(seed).normal(size=(count, 16)))


def chunks_of(vectors: Vectors) -> list[Chunk]:
    return [Chunk("a", (), place, place + 1, "x") for place in range(len(vectors))]


def an_index_that_holds(stored: Vectors, folder: Path, vectors: Vectors) -> VectorIndex:
    """Write an index that takes itself for one of `vectors`, though others are in its graph."""
    index = write_index(folder, vectors)
    for shard in index.shards:
        keys = (shard.directory / KEYS_FILE).read_bytes()
        shutil.rmtree(shard.directory)
        write_shard(shard.directory, stored)
        (shard.directory / KEYS_FILE).write_bytes(keys)
    return index


class TestCheckVectors:
    def test_measures_how_many_neighbours_are_found(self, tmp_path: Path) -> None:
        vectors, progress = random_vectors(600), RecordedProgress()
        index = write_index(tmp_path / "chroma", vectors)

        found = check_vectors(index, vectors, chunks_of(vectors), progress)

        assert found.recall >= 0.99
        assert (found.sample, found.ef_search) == (200, EF_SEARCH)
        assert progress.steps == {"Checking": (600, 600)}

    def test_looks_further_until_it_finds_enough(self, tmp_path: Path) -> None:
        chance = np.random.default_rng(1)
        vectors = unit_rows(1 + 0.03 * chance.normal(size=(1500, 384)))
        index = write_index(tmp_path / "chroma", vectors)
        index.look_further(10)

        found = check_vectors(index, vectors, chunks_of(vectors), NoProgress(), ef_search=10)

        assert found.recall >= 0.99
        assert found.ef_search > 10

    def test_moves_the_few_that_a_shard_does_not_find_to_one_of_their_own(
        self, tmp_path: Path
    ) -> None:
        vectors, progress = random_vectors(600), RecordedProgress()
        stored = vectors.copy()
        stored[[7, 300]] = random_vectors(2, seed=2)
        index = an_index_that_holds(stored, tmp_path / "chroma", vectors)

        check_vectors(index, vectors, chunks_of(vectors), progress)

        (tmp_path / "scratch").mkdir()
        with copied_index(tmp_path / "chroma", vectors, tmp_path / "scratch") as mended:
            assert sorted(len(shard.living) for shard in mended.shards) == [2, 598]
            assert mended.nearest(vectors, 1)[:, 0].tolist() == list(range(600))
        assert progress.steps == {"Checking": (600, 600)}

    def test_finds_a_chunk_whose_vector_is_not_the_stored_one(self, tmp_path: Path) -> None:
        stored, others = random_vectors(30), random_vectors(30, seed=2)
        index = write_index(tmp_path / "chroma", stored)

        with pytest.raises(FailedCheckError, match="30 of 30 chunks can't be found"):
            check_vectors(
                VectorIndex(others, index.shards), others, chunks_of(others), NoProgress()
            )

    def test_asks_a_shard_that_was_taken_over_for_a_sample_only(self, tmp_path: Path) -> None:
        vectors = random_vectors(2000)
        index = write_index(tmp_path / "chroma", vectors)
        taken_over = [replace(shard, is_new=False) for shard in index.shards]

        found = check_vectors(
            VectorIndex(vectors, taken_over), vectors, chunks_of(vectors), NoProgress()
        )

        assert found.sample == 200

    def test_counts_as_found_what_is_as_near(self, tmp_path: Path) -> None:
        vectors = np.repeat(random_vectors(20), 15, axis=0)
        index = write_index(tmp_path / "chroma", vectors)

        found = check_vectors(index, vectors, chunks_of(vectors), NoProgress())

        assert (found.recall, found.sample) == (1.0, 20)
