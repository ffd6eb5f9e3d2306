import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.article import Article, Chunk
from knowledge_base.errors import DamagedGenerationError, NoGenerationError, StorageError
from knowledge_base.generation import Generation, current_generation_id, publish
from knowledge_base.generation_writer import GenerationWriter, article_hash
from knowledge_base.manifest import Ingredients, SkippedFile
from knowledge_base.search_texts import search_texts
from tests.builders import an_article
from tests.fakes import HashEmbedder

CREATED = datetime(2026, 11, 1, 12, 30, 15, 123_000, tzinfo=UTC)
INGREDIENTS = Ingredients(
    sources=("articles",),
    chunker="by-hand",
    embedder="hash-64",
    skipped=(SkippedFile(source="articles", path="a.md", reason="empty"),),
)
REFUNDS = Article(
    id="refunds",
    title="Refunds 💶",
    body="Refunds take 5 days.\n\nNaïve café: 返品.",
    path="money/refunds.md",
    url="https://ridgeline.example/refunds",
    updated=date(2026, 10, 1),
    applies_to={"region": ("EU", "UK")},
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    supersedes=("old-refunds",),
)
TENTS = an_article("Tents may be returned.", article_id="tents", title="Tents")
ARTICLES = {article.id: article for article in (REFUNDS, TENTS)}
CHUNKS = (
    Chunk("refunds", (), 0, 20, REFUNDS.body[:20]),
    Chunk("refunds", ("Abroad", "Japan"), 22, 37, REFUNDS.body[22:37]),
    Chunk("tents", (), 0, 22, TENTS.body),
)


def write(data_dir: Path, created: datetime = CREATED) -> str:
    """Write a generation of the articles above and return its id."""
    embedder = HashEmbedder()
    texts = search_texts(ARTICLES, CHUNKS)
    with GenerationWriter(data_dir, INGREDIENTS, created) as writer:
        writer.write_articles(ARTICLES.values(), CHUNKS)
        writer.write_vectors(embedder.embed(texts))
        writer.write_keywords(texts)
        manifest = writer.seal(ARTICLES, len(CHUNKS), embedder.dimensions)
        writer.keep(manifest.id)
    return manifest.id


class TestGeneration:
    def test_holds_what_was_written(self, tmp_path: Path) -> None:
        generation = Generation.open(tmp_path, write(tmp_path))

        assert list(generation.articles.values()) == [REFUNDS, TENTS]
        assert generation.chunks == CHUNKS
        texts = search_texts(ARTICLES, CHUNKS)
        assert np.array_equal(generation.vectors, HashEmbedder().embed(texts))
        assert generation.keywords.scores("tents")[2] > 0

    def test_says_what_it_was_made_from(self, tmp_path: Path) -> None:
        manifest = Generation.open(tmp_path, write(tmp_path)).manifest

        assert manifest.created == CREATED
        assert manifest.sources == ("articles",)
        assert manifest.chunker == "by-hand"
        assert manifest.embedder == "hash-64"
        assert manifest.articles == {one.id: article_hash(one) for one in (REFUNDS, TENTS)}
        assert manifest.skipped[0].reason == "empty"
        assert (manifest.chunks, manifest.dimensions) == (3, 64)

    def test_is_named_by_when_it_was_built_and_from_what(self, tmp_path: Path) -> None:
        first = write(tmp_path)
        second = write(tmp_path, CREATED.replace(hour=13))

        assert first.startswith("20261101T123015123Z-")
        assert first < second
        assert first.rpartition("-")[2] == second.rpartition("-")[2]

    @pytest.mark.parametrize(
        "name",
        [
            "manifest.json",
            "articles.jsonl",
            "chunks.jsonl",
            "vectors.npy",
            "keywords/size.json",
        ],
    )
    def test_is_refused_where_a_file_is_cut_or_missing(self, tmp_path: Path, name: str) -> None:
        generation_id = write(tmp_path)
        file = tmp_path / "generations" / generation_id / name

        file.write_bytes(file.read_bytes()[:-9])
        with pytest.raises(DamagedGenerationError, match="run `candor reindex`"):
            Generation.open(tmp_path, generation_id)
        file.unlink()
        with pytest.raises(DamagedGenerationError, match="run `candor reindex`"):
            Generation.open(tmp_path, generation_id)

    @pytest.mark.parametrize(("field", "value"), [("format", 0), ("recipe", "older.1")])
    def test_is_refused_where_another_version_built_it(
        self, tmp_path: Path, field: str, value: object
    ) -> None:
        generation_id = write(tmp_path)
        path = tmp_path / "generations" / generation_id / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {field: value}), "utf-8")

        with pytest.raises(DamagedGenerationError, match="it was built by"):
            Generation.open(tmp_path, generation_id)

    def test_is_refused_where_a_span_leaves_its_article(self, tmp_path: Path) -> None:
        generation_id = write(tmp_path)
        path = tmp_path / "generations" / generation_id / "chunks.jsonl"
        path.write_text(path.read_text("utf-8").replace('"end":22', '"end":99'), "utf-8")

        with pytest.raises(DamagedGenerationError, match="0-99 lies outside article tents"):
            Generation.open(tmp_path, generation_id)


class TestGenerationWriter:
    def test_leaves_nothing_behind_when_it_fails(self, tmp_path: Path) -> None:
        writer = GenerationWriter(tmp_path, INGREDIENTS, CREATED)

        with pytest.raises(KeyboardInterrupt), writer:
            _write_and_stop(writer)

        assert list((tmp_path / "generations").iterdir()) == []

    def test_clears_away_what_a_killed_one_left(self, tmp_path: Path) -> None:
        left = tmp_path / "generations" / ".building-1"
        left.mkdir(parents=True)
        (left / "articles.jsonl").write_text("half", "utf-8")

        generation_id = write(tmp_path)

        assert [path.name for path in (tmp_path / "generations").iterdir()] == [generation_id]


def _write_and_stop(writer: GenerationWriter) -> None:
    writer.write_articles(ARTICLES.values(), CHUNKS)
    raise KeyboardInterrupt


class TestPublish:
    def test_lets_a_generation_serve(self, tmp_path: Path) -> None:
        first, second = write(tmp_path), write(tmp_path, CREATED.replace(hour=13))

        publish(tmp_path, first)
        before = current_generation_id(tmp_path)
        publish(tmp_path, second)

        assert (before, current_generation_id(tmp_path)) == (first, second)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["current.json", "generations"]

    def test_says_that_the_pointer_can_not_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "current.json").mkdir()

        with pytest.raises(StorageError, match="still serves"):
            publish(tmp_path, "20261101T123015123Z-12345678")


class TestCurrentGenerationId:
    def test_asks_for_a_reindex_where_nothing_is_published(self, tmp_path: Path) -> None:
        with pytest.raises(NoGenerationError, match="run `candor reindex`"):
            current_generation_id(tmp_path)

    @pytest.mark.parametrize(
        "content",
        ["", "{}", "[]", "null", '{"generation": 5}', '{"generation": "../../etc"}', "\x00"],
    )
    def test_refuses_a_damaged_pointer(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "current.json").write_text(content, "utf-8")

        with pytest.raises(DamagedGenerationError, match="run `candor reindex`"):
            current_generation_id(tmp_path)
