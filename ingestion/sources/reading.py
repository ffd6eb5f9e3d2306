"""Reading: what several sources hold together, each article id once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingestion.sources.source import Skipped, Source
from knowledge_base.article import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of all sources, and the files that couldn't be used."""

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]


def read_articles(sources: Iterable[Source]) -> Reading:
    """Return everything that `sources` hold.

    Raises:
        SourceError: A source as a whole can't be read.
    """
    found = tuple(iterate_articles(sources))
    return Reading(
        tuple(one for one in found if isinstance(one, Article)),
        tuple(one for one in found if isinstance(one, Skipped)),
    )


def iterate_articles(sources: Iterable[Source]) -> Iterator[Article | Skipped]:
    """Yield what `sources` hold, one by one; an id that comes again is skipped by name.

    Raises:
        SourceError: A source as a whole can't be read.
    """
    for _, found in iterate_named({str(number): one for number, one in enumerate(sources)}):
        yield found


def iterate_named(sources: Mapping[str, Source]) -> Iterator[tuple[str, Article | Skipped]]:
    """Yield what `sources` hold, each with its source's name; see `iterate_articles`.

    Raises:
        SourceError: A source as a whole can't be read.
    """
    first_paths: dict[str, str] = {}
    for name, source in sources.items():
        for found in source.read():
            if isinstance(found, Skipped):
                yield name, found
            elif found.id in first_paths:
                yield name, _second(found, first_paths[found.id])
            else:
                first_paths[found.id] = found.path
                yield name, found


def _second(article: Article, first_path: str) -> Skipped:
    return Skipped(
        article.path,
        f"id {article.id!r} comes twice: {first_path} has it, so {article.path} is left out",
    )
