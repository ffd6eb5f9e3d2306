"""Puts ingestion together from its settings."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ingestion.chunking import Chunker
from ingestion.reindex import Reindexing
from ingestion.settings import IngestionSettings
from ingestion.sources.source import Source
from ingestion.sources.specs import open_source
from knowledge_base.bootstrap import open_ingestion_embedder
from knowledge_base.progress import Progress
from knowledge_base.sample import SAMPLE_ARTICLES


def build_reindexing(
    settings: IngestionSettings, progress: Progress, *, aside: Path | None = None
) -> Reindexing:
    """Return what reindexes the data folder of the settings, or another one `aside` from it."""
    return Reindexing(
        aside or settings.data_dir,
        chunker=Chunker(),
        open_embedder=partial(open_ingestion_embedder, settings),
        now=partial(datetime.now, UTC),
        progress=progress,
    )


def open_sources(settings: IngestionSettings, specs: Iterable[str | Path]) -> dict[str, Source]:
    """Return a source for each spec, by its name; the settings' sources where no spec is given.

    Raises:
        SourceError: A spec names no kind of source, or what it names lacks something.
    """
    named = list(map(str, specs)) or settings.sources or (str(SAMPLE_ARTICLES),)
    return {spec: open_source(spec, settings) for spec in named}
