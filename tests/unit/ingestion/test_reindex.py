import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from ingestion.chunking import Chunker
from ingestion.errors import (
    FailedCheckError,
    NothingToIndexError,
    ReindexRunningError,
    SkippedFilesError,
    SourceError,
)
from ingestion.reindex import Reindexed, Reindexing
from ingestion.sources.folder import FolderSource
from ingestion.sources.source import Skipped, Source
from knowledge_base.article import Article
from knowledge_base.embedding import Embedder, Vectors
from knowledge_base.errors import StorageError
from knowledge_base.generation import CHROMA_FOLDER, Generation, current_generation_id
from knowledge_base.search import SearchIndex
from knowledge_base.vectors import open_vectors
from tests.builders import an_article
from tests.fakes import HashEmbedder, RecordedProgress

FIRST_DAY = datetime(2026, 11, 1, tzinfo=UTC)
REFUNDS = an_article("## Refunds abroad\n\nRefunds to Japan take 5 days.", title="Refunds abroad")
TENTS = an_article("A tent may be returned.", article_id="tents", title="Tents and tarps")
BROKEN = Skipped("broken.md", "not UTF-8", "articles")


class FixedSource:
    """Holds the same articles always."""

    def __init__(self, *found: Article | Skipped) -> None:
        self._found = found

    def read(self) -> Iterator[Article | Skipped]:
        """Yield them."""
        yield from self._found


