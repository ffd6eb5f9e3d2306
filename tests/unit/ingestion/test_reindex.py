import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from ingestion.probe import Probe, Question
from ingestion.reindex import Reindexed, Reindexing
from ingestion.sources.folder import FolderSource
from ingestion.sources.source import Skipped
from knowledge_base.article import Article
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.errors import StorageError
from knowledge_base.generations.files import CHROMA_FOLDER
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.plan import KeptArticle, SkippedFile
from knowledge_base.generations.publication import current_generation_id
from knowledge_base.searching.search import SearchIndex
from knowledge_base.searching.texts import search_texts
from knowledge_base.searching.vector_index import copied_index
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

    def reindexing(
        self,
        embedder: HashEmbedder | None = None,
        chunker: Chunker | None = None,
        probe: Probe | None = None,
    ) -> Reindexing:
        """Return what reindexes the folder."""
        used = embedder or HashEmbedder()
        return Reindexing(
            self.path,
            chunker=chunker or Chunker(),
            embedder=used.fingerprint,
            open_embedder=lambda: used,
            now=lambda: FIRST_DAY + timedelta(hours=next(self._hours)),
            progress=self.progress,
            probe=probe,
        )

    def reindex(
        self,
        *found: Article | Skipped,
        embedder: HashEmbedder | None = None,
        strict: bool = False,
        full: bool = False,
    ) -> Reindexed:
        """Reindex the folder with a source that holds `found`."""
        sources = {"articles": FixedSource(*found)}
        return self.reindexing(embedder).run(sources, strict=strict, full=full)

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
        chroma = folder.path / "generations" / done.generation / CHROMA_FOLDER
        with copied_index(chroma, vectors, folder.path) as index:
            found = index.nearest(vectors, 1)[:, 0]
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

        listed = SkippedFile(source="articles", path="broken.md", reason="not UTF-8")
        assert done.plan.skipped == (listed,)
        assert folder.current().manifest.skipped == (listed,)

    def test_indexes_two_articles_with_the_same_words(self, folder: Folder) -> None:
        twins = [an_article("The same.", article_id=f"twin-{number}") for number in range(300)]

        done = folder.reindex(*twins, REFUNDS)

        assert done.articles == 301

    def test_says_how_far_it_is(self, folder: Folder) -> None:
        done = folder.reindex(REFUNDS, TENTS, BROKEN)

        assert folder.progress.steps["Reading"] == (3, None)
        assert folder.progress.steps["Checking"] == (done.chunks, done.chunks)
        assert {"Embedding", "Indexing"} <= set(folder.progress.steps)


class TestReindexingAgain:
    def test_publishes_nothing_where_nothing_has_changed(self, folder: Folder) -> None:
        first = folder.reindex(REFUNDS, TENTS)
        refusing = RefusingEmbedder()

        again = folder.reindex(REFUNDS, TENTS, embedder=refusing)

        assert (again.generation, again.published) == (first.generation, False)
        assert (again.articles, again.chunks) == (first.articles, first.chunks)
        assert folder.names() == [first.generation]

    def test_loads_no_model_where_an_article_is_gone(self, folder: Folder) -> None:
        folder.reindex(REFUNDS, TENTS)

        done = folder.reindex(TENTS, embedder=RefusingEmbedder())

        assert (done.published, done.embedded) == (True, 0)
        assert list(folder.current().articles) == ["tents"]

    def test_takes_vectors_over_where_the_cache_is_gone(self, folder: Folder) -> None:
        folder.reindex(REFUNDS, TENTS)
        shutil.rmtree(folder.path / "embeddings")
        more = replace(TENTS, body=f"{TENTS.body}\n\n## Where\n\n{'At our stores. ' * 30}")
        embedder = HashEmbedder()

        folder.reindex(REFUNDS, more, embedder=embedder)

        assert embedder.asked
        assert all("stores" in text for text in embedder.asked)
        texts = search_texts(folder.current().articles, folder.current().chunks)
        assert np.allclose(folder.current().vectors, HashEmbedder().embed(texts), atol=1e-6)

    def test_builds_the_same_as_a_full_run(self, folder: Folder, tmp_path: Path) -> None:
        many = [an_article(f"Rule {n}. " * 9, article_id=f"a{n}", title=f"T {n}") for n in range(9)]
        changed = [replace(many[0], body="Another rule."), *many[2:], TENTS]
        folder.reindex(*many)

        folder.reindex(*changed)

        other = Folder(tmp_path / "other")
        other.reindex(*changed)
        ours, theirs = folder.current(), other.current()
        assert (ours.articles, ours.chunks) == (theirs.articles, theirs.chunks)
        assert np.array_equal(ours.vectors, theirs.vectors)

    def test_builds_all_anew_where_it_is_asked_to(self, folder: Folder) -> None:
        first = folder.reindex(REFUNDS)

        full = folder.reindex(REFUNDS, full=True)

        assert full.published
        assert full.generation != first.generation
        assert full.plan.rebuild == "it was asked for"

    def test_builds_all_anew_with_another_embedder(self, folder: Folder) -> None:
        folder.reindex(REFUNDS)

        done = folder.reindex(REFUNDS, embedder=HashEmbedder(32))

        assert done.plan.rebuild == "the embedding model was hash-64, now it is hash-32"
        assert folder.current().vectors.shape[1] == 32

    def test_builds_all_anew_with_another_chunker(self, folder: Folder) -> None:
        folder.reindex(REFUNDS)

        done = folder.reindexing(chunker=Chunker(target_words=50)).run(
            {"articles": FixedSource(REFUNDS)}
        )

        assert done.published
        assert done.plan.rebuild == "articles are cut in another way than before"

    @pytest.mark.parametrize("name", ["articles.jsonl", "chroma/*/*/data_level0.bin"])
    def test_builds_all_anew_where_what_serves_is_damaged(self, folder: Folder, name: str) -> None:
        first = folder.reindex(REFUNDS)
        (file,) = (folder.path / "generations" / first.generation).glob(name)
        file.write_bytes(file.read_bytes()[:-1])

        done = folder.reindex(REFUNDS)

        assert done.published
        assert "bytes instead of" in (done.plan.rebuild or "")
        assert folder.current().articles == {"refunds": REFUNDS}


