"""How long a reindex takes: full, after a few edits, and with nothing changed, beside two peers.

Candor reads the files, plans, builds, checks and publishes; LangChain's indexing API and
LlamaIndex's IngestionPipeline get the same chunks, read and cut already, in the same warm process
and with the same embedder. Reading and cutting all files, which their users do before each run, is
timed apart. Encoding the chunks alone is the floor, timed before and after Candor's full ingest.

    python -m benchmarks.reindex (--help-centre DIR | --articles N) [--repeats N]

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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

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
from knowledge_base.generation import Generation
from knowledge_base.search_texts import search_texts

EDITED_SHARE = 0.01
SEED = 1


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of one system."""

    full: float
    edited: tuple[float, ...]
    """After each of the edits of 1 % of the articles."""
    unchanged: tuple[float, ...]


def main() -> None:
    """Measure, and print a table and one line of JSON."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        help_centre = _help_centre(asked, place / "articles")
        print(json.dumps(_measure(HelpCentre(help_centre, place / "candor"), place, asked.repeats)))


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
    return parser.parse_args()


def _help_centre(asked: argparse.Namespace, folder: Path) -> Path:
    if asked.help_centre is None:
        write_short_articles(folder, asked.articles, SEED)
    else:
        shutil.copytree(asked.help_centre, folder)
    return folder


def _measure(help_centre: HelpCentre, place: Path, repeats: int) -> dict[str, object]:
    embedder = open_ingestion_embedder(IngestionSettings())
    chunks = help_centre.chunks()
    embedder.embed(list(chunks.values())[:64])  # everything is loaded
    reindexing = silent_reindexing(place / "candor", embedder)
    peers: list[Peer] = []
    for kind in (LangChainPeer, LlamaIndexPeer):
        (place / kind.name).mkdir()
        peers.append(kind(place / kind.name, embedder))
    floor = [_seconds(lambda: embedder.embed(list(chunks.values())))]
    done: list[Reindexed] = []
    full = {"Candor": _seconds(lambda: done.append(_run(reindexing, help_centre)))}
    floor.append(_seconds(lambda: embedder.embed(list(chunks.values()))))
    for peer in peers:
        full[peer.name] = _seconds(partial(peer.ingest, chunks))
    again = [_again(help_centre, reindexing, peers) for _ in range(repeats)]
    times = {
        name: Times(
            full[name],
            tuple(edited[name] for edited, _ in again),
            tuple(unchanged[name] for _, unchanged in again),
        )
        for name in full
    }
    reading = statistics.median(_seconds(help_centre.chunks) for _ in range(repeats))
    checks = Generation.open(place / "candor", done[0].generation).manifest.checks
    _print(times, len(chunks), reading)
    return {
        "chunks": len(chunks),
        "started": datetime.now(UTC).isoformat(),
        **_full_result(times["Candor"], floor, checks.seconds if checks else 0.0),
        **_peer_result(times, reading),
    }


def _again(
    help_centre: HelpCentre, reindexing: Reindexing, peers: Iterable[Peer]
) -> tuple[dict[str, float], dict[str, float]]:
    """Edit the articles, and return each system's seconds for that and for no change after it."""
    help_centre.edit()
    chunks = help_centre.chunks()
    runs: dict[str, Callable[[], object]] = {"Candor": lambda: _run(reindexing, help_centre)}
    runs |= {peer.name: partial(peer.ingest, chunks) for peer in peers}
    edited = {name: _seconds(run) for name, run in runs.items()}
    return edited, {name: _seconds(run) for name, run in runs.items()}


def _run(reindexing: Reindexing, help_centre: HelpCentre) -> Reindexed:
    return reindexing.run({"articles": help_centre.source})


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _full_result(candor: Times, floor: list[float], check: float) -> dict[str, object]:
    encoding = statistics.mean(floor)
    return {
        "encode_seconds": floor,
        "check_seconds": check,
        "full without the check ÷ encoding": (candor.full - check) / encoding,
        "check ÷ encoding": check / encoding,
        "full ÷ edited": candor.full / statistics.median(candor.edited),
    }


def _peer_result(times: dict[str, Times], reading: float) -> dict[str, object]:
    """Return how many times as long as Candor the others take, without and with reading."""
    edited = {name: statistics.median(one.edited) for name, one in times.items()}
    unchanged = {name: statistics.median(one.unchanged) for name, one in times.items()}
    return {
        "full_seconds": {name: one.full for name, one in times.items()},
        "edited_seconds": edited,
        "unchanged_seconds": unchanged,
        "read_and_cut_seconds": reading,
        "edited, others ÷ Candor": _ratios(edited, 0.0),
        "edited, others with reading ÷ Candor": _ratios(edited, reading),
        "unchanged, others ÷ Candor": _ratios(unchanged, 0.0),
        "unchanged, others with reading ÷ Candor": _ratios(unchanged, reading),
    }


def _ratios(seconds: dict[str, float], before: float) -> dict[str, float]:
    candor = seconds["Candor"]
    return {name: (one + before) / candor for name, one in seconds.items() if name != "Candor"}


def _print(times: dict[str, Times], chunks: int, reading: float) -> None:
    title = f"{chunks} chunks; reading and cutting them: {reading:.2f} s, in Candor's times only"
    table = Table("", "full, s", "1 % edited, s", "unchanged, s", title=title)
    for name, one in times.items():
        medians = (one.full, statistics.median(one.edited), statistics.median(one.unchanged))
        table.add_row(name, *(f"{seconds:.2f}" for seconds in medians))
    Console(stderr=True).print(table)


if __name__ == "__main__":
    main()
