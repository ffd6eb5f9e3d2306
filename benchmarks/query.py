"""What a search costs above embedding the query and one exact search over the same vectors.

Both are timed for each query in one process, in turns, so that a busy machine slows both alike.
The chunks' vectors are random, which changes no step's cost; the query is embedded by the real
model. Beside the time on the clock stands the processor's, which a busy machine changes less.

    python -m benchmarks.query [--chunks N] [--queries N]
    python -m benchmarks.query --help-centre DIR [--help-centre DIR …] --questions FILE
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.made_up_articles import MadeUpSource, made_up_words
from ingestion.chunking import Chunker
from ingestion.settings import IngestionSettings
from ingestion.sources.folder import FolderSource
from ingestion.sources.reading import read_articles
from knowledge_base.article import Article, Chunk
from knowledge_base.bootstrap import open_embedder, open_ingestion_embedder
from knowledge_base.embedding.embedder import Embedder, Vectors, products, unit_rows
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.manifest import Ingredients
from knowledge_base.generations.writer import GenerationWriter, article_hash
from knowledge_base.searching.search import SearchIndex
from knowledge_base.searching.texts import search_texts

HIGHEST_MILLISECONDS = 3.0
LIMIT = 10
Clock = Callable[[], float]
Index = tuple[dict[str, Article], list[Chunk]]
CLOCKS: tuple[Clock, Clock] = (time.perf_counter, time.thread_time)
DAY = date(2026, 11, 1)

_CHUNKS_AN_ARTICLE = 4
_WARM_UP = 20


def main() -> None:
    """Measure, and print a table and one line of JSON."""
    asked = _arguments()
    settings = IngestionSettings()
    open_ingestion_embedder(settings)
    embedder = open_embedder(settings)
    with tempfile.TemporaryDirectory() as folder:
        articles, pieces = _real(asked, settings) if asked.help_centre else _made_up(asked.chunks)
        generation = _generation(Path(folder), articles, pieces, embedder.dimensions)
        timings = [_timings(generation, embedder, _queries(asked), clock) for clock in CLOCKS]
    _print(timings, len(generation.chunks))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=10_000, help="size of the made-up index")
    parser.add_argument("--queries", type=int, default=300, help="how many are timed")
    parser.add_argument("--help-centre", type=Path, action="append", help="folder of articles")
    parser.add_argument("--questions", type=Path, help="JSONL with a `question` a row")
    return parser.parse_args()


def _queries(asked: argparse.Namespace) -> list[str]:
    if asked.questions:
        rows = asked.questions.read_text("utf-8").splitlines()[: asked.queries]
        return [json.loads(row)["question"] for row in rows]
    chance = random.Random(2)
    return [made_up_words(chance, chance.randint(5, 14)) for _ in range(asked.queries)]


def _real(asked: argparse.Namespace, settings: IngestionSettings) -> Index:
    sources = [FolderSource(path, settings.max_file_bytes) for path in asked.help_centre]
    articles = read_articles(sources).articles
    chunker = Chunker()
    return {one.id: one for one in articles}, [
        chunk for article in articles for chunk in chunker.cut(article)
    ]


def _made_up(chunks: int) -> Index:
    found = MadeUpSource(chunks // _CHUNKS_AN_ARTICLE, seed=1).read()
    articles = {one.id: one for one in found if isinstance(one, Article)}
    return articles, [piece for article in articles.values() for piece in _pieces(article)]


def _generation(
    data_dir: Path, articles: Mapping[str, Article], pieces: Sequence[Chunk], dimensions: int
) -> Generation:
    """Write a generation with random vectors, and open it."""
    texts = search_texts(articles, pieces)
    chance = np.random.default_rng(1)
    ingredients = Ingredients(sources=(), chunker="pieces", embedder="random", ledger="none")
    hashes = {article.id: article_hash(article) for article in articles.values()}
    with GenerationWriter(data_dir, ingredients, hashes, datetime.now(UTC)) as writer:
        writer.write_articles(articles.values(), pieces)
        writer.write_vectors(unit_rows(chance.normal(size=(len(texts), dimensions))))
        writer.write_keywords(texts)
        writer.keep(writer.describe(len(pieces), dimensions))
    return Generation.open(data_dir, writer.id)


def _pieces(article: Article) -> list[Chunk]:
    size = len(article.body) // _CHUNKS_AN_ARTICLE
    starts = range(0, size * _CHUNKS_AN_ARTICLE, size)
    return [
        Chunk(article.id, (), start, start + size, article.body[start : start + size])
        for start in starts
    ]


def _timings(
    generation: Generation, embedder: Embedder, queries: Sequence[str], clock: Clock
) -> NDArray[np.float64]:
    """Return milliseconds of embedding plus exact search, and of search, by query."""
    index = SearchIndex(generation, embedder)
    vectors = generation.vectors
    steps = (
        lambda query: _best(products(vectors, embedder.embed([query])[0])),
        lambda query: index.search(query, limit=LIMIT, at=DAY),
    )
    rows = np.zeros((_WARM_UP + len(queries), len(steps)))
    for number, query in enumerate([*queries[:_WARM_UP], *queries]):
        for step in np.roll(range(len(steps)), number):
            began = clock()
            steps[step](query)
            rows[number, step] = (clock() - began) * 1000
    return rows[_WARM_UP:]


def _best(similarity: Vectors) -> NDArray[np.intp]:
    """Return the places of the highest, best first: what exact search is."""
    best = np.argpartition(-similarity, LIMIT)[:LIMIT]
    return np.asarray(best[np.argsort(-similarity[best])])


def _print(timings: Sequence[NDArray[np.float64]], chunks: int) -> None:
    wall, processor = timings
    series = {
        "embed + exact": wall[:, 0],
        "search": wall[:, 1],
        "above": wall[:, 1] - wall[:, 0],
        "embed + exact, processor": processor[:, 0],
        "above, processor": processor[:, 1] - processor[:, 0],
    }
    table = Table("", "p50, ms", "p95, ms", title=f"{len(wall)} queries, {chunks} chunks")
    result: dict[str, float] = {"chunks": chunks, "queries": len(wall)}
    for name, values in series.items():
        middle, high = np.percentile(values, (50, 95))
        table.add_row(name, f"{middle:.2f}", f"{high:.2f}")
        result |= {f"{name}, p50 ms": float(middle), f"{name}, p95 ms": float(high)}
    Console(stderr=True).print(table)
    print(json.dumps(result | {"wanted p50 ms": HIGHEST_MILLISECONDS}))


if __name__ == "__main__":
    main()
