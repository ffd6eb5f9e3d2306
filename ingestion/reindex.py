"""READ FIRST: how help articles become the index that serves: plan, build, check, publish.

Each run builds a whole new generation beside the one that serves.
Until the last line of `Reindexing.run` nothing that serves is touched, so a kill, a full disk or
a failed check at any moment leaves the generation before it in place.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingestion.checks import check_generation
from ingestion.chunking import Chunker
from ingestion.errors import NothingToIndexError, SkippedFilesError
from ingestion.reindex_lock import reindex_lock
from ingestion.sources.reading import iterate_articles
from ingestion.sources.source import Skipped, Source
from knowledge_base.article import Article, Chunk
from knowledge_base.embedding import Embedder
from knowledge_base.embedding_cache import CachedEmbedder
from knowledge_base.errors import StorageError
from knowledge_base.generation import publish
from knowledge_base.generation_writer import GenerationWriter
from knowledge_base.manifest import Ingredients, Manifest, SkippedFile
from knowledge_base.progress import Progress
from knowledge_base.search_texts import search_texts
from knowledge_base.vectors import write_vectors

EMBEDDINGS = "embeddings"

# NumPy says "6336 requested and 4592 written", without a number of the error.
_CUT_SHORT = "a file was cut short"


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into a new generation."""

    sources: tuple[str, ...]
    articles: Mapping[str, Article]
    chunks: tuple[Chunk, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a run has published."""

    generation: str
    articles: int
    chunks: int
    embedded: int
    """Texts that weren't in the embedding cache."""
    skipped: tuple[Skipped, ...]
    seconds: float


class Reindexing:
    """Builds and publishes generations in one data folder."""

    def __init__(
        self,
        data_dir: Path,
        *,
        chunker: Chunker,
        open_embedder: Callable[[], Embedder],
        now: Callable[[], datetime],
        progress: Progress,
    ) -> None:
        self._data_dir = data_dir
        self._chunker = chunker
        self._open_embedder = open_embedder
        self._now = now
        self._progress = progress

    def run(self, sources: Mapping[str, Source], *, strict: bool = False) -> Reindexed:
        """Publish a generation of all articles in `sources`, and return what it holds.

        Args:
            sources: Where the articles are, by the name they were given.
            strict: Whether a file that can't be used keeps the generation from being published.

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
            plan = self._plan(sources, strict=strict)
            embedder = self._embedder()
            with (
                _storage_errors(self._data_dir),
                self._writer(plan, embedder, started) as writer,
            ):
                manifest = self._build(plan, embedder, writer)
                check_generation(
                    writer.folder, writer.chroma_folder, plan.articles, plan.chunks, self._progress
                )
                writer.keep(manifest.id)
            publish(self._data_dir, manifest.id)
        return Reindexed(
            generation=manifest.id,
            articles=len(plan.articles),
            chunks=len(plan.chunks),
            embedded=embedder.computed,
            skipped=plan.skipped,
            seconds=time.monotonic() - began,
        )

    def _plan(self, sources: Mapping[str, Source], *, strict: bool) -> Plan:
        self._progress.begin("Reading", None)
        articles: dict[str, Article] = {}
        chunks: list[Chunk] = []
        skipped: list[Skipped] = []
        for found in iterate_articles(sources.values()):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                articles[found.id] = found
                chunks += self._chunker.cut(found)
            self._progress.advance()
        _refuse(sources, articles, chunks, skipped, strict=strict)
        return Plan(tuple(sources), articles, tuple(chunks), tuple(skipped))

    def _embedder(self) -> CachedEmbedder:
        self._progress.begin("Loading", 1)
        embedder = self._open_embedder()
        self._progress.advance()
        return CachedEmbedder(embedder, self._data_dir / EMBEDDINGS, progress=self._progress)

    def _writer(self, plan: Plan, embedder: Embedder, created: datetime) -> GenerationWriter:
        skipped = (
            SkippedFile(source=one.source, path=one.path, reason=one.reason) for one in plan.skipped
        )
        ingredients = Ingredients(
            sources=plan.sources,
            chunker=self._chunker.fingerprint,
            embedder=embedder.fingerprint,
            skipped=tuple(skipped),
        )
        return GenerationWriter(self._data_dir, ingredients, created)

    def _build(self, plan: Plan, embedder: Embedder, writer: GenerationWriter) -> Manifest:
        texts = search_texts(plan.articles, plan.chunks)
        writer.write_articles(plan.articles.values(), plan.chunks)
        vectors = embedder.embed(texts)
        writer.write_vectors(vectors)
        write_vectors(writer.chroma_folder, vectors, self._progress)
        writer.write_keywords(texts)
        return writer.seal(plan.articles, len(plan.chunks), embedder.dimensions)


def _refuse(
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    chunks: Sequence[Chunk],
    skipped: Sequence[Skipped],
    *,
    strict: bool,
) -> None:
    """Raise if this mustn't become a generation."""
    if not chunks:
        names = ", ".join(sources)
        reason = f"; {_first_reason(skipped)}" if skipped else ""
        raise NothingToIndexError(
            f"nothing to index: {len(articles)} articles with text in {names}{reason}; "
            "the generation before it still serves"
        )
    if strict and skipped:
        raise SkippedFilesError(f"nothing published: {_first_reason(skipped)}")


def _first_reason(skipped: Sequence[Skipped]) -> str:
    first = skipped[0]
    return f"{len(skipped)} files can't be used, such as {first.path} ({first.reason})"


@contextmanager
def _storage_errors(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"the data folder {data_dir} can't be written: {error.strerror or _CUT_SHORT}; "
            "make room or set CANDOR_DATA_DIR; the generation before it still serves"
        ) from error
