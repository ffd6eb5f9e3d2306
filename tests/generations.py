"""Generations on disk, written without a reindex."""

from datetime import UTC, datetime
from pathlib import Path

from knowledge_base.article import Article, Chunk
from knowledge_base.generations.ledger import Ledger
from knowledge_base.generations.manifest import Ingredients
from knowledge_base.generations.writer import GenerationWriter, article_hash
from knowledge_base.searching.texts import search_texts
from knowledge_base.searching.vector_index import write_index
from tests.builders import an_article
from tests.fakes import HashEmbedder

CREATED = datetime(2026, 11, 1, 12, 30, 15, 123_000, tzinfo=UTC)


def write_generation(data_dir: Path, created: datetime = CREATED, *articles: Article) -> str:
    """Write a generation of one chunk an article, unpublished, and return its id."""
    held = {article.id: article for article in articles or (an_article(),)}
    chunks = [Chunk(one.id, (), 0, len(one.body), one.body) for one in held.values()]
    texts = search_texts(held, chunks)
    vectors = HashEmbedder().embed(texts)
    ingredients = Ingredients(
        sources=("articles",), chunker="whole", embedder="hash-64", ledger="none"
    )
    hashes = {article.id: article_hash(article) for article in held.values()}
    with GenerationWriter(data_dir, ingredients, hashes, created) as writer:
        writer.write_articles(held.values(), chunks)
        writer.write_facts(Ledger(held))
        writer.write_vectors(vectors)
        writer.write_keywords(texts)
        write_index(writer.chroma_folder, vectors)
        writer.keep(writer.describe(len(chunks), 64))
    return writer.id


def flip(path: Path, place: float = 0.5) -> None:
    """Change one bit of a file, at a share of its length."""
    content = bytearray(path.read_bytes())
    content[int(place * (len(content) - 1))] ^= 1
    path.write_bytes(content)
