"""How long a reindex takes: full, after a few edits, and with nothing changed, beside two peers.

Candor reads the files, plans, builds, checks and publishes; LangChain's indexing API and
LlamaIndex's IngestionPipeline get the same chunks, read and cut already, in the same warm process
and with the same embedder. Reading and cutting all files, which their users do before each run, is
timed apart. Encoding the chunks alone is the floor, timed before and after Candor's full ingest;
the others' full ingests take the vectors from there, so that all of their time but encoding counts.

With `--encode N`, only so many are encoded there, to know the pace, and all systems' full ingests
take made-up vectors; what is edited after it is encoded.

    python -m benchmarks.reindex (--help-centre DIR | --articles N) [--repeats N] [--encode N]

The peers are no dependency of Candor:
`pip install langchain-chroma llama-index-core llama-index-vector-stores-chroma`.
"""

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.made_up_articles import made_up_words, write_short_articles
from benchmarks.reindex_peers import LangChainPeer, LlamaIndexPeer, Peer
from benchmarks.reindexing import silent_reindexing
from ingestion.chunking import Chunker
from ingestion.reindex import Reindexed, Reindexing
from ingestion.settings import IngestionSettings
from ingestion.sources.folder import FolderSource
from ingestion.sources.reading import read_articles
from knowledge_base.bootstrap import open_ingestion_embedder
from knowledge_base.embedding.embedder import Vectors, unit_rows
from knowledge_base.embedding.knowing import KnowingEmbedder
from knowledge_base.generations.generation import Generation
from knowledge_base.searching.texts import search_texts

EDITED_SHARE = 0.01
SEED = 1


class Clock(StrEnum):
    """What is counted: on a loaded machine, the processor's time says more."""

    WALL = "wall"
    PROCESSOR = "processor"


Spent = Mapping[Clock, float]
"""Seconds by each clock."""


@dataclass(frozen=True, slots=True)
class Times:
    """What one system took."""

    full: Spent
    """Without encoding, where it isn't Candor's."""
    edited: tuple[Spent, ...]
    """After each of the edits of 1 % of the articles."""
    unchanged: tuple[Spent, ...]


def main() -> None:
    """Measure, and print a table and one line of JSON."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(_measured(asked, Path(folder))))


class HelpCentre:
    """A folder of articles that is edited again and again."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        most = IngestionSettings().max_file_bytes
        self.source = FolderSource(folder, most, data_dir)
        self._read_anew = FolderSource(folder, most)
        self._files = [folder / path for path in self.source.paths()]
        self._chance = random.Random(SEED)

    def edit(self) -> int:
        """Add a sentence to 1 % of the articles, and return to how many."""
        edited = self._chance.sample(self._files, max(1, round(len(self._files) * EDITED_SHARE)))
        for file in edited:
            with file.open("a", encoding="utf-8") as stream:
                stream.write(f"\n\n{made_up_words(self._chance, 12)}.\n")
        return len(edited)

    def chunks(self) -> dict[str, str]:
        """Return the text that is embedded of each chunk, by its article and place there."""
        articles = read_articles([self._read_anew]).articles
        return {
            f"{one.id}#{place}": text
            for one in articles
            for place, text in enumerate(search_texts({one.id: one}, Chunker().cut(one)))
        }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--help-centre", type=Path, help="folder of articles")
    which.add_argument("--articles", type=int, help="how many short articles are made up")
    parser.add_argument("--repeats", type=int, default=3, help="how often it is edited")
    parser.add_argument(
        "--encode", type=int, help="chunks that are encoded at first; made-up vectors for all then"
    )
    return parser.parse_args()


def _measured(asked: argparse.Namespace, place: Path) -> dict[str, object]:
    help_centre = HelpCentre(_help_centre(asked, place / "articles"), place / "candor")
    return _measure(help_centre, place, asked.repeats, asked.encode)


def _help_centre(asked: argparse.Namespace, folder: Path) -> Path:
    if asked.help_centre is None:
        write_short_articles(folder, asked.articles, SEED)
    else:
        shutil.copytree(asked.help_centre, folder)
    return folder


