"""How long a full ingest takes beside encoding the same chunks with nothing else around it.

Both run in one warm process with the same embedder, one after the other, several times; the
smaller of the two can't be sped up by anything but a faster model.

    python -m benchmarks.ingest [--help-centre DIR] [--articles N] [--rounds N]
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.made_up_articles import MadeUpSource
from benchmarks.reindexing import silent_reindexing
from ingestion.settings import IngestionSettings
from ingestion.sources.folder import FolderSource
from ingestion.sources.source import Source
from knowledge_base.bootstrap import open_ingestion_embedder
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.generations.generation import Generation
from knowledge_base.searching.texts import search_texts

HIGHEST_RATIO = 1.15


def main() -> None:
    """Measure, and print a table and one line of JSON."""
    asked = _arguments()
    settings = IngestionSettings()
    sources = _sources(asked, settings)
    embedder = open_ingestion_embedder(settings)
    texts = _chunk_texts(sources, embedder)
    rounds = [_round(sources, embedder, texts) for _ in range(asked.rounds)]
    _print(rounds, len(texts))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--help-centre", type=Path, help="folder of articles; else made-up ones")
    parser.add_argument("--articles", type=int, default=150, help="how many are made up")
    parser.add_argument("--rounds", type=int, default=3, help="how often both are run")
    return parser.parse_args()


def _sources(asked: argparse.Namespace, settings: IngestionSettings) -> dict[str, Source]:
    if asked.help_centre is None:
        return {"made up": MadeUpSource(asked.articles, seed=1)}
    return {str(asked.help_centre): FolderSource(asked.help_centre, settings.max_file_bytes)}


def _chunk_texts(sources: Mapping[str, Source], embedder: Embedder) -> tuple[str, ...]:
    """Ingest once, so that everything is loaded, and return what was embedded of the chunks."""
    with tempfile.TemporaryDirectory() as folder:
        done = silent_reindexing(Path(folder), embedder).run(sources)
        generation = Generation.open(Path(folder), done.generation)
        return search_texts(generation.articles, generation.chunks)


def _round(
    sources: Mapping[str, Source], embedder: Embedder, texts: tuple[str, ...]
) -> dict[str, float]:
    began = time.perf_counter()
    embedder.embed(texts)
    encoded = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        silent_reindexing(Path(folder), embedder).run(sources)
        ingested = time.perf_counter()
    return {"encode_seconds": encoded - began, "ingest_seconds": ingested - encoded}


def _print(rounds: list[dict[str, float]], chunks: int) -> None:
    ratios = [one["ingest_seconds"] / one["encode_seconds"] for one in rounds]
    table = Table("round", "encode, s", "full ingest, s", "ratio", title=f"{chunks} chunks")
    for number, (one, ratio) in enumerate(zip(rounds, ratios, strict=True), 1):
        seconds = (f"{one['encode_seconds']:.1f}", f"{one['ingest_seconds']:.1f}")
        table.add_row(str(number), *seconds, f"{ratio:.3f}")
    Console(stderr=True).print(table)
    result = {
        "chunks": chunks,
        "rounds": rounds,
        "median_ratio": statistics.median(ratios),
        "highest_ratio_wanted": HIGHEST_RATIO,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