class Folder:
    """A data folder with what reindexes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.progress = RecordedProgress()
        self._hours = count()

    def reindex(
        self, *found: Article | Skipped, embedder: Embedder | None = None, strict: bool = False
    ) -> Reindexed:
        """Reindex the folder with a source that holds `found`."""
        return self.reindex_sources(
            {"articles": FixedSource(*found)}, embedder=embedder, strict=strict
        )

    def reindex_sources(
        self, sources: dict[str, Source], *, embedder: Embedder | None = None, strict: bool = False
    ) -> Reindexed:
        """Reindex the folder with `sources`."""
        reindexing = Reindexing(
            self.path,
            chunker=Chunker(),
            open_embedder=lambda: embedder or HashEmbedder(),
            now=lambda: FIRST_DAY + timedelta(hours=next(self._hours)),
            progress=self.progress,
        )
        return reindexing.run(sources, strict=strict)

    def current(self) -> Generation:
        """Open the generation that serves."""
        return Generation.open(self.path, current_generation_id(self.path))

    def names(self) -> list[str]:
        """Return what lies among the generations."""
        return sorted(path.name for path in (self.path / "generations").iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "data")


class TestReindexing:
    def test_publishes_a_generation_that_search_finds_articles_in(self, folder: Folder) -> None:
        done = folder.reindex(REFUNDS, TENTS)

        generation = folder.current()
        found = SearchIndex(generation, HashEmbedder()).search("refunds Japan", at=FIRST_DAY.date())
        assert generation.id == done.generation
        assert found.articles[0].article == REFUNDS
        assert (done.articles, done.chunks) == (2, len(generation.chunks))

    def test_stores_every_chunk_in_chroma(self, folder: Folder) -> None:
        done = folder.reindex(REFUNDS, TENTS)

        vectors = folder.current().vectors
        with open_vectors(folder.path / "generations" / done.generation / CHROMA_FOLDER) as store:
            found = store.nearest(vectors, 1)[:, 0]
        assert found.tolist() == list(range(done.chunks))

    def test_cuts_every_chunk_out_of_its_body(self, folder: Folder) -> None:
        folder.reindex(REFUNDS, TENTS)

        generation = folder.current()
        assert generation.chunks
        for chunk in generation.chunks:
            body = generation.articles[chunk.article_id].body
            assert chunk.text == body[chunk.start : chunk.end]

    def test_replaces_the_generation_and_leaves_the_old_one_whole(self, folder: Folder) -> None:
        first = folder.reindex(REFUNDS)
        second = folder.reindex(TENTS)

        assert list(folder.current().articles) == ["tents"]
        assert list(Generation.open(folder.path, first.generation).articles) == ["refunds"]
        assert folder.names() == [first.generation, second.generation]

    def test_embeds_only_what_is_new(self, folder: Folder) -> None:
        folder.reindex(REFUNDS)
        embedder = HashEmbedder()

        done = folder.reindex(REFUNDS, TENTS, embedder=embedder)

        assert done.embedded == len(embedder.asked)
        assert all("tent" in text.casefold() for text in embedder.asked)

    def test_forgets_a_deleted_article(self, folder: Folder) -> None:
        folder.reindex(REFUNDS, TENTS)

        folder.reindex(TENTS)

        found = SearchIndex(folder.current(), HashEmbedder()).search(
            "refunds abroad", at=FIRST_DAY.date()
        )
        assert [one.article.id for one in found.articles] == ["tents"]

    def test_lists_what_was_skipped_and_indexes_the_rest(self, folder: Folder) -> None:
        done = folder.reindex(REFUNDS, BROKEN)

        assert done.skipped == (BROKEN,)
        (listed,) = folder.current().manifest.skipped
        assert (listed.source, listed.path, listed.reason) == (
            "articles",
            "broken.md",
            "not UTF-8",
        )

    def test_indexes_two_articles_with_the_same_words(self, folder: Folder) -> None:
        twins = [an_article("The same.", article_id=f"twin-{number}") for number in range(300)]

        done = folder.reindex(*twins, REFUNDS)

        assert done.articles == 301

    def test_says_how_far_it_is(self, folder: Folder) -> None:
        done = folder.reindex(REFUNDS, TENTS, BROKEN)

        assert folder.progress.steps["Reading"] == (3, None)
        assert folder.progress.steps["Checking"] == (done.chunks, done.chunks)
        assert {"Embedding", "Indexing"} <= set(folder.progress.steps)


class TestReindexingThatMayNotPublish:
    @pytest.fixture(autouse=True)
    def _one_serves(self, folder: Folder) -> None:
        self.serving = folder.reindex(REFUNDS).generation

    @pytest.fixture(autouse=True)
    def _and_still_serves(self, folder: Folder, _one_serves: None) -> Iterator[None]:
        yield
        assert folder.current().id == self.serving
        assert folder.names() == [self.serving]

    def test_refuses_an_empty_source(self, folder: Folder) -> None:
        with pytest.raises(NothingToIndexError, match="nothing to index"):
            folder.reindex()

    def test_refuses_a_source_where_nothing_can_be_used(self, folder: Folder) -> None:
        with pytest.raises(NothingToIndexError, match=r"broken\.md \(not UTF-8\)"):
            folder.reindex(BROKEN)

    def test_refuses_articles_without_text(self, folder: Folder) -> None:
        with pytest.raises(NothingToIndexError):
            folder.reindex(an_article(""))

    def test_refuses_a_missing_source(self, folder: Folder, tmp_path: Path) -> None:
        missing = FolderSource(tmp_path / "missing", 1000)

        with pytest.raises(SourceError, match="missing"):
            folder.reindex_sources({"here": FixedSource(TENTS), "missing": missing})

    def test_refuses_skipped_files_where_it_is_strict(self, folder: Folder) -> None:
        with pytest.raises(SkippedFilesError, match="broken"):
            folder.reindex(TENTS, BROKEN, strict=True)

    def test_refuses_vectors_that_are_none(self, folder: Folder) -> None:
        with pytest.raises(FailedCheckError, match="length"):
            folder.reindex(TENTS, embedder=BrokenEmbedder())

    def test_cleans_up_when_it_is_interrupted(self, folder: Folder) -> None:
        with pytest.raises(KeyboardInterrupt):
            folder.reindex(TENTS, embedder=InterruptedEmbedder())

    def test_refuses_to_run_beside_another(self, folder: Folder) -> None:
        with (folder.path / "reindex.lock").open("r+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

            with pytest.raises(ReindexRunningError, match=f"process {os.getpid()}, since 2026"):
                folder.reindex(TENTS)

    def test_says_that_the_folder_can_not_be_written(self, folder: Folder) -> None:
        shutil.rmtree(folder.path / "embeddings")
        (folder.path / "embeddings").write_text("in the way", "utf-8")

        with pytest.raises(StorageError, match="still serves"):
            folder.reindex(TENTS)


class TestReindexingWithAStaleLock:
    def test_runs_after_one_that_was_killed(self, folder: Folder) -> None:
        folder.path.mkdir()
        (folder.path / "reindex.lock").write_text('{"pid": 1, "since": "2020"}', "utf-8")

        done = folder.reindex(REFUNDS)

        assert folder.current().id == done.generation


class BrokenEmbedder(HashEmbedder):
    """Gives vectors without a length."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return nothing but zeros."""
        return np.zeros((len(texts), self.dimensions), dtype=np.float32)


class InterruptedEmbedder(HashEmbedder):
    """Is interrupted at once."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Raise what Ctrl-C raises."""
        del texts
        raise KeyboardInterrupt
