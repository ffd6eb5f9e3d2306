"""The edition: the articles that a new generation is to hold.

An article whose file can't be used this time stays as it was last read; one whose file is gone,
or whose author took it back, goes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ingestion.earlier import Earlier
from ingestion.sources.reading import iterate_named
from ingestion.sources.source import Skipped, Source
from knowledge_base.article import Article
from knowledge_base.generations.plan import KeptArticle, SkippedFile
from knowledge_base.generations.writer import article_hash
from knowledge_base.progress import Progress


@dataclass(slots=True)
class Edition:
    """What the sources hold now, and what of the generation that serves stays beside it."""

    articles: dict[str, Article] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    """Name of the source that each article was read from, by its id."""
    skipped: list[SkippedFile] = field(default_factory=list)
    kept: list[KeptArticle] = field(default_factory=list)

    def add(self, article: Article, origin: str) -> None:
        """Take an article in."""
        self.articles[article.id], self.origins[article.id] = article, origin

    def hashes(self) -> dict[str, str]:
        """Return the content hash of each article by id, in their order."""
        return {article.id: article_hash(article) for article in self.articles.values()}


def read_edition(
    sources: Mapping[str, Source], earlier: Earlier | None, progress: Progress
) -> Edition:
    """Read all sources, by name, and return what they hold with what is kept.

    Raises:
        SourceError: A source as a whole can't be read.
    """
    progress.begin("Reading", None)
    edition = Edition()
    failed: list[SkippedFile] = []
    for name, found in iterate_named(sources):
        if isinstance(found, Skipped):
            listed = SkippedFile(source=name, path=found.path, reason=found.reason)
            edition.skipped.append(listed)
            if not found.withdrawn:
                failed.append(listed)
        else:
            edition.add(found, name)
        progress.advance()
    if earlier and failed:
        _keep(edition, earlier, failed)
    return edition


def _keep(edition: Edition, earlier: Earlier, failed: list[SkippedFile]) -> None:
    for file in failed:
        for article_id in _read_from(file, earlier):
            if article_id not in edition.articles:
                edition.add(earlier.articles[article_id], file.source)
                edition.kept.append(KeptArticle(article=article_id, **file.model_dump()))


def _read_from(file: SkippedFile, earlier: Earlier) -> Iterator[str]:
    """Yield the ids of the articles last read from a file, or from below it if it is a folder."""
    for article_id, origin in earlier.manifest.origins.items():
        path = earlier.articles[article_id].path
        if origin == file.source and (path == file.path or path.startswith(f"{file.path}/")):
            yield article_id
