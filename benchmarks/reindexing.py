"""What reindexes in the measurements of time: an embedder that is loaded, and nothing to tell."""

from datetime import UTC, datetime
from pathlib import Path

from ingestion.chunking import Chunker
from ingestion.reindex import Reindexing
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.progress import NoProgress


def silent_reindexing(data_dir: Path, embedder: Embedder) -> Reindexing:
    """Return what reindexes a data folder with this embedder."""
    return Reindexing(
        data_dir,
        chunker=Chunker(),
        embedder=embedder.fingerprint,
        open_embedder=lambda: embedder,
        now=lambda: datetime.now(UTC),
        progress=NoProgress(),
    )
