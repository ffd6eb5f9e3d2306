from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.article import Article, Chunk
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.generations.files import write_manifest
from knowledge_base.generations.generation import Generation, whole_manifest
from knowledge_base.generations.manifest import Ingredients
from knowledge_base.generations.plan import SkippedFile
from knowledge_base.generations.writer import GenerationWriter, article_hash
from knowledge_base.searching.texts import search_texts
from tests.builders import an_article
from tests.fakes import HashEmbedder

CREATED = datetime(2026, 11, 1, 12, 30, 15, 123_000, tzinfo=UTC)
INGREDIENTS = Ingredients(
    sources=("articles",),
    chunker="by-hand",
    embedder="hash-64",
    ledger="by-hand",
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
HASHES = {article.id: article_hash(article) for article in (REFUNDS, TENTS)}
CHUNKS = (
    Chunk("refunds", (), 0, 20, REFUNDS.body[:20]),
    Chunk("refunds", ("Abroad", "Japan"), 22, 37, REFUNDS.body[22:37]),
    Chunk("tents", (), 0, 22, TENTS.body),
)


def write(data_dir: Path, created: datetime = CREATED) -> str:
    """Write a generation of the articles above and return its id."""
    embedder = HashEmbedder()
    texts = search_texts(ARTICLES, CHUNKS)
    with GenerationWriter(data_dir, INGREDIENTS, HASHES, created) as writer:
        writer.write_articles(ARTICLES.values(), CHUNKS)
        writer.write_vectors(embedder.embed(texts))
        writer.write_keywords(texts)
        writer.keep(writer.describe(len(CHUNKS), embedder.dimensions))
    return writer.id


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
            "keywords/terms.json",
            "manifest.json.sha256",
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
        folder = tmp_path / "generations" / generation_id
        manifest = whole_manifest(folder)
        write_manifest(folder, manifest.model_copy(update={field: value}))

        with pytest.raises(DamagedGenerationError, match="it was built by"):
            Generation.open(tmp_path, generation_id)

    @pytest.mark.parametrize("name", ["manifest.json", "articles.jsonl", "vectors.npy"])
    def test_is_refused_where_one_byte_is_another(self, tmp_path: Path, name: str) -> None:
        generation_id = write(tmp_path)
        flip(tmp_path / "generations" / generation_id / name)

        with pytest.raises(DamagedGenerationError, match=f"{name} (isn't|has other content)"):
            Generation.open(tmp_path, generation_id)

    def test_is_refused_where_a_span_leaves_its_article(self, tmp_path: Path) -> None:
        folder = tmp_path / "generations" / write(tmp_path)
        manifest = whole_manifest(folder)
        path = folder / "chunks.jsonl"
        path.write_text(path.read_text("utf-8").replace('"end":22', '"end":99'), "utf-8")

        with pytest.raises(DamagedGenerationError, match="0-99 lies outside article tents"):
            Generation.read(folder, manifest)


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


class TestGenerationWriter:
    def test_leaves_nothing_behind_when_it_fails(self, tmp_path: Path) -> None:
        writer = GenerationWriter(tmp_path, INGREDIENTS, HASHES, CREATED)

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


class TestSetAside:
    def test_keeps_the_last_three_with_their_reasons(self, tmp_path: Path) -> None:
        created = [CREATED.replace(hour=hour) for hour in range(5)]

        folders = [_set_aside(tmp_path, moment) for moment in created]

        kept = sorted((tmp_path / "generations" / "failed").iterdir())
        assert kept == folders[-3:]
        assert (kept[0] / "reason.txt").read_text("utf-8") == "too few are found\n"
        assert (kept[0] / "articles.jsonl").is_file()


def _set_aside(data_dir: Path, created: datetime) -> Path:
    with GenerationWriter(data_dir, INGREDIENTS, HASHES, created) as writer:
        writer.write_articles(ARTICLES.values(), CHUNKS)
        return writer.set_aside("too few are found")
