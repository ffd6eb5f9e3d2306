"""READ FIRST: how help articles become the index that serves: plan, build, check, publish.

Each run builds a whole new generation beside the one that serves, and takes over from that one
what hasn't changed. Until the last step of `Reindexing.run` nothing that serves is touched, so a
kill, a full disk or a failed check at any moment leaves the generation before it in place.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingestion.chunking import Chunker
from ingestion.cutting import CutEdition
from ingestion.earlier import open_earlier
from ingestion.edition import read_edition
from ingestion.errors import FailedCheckError, NothingToIndexError, SkippedFilesError
from ingestion.plan import Planned, Recipe, make_plan
from ingestion.reindex_lock import reindex_lock
from ingestion.sources.source import Source
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.errors import DamagedGenerationError, StorageError
from knowledge_base.failpoints import Failpoints, NoFailpoints, Step
from knowledge_base.generations.ledger import ledger_fingerprint
from knowledge_base.generations.manifest import Ingredients
from knowledge_base.generations.pins import Pins, read_pins
from knowledge_base.generations.plan import Plan
from knowledge_base.generations.publication import publish
from knowledge_base.generations.writer import GenerationWriter
from knowledge_base.progress import Progress

if TYPE_CHECKING:
    from ingestion.build import Built
    from ingestion.probe import Probe

EMBEDDINGS = "embeddings"

# NumPy says "6336 requested and 4592 written", without a number of the error.
_CUT_SHORT = "a file was cut short"


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What serves after a run."""

    generation: str
    published: bool
    """Whether the run published it; where nothing had changed, it serves already."""
    articles: int
    chunks: int
    embedded: int
    """Texts that weren't in the embedding cache."""
    plan: Plan
    """What the run set out to do, with the files that were skipped."""
    seconds: float


