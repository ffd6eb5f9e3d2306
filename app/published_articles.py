"""The articles as a generation keeps them, so that a cited passage can be read in its place."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

from app.errors import NotFoundError
from app.releases.served_generation import ServedGeneration
from knowledge_base.article import Article
from knowledge_base.errors import KnowledgeBaseError
from knowledge_base.generations.files import MANIFEST_FILE
from knowledge_base.generations.generation import Generation, whole_manifest
from knowledge_base.generations.ledger import Facts, read_ledger
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.generations.serving import Served

_KEPT_OPEN = 3
"""Generations: the current one and the ones that recent answers cited."""


class Articles(Protocol):
    """Reads the articles of published generations."""

    def current(self) -> str:
        """Return the id of the published generation.

        Raises:
            NoGenerationError: Nothing has been published yet.
        """
        ...

    def warning(self) -> str | None:
        """Return why `current` isn't what was published last, in one line; None where it is.

        Raises:
            NoGenerationError: Nothing has been published yet.
        """
        ...

    def article(self, article: str, generation: str | None = None) -> Article:
        """Return an article as a generation has it, by default the published one.

        Raises:
            NotFoundError: There is no such article, or the generation isn't kept any more.
            NoGenerationError: Nothing has been published yet.
        """
        ...

    def all(self, generation: str | None = None) -> Mapping[str, Article]:
        """Return all articles of a generation by id, by default of the published one.

        Raises:
            NotFoundError: The generation isn't kept any more.
            NoGenerationError: Nothing has been published yet.
        """
        ...

    def facts(self, article: str, generation: str) -> Facts:
        """Return what an article of a generation promises, in the order of its text.

        Raises:
            NotFoundError: There is no such article, or the generation isn't kept any more.
            DamagedGenerationError: The generation's facts can't be read.
        """
        ...

    def titled(self, words: str, limit: int) -> tuple[Article, ...]:
        """Return the published articles whose titles hold all `words`, by title.

        Raises:
            NoGenerationError: Nothing has been published yet.
        """
        ...


class PublishedArticles:
    """Reads articles from the data folder's generations."""

    def __init__(
        self,
        served: Callable[[], Served],
        kept: Callable[[], Collection[str]],
        read: Callable[[str], Mapping[str, Article]],
        read_facts: Callable[[str], Mapping[str, Facts]],
    ) -> None:
        self._served = served
        self._kept = kept
        self._read = lru_cache(maxsize=_KEPT_OPEN)(read)
        self._read_facts = lru_cache(maxsize=1)(read_facts)

    def current(self) -> str:
        """Return the id of the generation that serves."""
        return self._served().generation

    def warning(self) -> str | None:
        """Return why that isn't what was published last, in one line; None where it is."""
        return self._served().instead_of

    def article(self, article: str, generation: str | None = None) -> Article:
        """Return an article as a generation has it; see `Articles`."""
        found = self.all(generation).get(article)
        if found is None:
            raise NotFoundError("There is no such article in this generation of the index.")
        return found

    def all(self, generation: str | None = None) -> Mapping[str, Article]:
        """Return all articles of a generation by id; see `Articles`."""
        wanted = generation or self.current()
        # Only names that the data folder lists are ever made into a path.
        if generation is not None and generation not in self._kept():
            raise NotFoundError("This generation of the index isn't kept any more.")
        return self._read(wanted)

    def facts(self, article: str, generation: str) -> Facts:
        """Return what an article of a generation promises; see `Articles`."""
        found = self.article(article, generation)  # only kept generations are ever read
        return self._read_facts(generation)[found.id]

    def titled(self, words: str, limit: int) -> tuple[Article, ...]:
        """Return the published articles whose titles hold all `words`, by title."""
        wanted = words.casefold().split()
        found = (
            article
            for article in self.all().values()
            if all(word in article.title.casefold() for word in wanted)
        )
        return tuple(sorted(found, key=lambda article: (article.title.casefold(), article.id)))[
            :limit
        ]


def open_articles(data_dir: Path) -> PublishedArticles:
    """Return the articles of the data folder's generations, each read when it is asked for."""
    return PublishedArticles(
        ServedGeneration(data_dir).current,
        partial(_kept_in, data_dir / GENERATIONS),
        lambda generation: Generation.open(data_dir, generation).articles,
        lambda generation: read_ledger(data_dir / GENERATIONS / generation),
    )


def when_built(data_dir: Path) -> Callable[[], datetime | None]:
    """Return what says when the generation that serves was built, None where none does."""
    served = ServedGeneration(data_dir)

    @lru_cache(maxsize=1)
    def created(generation: str) -> datetime:
        return whole_manifest(data_dir / GENERATIONS / generation).created

    def built() -> datetime | None:
        try:
            return created(served.current().generation)
        except KnowledgeBaseError:
            return None

    return built


def _kept_in(folder: Path) -> frozenset[str]:
    return frozenset(manifest.parent.name for manifest in folder.glob(f"*/{MANIFEST_FILE}"))