class TestReindexingWithAFileThatCanNotBeRead:
    def test_keeps_the_article_as_it_was_last_read(self, folder: Folder) -> None:
        folder.reindex(REFUNDS, TENTS)

        done = folder.reindex(Skipped("tents.md", "not UTF-8"), an_article(article_id="new"))

        assert set(folder.current().articles) == {"new", "tents"}
        kept = KeptArticle(article="tents", source="articles", path="tents.md", reason="not UTF-8")
        assert done.plan.kept == (kept,)

    def test_keeps_it_for_as_long_as_it_takes(self, folder: Folder) -> None:
        folder.reindex(REFUNDS, TENTS)
        broken = Skipped("tents.md", "not UTF-8")
        folder.reindex(broken)

        folder.reindex(REFUNDS, broken)

        assert folder.current().articles["tents"] == TENTS

    def test_keeps_all_articles_of_a_folder(self, folder: Folder) -> None:
        deep = replace(TENTS, path="rules/tents.md")
        folder.reindex(REFUNDS, deep)

        folder.reindex(Skipped("rules", "can't be read: permission denied"))

        assert list(folder.current().articles) == ["tents"]

    def test_lets_go_of_an_article_that_was_withdrawn(self, folder: Folder) -> None:
        folder.reindex(REFUNDS, TENTS)

        folder.reindex(REFUNDS, Skipped("tents.md", "it is a draft", withdrawn=True))

        assert list(folder.current().articles) == ["refunds"]

    def test_keeps_no_article_of_another_source(self, folder: Folder) -> None:
        folder.reindexing().run({"one": FixedSource(REFUNDS), "two": FixedSource(TENTS)})

        folder.reindexing().run(
            {"one": FixedSource(REFUNDS, Skipped("tents.md", "empty")), "two": FixedSource()}
        )

        assert list(folder.current().articles) == ["refunds"]


class TestReindexingThatMayNotPublish:
    @pytest.fixture(autouse=True)
    def _one_serves(self, folder: Folder) -> None:
        self.serving = folder.reindex(REFUNDS).generation

    @pytest.fixture(autouse=True)
    def _and_still_serves(self, folder: Folder, _one_serves: None) -> Iterator[None]:
        yield
        assert folder.current().id == self.serving
        assert [name for name in folder.names() if name != "failed"] == [self.serving]

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
            folder.reindexing().run({"here": FixedSource(TENTS), "missing": missing})

    def test_refuses_skipped_files_where_it_is_strict(self, folder: Folder) -> None:
        with pytest.raises(SkippedFilesError, match="broken"):
            folder.reindex(TENTS, BROKEN, strict=True)

    def test_keeps_what_failed_its_checks_for_inspection(self, folder: Folder) -> None:
        with pytest.raises(FailedCheckError, match=r"length.*generations/failed/"):
            folder.reindex(TENTS, embedder=BrokenEmbedder())

        (failed,) = (folder.path / "generations" / "failed").iterdir()
        assert "no length of 1" in (failed / "reason.txt").read_text("utf-8")

    def test_refuses_articles_that_a_probe_finds_no_more(self, folder: Folder) -> None:
        asked = Question("refunds abroad", frozenset({"refunds"}), FIRST_DAY.date())
        probe = Probe("questions", (asked,), allowed_drop=0.05)

        with pytest.raises(FailedCheckError, match="0 of 1 probe questions"):
            folder.reindexing(probe=probe).run({"articles": FixedSource(TENTS)})

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


class RefusingEmbedder(HashEmbedder):
    """Mustn't be asked."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Fail."""
        pytest.fail(f"{len(texts)} texts were embedded")


class InterruptedEmbedder(HashEmbedder):
    """Is interrupted at once."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Raise what Ctrl-C raises."""
        del texts
        raise KeyboardInterrupt
