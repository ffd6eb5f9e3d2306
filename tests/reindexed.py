"""A data folder that is reindexed without a model, from articles that say their edition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingestion.chunking import Chunker
from ingestion.reindex import Reindexed, Reindexing
from ingestion.sources.source import Skipped
from knowledge_base.article import Article
from knowledge_base.failpoints import Failpoints
from knowledge_base.progress import NoProgress
from tests.builders import an_article
from tests.fakes import HashEmbedder

ARTICLES = 40

_EDITION = re.compile(r"Edition (\w+) says rule (\d+):")


@dataclass(frozen=True, slots=True)
class EditionSource:
    """Articles that all say which edition they belong to; half of each is the same in all."""

    edition: str
    articles: int = ARTICLES

    def read(self) -> Iterator[Article | Skipped]:
        """Yield the articles."""
        for number in range(self.articles):
            own = f"Edition {self.edition} says rule {number}: it takes 5 days."
            shared = f"Rule {number} is told to whoever asks for it in a shop. " * 15
            yield an_article(
                f"## What holds\n\n{own}\n\n## Who is told\n\n{shared.strip()}",
                article_id=str(number),
                title=f"Rule {number} of them",
            )


def editions(text: str) -> set[str]:
    """Return the editions that a text speaks for."""
    return {edition for edition, _ in _EDITION.findall(text)}


def reindexing(data_dir: Path, failpoints: Failpoints | None = None) -> Reindexing:
    """Return what reindexes the folder with the hash embedder."""
    return Reindexing(
        data_dir,
        chunker=Chunker(),
        embedder=HashEmbedder().fingerprint,
        open_embedder=HashEmbedder,
        now=lambda: datetime.now(UTC),
        progress=NoProgress(),
        failpoints=failpoints,
    )


def reindex_edition(data_dir: Path, edition: str) -> Reindexed:
    """Publish an edition."""
    return reindexing(data_dir).run({"source": EditionSource(edition)})
