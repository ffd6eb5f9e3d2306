"""Reindexes a folder with an embedder that needs no model; a test kills it at some moment."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from ingestion.chunking import Chunker
from ingestion.reindex import Reindexing
from ingestion.sources.folder import FolderSource
from knowledge_base.errors import CandorError
from knowledge_base.progress import NoProgress
from tests.fakes import HashEmbedder


def main(data_dir: Path, source: Path) -> int:
    """Reindex, say `ready` when the work begins, and return the exit status."""
    reindexing = Reindexing(
        data_dir,
        chunker=Chunker(),
        embedder=HashEmbedder().fingerprint,
        open_embedder=HashEmbedder,
        now=lambda: datetime.now(UTC),
        progress=NoProgress(),
    )
    print("ready", flush=True)  # noqa: T201 — the test waits for it
    try:
        reindexing.run({"source": FolderSource(source, 10_000)})
    except CandorError as error:
        print(error, file=sys.stderr)  # noqa: T201 — the test reads it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
