"""Runs reindexes in processes of their own, ends them, and reads what serves meanwhile."""

import multiprocessing
import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Event, Lock, Thread

from knowledge_base.errors import CandorError
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.serving import Serving
from knowledge_base.searching.search import SearchIndex
from tests.fakes import HashEmbedder
from tests.faults.reindex_child import Armed, reindex_here
from tests.reindexed import ARTICLES, editions

_STARTING = Lock()
"""Held by who starts a child or learns how one ended: starting one asks after all of them."""
# What a child imports, imported once for all of them.
_PRELOADED = ["ingestion.build", "tests.faults.reindex_child"]


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that has ended."""

    exit_code: int
    """-9 where it was killed."""
    told: str | None
    """The error that it ended with."""
    seconds: float
    """From its beginning, in its own process, until it told that or ended."""


@contextmanager
def started(
    data_dir: Path, edition: str, armed: Armed | None = None, largest_file: int = -1
) -> Iterator[tuple[ForkServerProcess, Connection]]:
    """Reindex in a process of its own, killed at the latest when the block ends."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    here, there = context.Pipe()
    limit = resource.RLIM_INFINITY if largest_file < 0 else largest_file
    child = context.Process(
        target=reindex_here, args=(data_dir, edition, armed or Armed(), limit, there)
    )
    with _STARTING:
        child.start()
    there.close()
    here.recv()
    try:
        yield child, here
    finally:
        child.kill()
        _end(child)
        here.close()


def run(
    data_dir: Path, edition: str, armed: Armed | None = None, *, largest_file: int = -1
) -> Ended:
    """Reindex in a process of its own, and return how it ended."""
    with started(data_dir, edition, armed, largest_file) as (child, told):
        began = time.monotonic()
        try:
            error = told.recv()
        except EOFError:
            error = None
        seconds = time.monotonic() - began
        _end(child)
        return Ended(child.exitcode or 0, error, seconds)


def _end(child: ForkServerProcess) -> None:
    """Wait until a child has ended, and learn how."""
    wait([child.sentinel])
    with _STARTING:
        child.join()


def kill_after(data_dir: Path, edition: str, seconds: float) -> None:
    """Begin to reindex in a process of its own, and kill it so much later."""
    with started(data_dir, edition):
        time.sleep(seconds)


@dataclass
class Reader:
    """Opens and searches what serves, again and again, and notes what is wrong with it."""

    data_dir: Path
    reads: int = 0
    lost: list[str] = field(default_factory=list)
    """Readings that lacked an article, or didn't find one that they held."""
    mixed: list[str] = field(default_factory=list)
    """Readings that held more than one edition."""
    failed: list[str] = field(default_factory=list)
    """Readings that found nothing that serves."""

    def read(self) -> str | None:
        """Return the one edition that serves, as if a server started now; None where it fails."""
        self.reads += 1
        try:
            generation = Generation.open(self.data_dir, Serving(self.data_dir).generation_id())
        except CandorError as error:
            self.failed.append(str(error))
            return None
        said = editions(" ".join(one.body for one in generation.articles.values()))
        if len(said) != 1:
            self.mixed.append(f"{generation.id}: {sorted(said)}")
        if problem := _lost(generation, self.reads % ARTICLES):
            self.lost.append(f"{generation.id}: {problem}")
        return ", ".join(sorted(said))

    @property
    def problems(self) -> list[str]:
        """Everything that was wrong."""
        return [*self.lost, *self.mixed, *self.failed]


@contextmanager
def watching(reader: Reader) -> Iterator[None]:
    """Let the reader read beside other work, as long as the block runs."""
    ended = Event()

    def watch() -> None:
        while not ended.is_set():
            reader.read()

    thread = Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _lost(generation: Generation, number: int) -> str | None:
    held: Sequence[int] = (len(generation.articles), len(generation.vectors))
    if held != (ARTICLES, len(generation.chunks)):
        return f"it holds {held[0]} articles, {held[1]} vectors"
    found = SearchIndex(generation, HashEmbedder()).search(
        f"Rule {number} of them", limit=ARTICLES, at=generation.manifest.created.date()
    )
    if str(number) not in {ranked.article.id for ranked in found.articles}:
        return f"article {number} isn't found"
    return None