class Reindexing:
    """Builds and publishes generations in one data folder."""

    def __init__(
        self,
        data_dir: Path,
        *,
        chunker: Chunker,
        embedder: str,
        open_embedder: Callable[[], Embedder],
        now: Callable[[], datetime],
        progress: Progress,
        probe: "Probe | None" = None,
        failpoints: Failpoints | None = None,
    ) -> None:
        """Prepare to reindex.

        Args:
            data_dir: Where the generations lie.
            chunker: Cuts the articles.
            embedder: Fingerprint of the embedding model.
            open_embedder: Loads that model, where it is needed.
            now: The clock.
            progress: Hears of each step.
            probe: Questions that must go on finding their articles.
            failpoints: Hears of each step too.
        """
        self._data_dir = data_dir
        self._recipe = Recipe(chunker, embedder)
        self._open_embedder = open_embedder
        self._now = now
        self._progress = progress
        self._probe = probe
        self._failpoints = failpoints or NoFailpoints()

    def plan(self, sources: Mapping[str, Source], *, full: bool = False) -> Plan:
        """Return what a run with the same sources would do now, and change nothing.

        Raises:
            SourceError: A source can't be read.
            NothingToIndexError: The sources hold nothing to index.
        """
        return self._planned(sources, strict=False, full=full).plan

    def pins(self) -> Pins:
        """Return what releases hold fast, which keeps what is published waiting.

        Raises:
            StorageError: It can't be read.
        """
        return read_pins(self._data_dir)

    def run(
        self,
        sources: Mapping[str, Source],
        *,
        strict: bool = False,
        full: bool = False,
        on_plan: Callable[[Plan], None] = lambda _: None,
    ) -> Reindexed:
        """Publish a generation of all articles in `sources`, unless the one that serves is it.

        Args:
            sources: Where the articles are, by the name they were given.
            strict: Whether a file that can't be used keeps the generation from being published.
            full: Whether everything is built anew, whatever hasn't changed.
            on_plan: Hears of the plan before anything is built.

        Raises:
            ReindexRunningError: Another run is at work in the data folder.
            SourceError: A source can't be read.
            NothingToIndexError: The sources hold nothing to index.
            SkippedFilesError: `strict`, and a file was skipped.
            FailedCheckError: The new generation isn't what it should be.
            StorageError: The data folder can't be written.
        """
        started, began = self._now(), time.monotonic()
        with reindex_lock(self._data_dir, started):
            self._failpoints.reach(Step.LOCKED)
            planned = self._planned(sources, strict=strict, full=full)
            on_plan(planned.plan)
            if planned.cut is None:
                return _unchanged(planned, time.monotonic() - began)
            with _storage_errors(self._data_dir):
                built = self._build(planned, planned.cut, tuple(sources), started)
            publish(self._data_dir, built.manifest.id, self._failpoints)
        return Reindexed(
            generation=built.manifest.id,
            published=True,
            articles=len(built.manifest.articles),
            chunks=built.manifest.chunks,
            embedded=built.embedded,
            plan=planned.plan,
            seconds=time.monotonic() - began,
        )

    def _planned(self, sources: Mapping[str, Source], *, strict: bool, full: bool) -> Planned:
        compared = open_earlier(self._data_dir)
        edition = read_edition(sources, compared.earlier, self._progress)
        self._failpoints.reach(Step.READ)
        planned = make_plan(
            edition, compared, self._recipe, embeddings=self._data_dir / EMBEDDINGS, full=full
        )
        _refuse(planned, tuple(sources), strict=strict)
        self._failpoints.reach(Step.PLANNED)
        return planned

    def _build(
        self, planned: Planned, cut: CutEdition, sources: tuple[str, ...], started: datetime
    ) -> "Built":
        from ingestion.build import Builder  # noqa: PLC0415 — Chroma, where nothing changed

        builder = Builder(
            embeddings=self._data_dir / EMBEDDINGS,
            open_embedder=self._open_embedder,
            probe=self._probe,
            progress=self._progress,
            failpoints=self._failpoints,
        )
        with self._writer(planned, sources, started) as writer:
            try:
                built = builder.build(planned, cut, writer)
            except (FailedCheckError, DamagedGenerationError) as failure:
                raise _set_aside(writer, failure) from failure
            writer.keep(built.manifest)
        return built

    def _writer(
        self, planned: Planned, sources: tuple[str, ...], created: datetime
    ) -> GenerationWriter:
        ingredients = Ingredients(
            sources=sources,
            chunker=self._recipe.chunker.fingerprint,
            embedder=self._recipe.embedder,
            ledger=ledger_fingerprint(),
            skipped=planned.plan.skipped,
            origins=planned.edition.origins,
            plan=planned.plan,
        )
        return GenerationWriter(
            self._data_dir, ingredients, planned.hashes, created, self._failpoints
        )


def _unchanged(planned: Planned, seconds: float) -> Reindexed:
    if planned.earlier is None:
        raise NothingToIndexError("nothing to index, and nothing was indexed before")
    manifest = planned.earlier.manifest
    return Reindexed(
        generation=manifest.id,
        published=False,
        articles=len(manifest.articles),
        chunks=manifest.chunks,
        embedded=0,
        plan=planned.plan,
        seconds=seconds,
    )


def _refuse(planned: Planned, sources: tuple[str, ...], *, strict: bool) -> None:
    """Raise if this mustn't become a generation."""
    plan = planned.plan
    if planned.cut is not None and not planned.cut.chunks:
        reason = f"; {_first_reason(plan)}" if plan.skipped else ""
        raise NothingToIndexError(
            f"nothing to index: {len(planned.hashes)} articles with text in {', '.join(sources)}"
            f"{reason}; the generation before it still serves"
        )
    if strict and plan.skipped:
        raise SkippedFilesError(f"nothing published: {_first_reason(plan)}")


def _first_reason(plan: Plan) -> str:
    first = plan.skipped[0]
    return f"{len(plan.skipped)} files can't be used, such as {first.path} ({first.reason})"


def _set_aside(
    writer: GenerationWriter, failure: FailedCheckError | DamagedGenerationError
) -> FailedCheckError:
    folder = writer.set_aside(str(failure))
    return FailedCheckError(
        f"{failure}; nothing is published, what was built lies in {folder}, "
        "the generation before it still serves"
    )


@contextmanager
def _storage_errors(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"the data folder {data_dir} can't be written: {error.strerror or _CUT_SHORT}; "
            "make room or set CANDOR_DATA_DIR; the generation before it still serves"
        ) from error
