"""Puts ingestion together from its settings."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ingestion.chunking import Chunker
from ingestion.reindex import Reindexing
from ingestion.settings import IngestionSettings
from ingestion.sources.source import Source
from ingestion.sources.specs import open_source
from knowledge_base.bootstrap import open_ingestion_embedder
from knowledge_base.embedding.model_files import find_model
from knowledge_base.progress import Progress
from knowledge_base.sample import SAMPLE_ARTICLES, SAMPLE_QUESTIONS
from knowledge_base.validity import today

if TYPE_CHECKING:
    from ingestion.probe import Probe


def build_reindexing(
    settings: IngestionSettings,
    progress: Progress,
    *,
    aside: Path | None = None,
    probe: Path | None = None,
) -> Reindexing:
    """Return what reindexes the data folder of the settings, or another one `aside` from it.

    Raises:
        EmbedderError: The embedding model can't be had.
        BadInputError: The file of probe questions can't be used.
    """
    return Reindexing(
        aside or settings.data_dir,
        chunker=Chunker(),
        embedder=find_model(settings.embedder, download=True).fingerprint,
        open_embedder=partial(open_ingestion_embedder, settings),
        now=partial(datetime.now, UTC),
        progress=progress,
        probe=_probe(settings, probe) if probe else None,
    )


def default_probe(sources: Collection[str]) -> Path | None:
    """Return the questions to probe a generation with: the sample's, where that is all it holds."""
    of_sample = set(sources) == {str(SAMPLE_ARTICLES)}
    return SAMPLE_QUESTIONS if of_sample and SAMPLE_QUESTIONS.is_file() else None


def _probe(settings: IngestionSettings, questions: Path) -> "Probe":
    from ingestion.probe import read_probe  # noqa: PLC0415 — where nothing is probed, no search

    return read_probe(
        questions, today=today(settings.timezone), allowed_drop=settings.probe_allowed_drop
    )


def open_sources(settings: IngestionSettings, specs: Iterable[str | Path]) -> dict[str, Source]:
    """Return a source for each spec, by its name; the settings' sources where no spec is given.

    Raises:
        SourceError: A spec names no kind of source, or what it names lacks something.
    """
    named = list(map(str, specs)) or settings.sources or (str(SAMPLE_ARTICLES),)
    return {spec: open_source(spec, settings) for spec in named}