def _measure(
    help_centre: HelpCentre, place: Path, repeats: int, encode: int | None
) -> dict[str, object]:
    embedder = open_ingestion_embedder(IngestionSettings())
    chunks = help_centre.chunks()
    embedder.embed(list(chunks.values())[:64])  # everything is loaded
    reindexing = silent_reindexing(place / "candor", embedder)
    known: dict[str, Vectors] = {}
    peers: list[Peer] = []
    for kind in (LangChainPeer, LlamaIndexPeer):
        (place / kind.name).mkdir()
        peers.append(kind(place / kind.name, KnowingEmbedder(embedder, known)))
    texts = list(chunks.values())[:encode]
    encoded: list[Vectors] = []
    floor = [_spent(lambda: encoded.append(embedder.embed(texts)))]
    known.update(zip(texts, encoded.pop(), strict=True))
    if len(texts) < len(chunks):
        known.update(_made_up_vectors(chunks.values(), embedder.dimensions))
        reindexing = silent_reindexing(place / "candor", KnowingEmbedder(embedder, known))
    done: list[Reindexed] = []
    full = {"Candor": _spent(lambda: done.append(_run(reindexing, help_centre)))}
    floor.append(_spent(lambda: embedder.embed(texts)))
    for peer in peers:
        full[peer.name] = _spent(partial(peer.ingest, chunks))
    again = [_again(help_centre, reindexing, peers) for _ in range(repeats)]
    times = {
        name: Times(
            full[name],
            tuple(edited[name] for edited, _ in again),
            tuple(unchanged[name] for _, unchanged in again),
        )
        for name in full
    }
    reading = tuple(_spent(help_centre.chunks) for _ in range(repeats))
    checks = Generation.open(place / "candor", done[0].generation).manifest.checks
    results = {clock: _result(times, floor, reading, clock) for clock in Clock}
    for clock, result in results.items():
        _print(clock, result)
    return {
        "chunks": len(chunks),
        "encoded": len(texts),
        "started": datetime.now(UTC).isoformat(),
        "check_seconds": checks.seconds if checks else 0.0,
        **results,
    }


def _made_up_vectors(texts: Collection[str], dimensions: int) -> dict[str, Vectors]:
    rows = np.random.default_rng(SEED).normal(size=(len(texts), dimensions))
    return dict(zip(texts, unit_rows(rows), strict=True))


def _again(
    help_centre: HelpCentre, reindexing: Reindexing, peers: Iterable[Peer]
) -> tuple[dict[str, Spent], dict[str, Spent]]:
    """Edit the articles, and return what each system takes for that and for no change after it."""
    help_centre.edit()
    chunks = help_centre.chunks()
    runs: dict[str, Callable[[], object]] = {"Candor": lambda: _run(reindexing, help_centre)}
    runs |= {peer.name: partial(peer.ingest, chunks) for peer in peers}
    edited = {name: _spent(run) for name, run in runs.items()}
    return edited, {name: _spent(run) for name, run in runs.items()}


def _run(reindexing: Reindexing, help_centre: HelpCentre) -> Reindexed:
    return reindexing.run({"articles": help_centre.source})


def _spent(run: Callable[[], object]) -> Spent:
    began = {Clock.WALL: time.perf_counter(), Clock.PROCESSOR: time.process_time()}
    run()
    return {
        Clock.WALL: time.perf_counter() - began[Clock.WALL],
        Clock.PROCESSOR: time.process_time() - began[Clock.PROCESSOR],
    }


def _result(
    times: Mapping[str, Times], floor: Sequence[Spent], reading: Sequence[Spent], clock: Clock
) -> dict[str, object]:
    """Return the seconds by one clock, and how many times as long as Candor the others take."""
    full = {name: one.full[clock] for name, one in times.items()}
    edited = {name: _median(one.edited, clock) for name, one in times.items()}
    unchanged = {name: _median(one.unchanged, clock) for name, one in times.items()}
    read = _median(reading, clock)
    return {
        "encode": [one[clock] for one in floor],
        "full": full,
        "edited": edited,
        "unchanged": unchanged,
        "read and cut": read,
        "full ÷ encode": full["Candor"] / statistics.mean(one[clock] for one in floor),
        "full ÷ edited": full["Candor"] / edited["Candor"],
        "edited, others ÷ Candor": _ratios(edited, 0.0),
        "edited, others with reading ÷ Candor": _ratios(edited, read),
        "unchanged, others ÷ Candor": _ratios(unchanged, 0.0),
        "unchanged, others with reading ÷ Candor": _ratios(unchanged, read),
    }


def _median(spent: Sequence[Spent], clock: Clock) -> float:
    return statistics.median(one[clock] for one in spent)


def _ratios(seconds: Mapping[str, float], before: float) -> dict[str, float]:
    candor = seconds["Candor"]
    return {name: (one + before) / candor for name, one in seconds.items() if name != "Candor"}


def _print(clock: Clock, result: Mapping[str, Any]) -> None:
    title = f"{clock} seconds; reading and cutting: {result['read and cut']:.2f}, in Candor's only"
    table = Table("", "full", "1 % edited", "unchanged", title=title)
    for name in result["full"]:
        seconds = (result[column][name] for column in ("full", "edited", "unchanged"))
        table.add_row(name, *(f"{one:.2f}" for one in seconds))
    Console(stderr=True).print(table)


if __name__ == "__main__":
    main()
