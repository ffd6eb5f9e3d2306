from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from ingestion.checks import check_generation, check_lengths
from ingestion.errors import FailedCheckError
from knowledge_base.article import Article, Chunk
from knowledge_base.embedding.embedder import Vectors
from knowledge_base.generations.manifest import Ingredients
from knowledge_base.generations.writer import GenerationWriter, article_hash
from knowledge_base.searching.texts import search_texts
from tests.builders import an_article
from tests.fakes import HashEmbedder

REFUNDS = an_article("Refunds take 5 days. They are free.", title="How refunds work")
TENTS = an_article("A tent may be returned.", article_id="tents", title="Tents and tarps")
ARTICLES = {article.id: article for article in (REFUNDS, TENTS)}
CHUNKS = (
    Chunk("refunds", (), 0, 20, "Refunds take 5 days."),
    Chunk("refunds", (), 21, 35, "They are free."),
    Chunk("tents", (), 0, 23, TENTS.body),
)


@dataclass(frozen=True, slots=True)
class Built:
    """A generation on disk, as it may come out."""

    path: Path
    articles: Mapping[str, Article]
    chunks: Sequence[Chunk]
    vectors: Vectors | None = None

    def check(self) -> None:
        """Write what came out and check it against what went in."""
        texts = search_texts(ARTICLES, CHUNKS)
        ingredients = Ingredients(sources=(), chunker="by-hand", embedder="hash-64", ledger="none")
        hashes = {article.id: article_hash(article) for article in self.articles.values()}
        created = datetime(2026, 11, 1, tzinfo=UTC)
        with GenerationWriter(self.path, ingredients, hashes, created) as writer:
            writer.write_articles(self.articles.values(), self.chunks)
            writer.write_vectors(
                HashEmbedder().embed(texts) if self.vectors is None else self.vectors
            )
            writer.write_keywords(texts)
            manifest = writer.describe(len(self.chunks), 64)
            check_generation(writer.folder, manifest, ARTICLES, CHUNKS)


class TestCheckGeneration:
    def test_lets_a_whole_generation_pass(self, tmp_path: Path) -> None:
        Built(tmp_path, ARTICLES, CHUNKS).check()

    def test_finds_an_article_that_came_out_different(self, tmp_path: Path) -> None:
        other = ARTICLES | {"tents": replace(TENTS, title="Tents")}

        with pytest.raises(FailedCheckError, match="article tents"):
            Built(tmp_path, other, CHUNKS).check()

    def test_finds_a_missing_chunk(self, tmp_path: Path) -> None:
        with pytest.raises(FailedCheckError, match="2 chunks instead of 3"):
            Built(tmp_path, ARTICLES, CHUNKS[1:]).check()

    def test_finds_a_span_that_moved(self, tmp_path: Path) -> None:
        moved = (replace(CHUNKS[0], start=1), *CHUNKS[1:])

        with pytest.raises(FailedCheckError, match="chunk refunds#0-20"):
            Built(tmp_path, ARTICLES, moved).check()

    def test_finds_vectors_that_are_too_few(self, tmp_path: Path) -> None:
        two = HashEmbedder().embed(["one", "two"])

        with pytest.raises(FailedCheckError, match="2 vectors of chunks instead of 3"):
            Built(tmp_path, ARTICLES, CHUNKS, vectors=two).check()


class TestCheckLengths:
    def test_finds_a_vector_that_is_no_number(self) -> None:
        broken = HashEmbedder().embed(["one", "two", "three"])
        broken[1, 0] = np.nan

        with pytest.raises(FailedCheckError, match="1 vectors of chunks"):
            check_lengths(broken)
