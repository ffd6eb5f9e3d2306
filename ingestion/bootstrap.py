"""Puts ingestion together from its settings."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ingestion.chunking import Chunker
from ingestion.reindex import Reindexing
from ingestion.settings import IngestionSettings
from ingestion.sources.folder import FolderSource
from ingestion.sources.source import Source
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


def folder_sources(settings: IngestionSettings, paths: Iterable[Path]) -> dict[str, Source]:
    """Return a source for each path, by its name; the sample articles where no path is given."""
    named = list(paths) or [SAMPLE_ARTICLES]
    return {str(path): FolderSource(path, settings.max_file_bytes) for path in named}
