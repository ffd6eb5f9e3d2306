"""What the content editor reads: the published articles, each with the facts that it states."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.published_articles import Articles
from knowledge_base.article import Article
from knowledge_base.generations.ledger import Facts


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the articles that hold the words looked for."""

    total: int
    """How many there are in all."""
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An article beside what is known of it."""

    generation: str
    article: Article
    facts: Facts
    """In the order of the text."""


class Review:
    """Looks through the published articles."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def find(
        self,
        words: str,
        *,
        among: Collection[str] | None = None,
        offset: int = 0,
        limit: int = 20,
    ) -> Found:
        """Return the articles that hold every one of `words`, by title; those in titles first.

        Args:
            words: What is looked for in titles, ids and texts.
            among: Ids of the articles that are looked through; all where it is None.
            offset: How many of those found are left out.
            limit: How many are returned at most.

        Raises:
            NoGenerationError: Nothing has been published yet.
        """
        wanted = words.casefold().split()
        articles = [
            article
            for article in self._articles.all().values()
            if among is None or article.id in among
        ]
        titled = _by_title(each for each in articles if _holds(each.title, wanted))
        known = {article.id for article in titled}
        others = _by_title(
            each
            for each in articles
            if each.id not in known and _holds(f"{each.title}\n{each.id}\n{each.body}", wanted)
        )
        found = (*titled, *others)
        return Found(len(found), found[offset : offset + limit])

    def read(self, article: str) -> Reviewed:
        """Return a published article with its facts.

        Raises:
            NotFoundError: There is no such article.
            NoGenerationError: Nothing has been published yet.
            DamagedGenerationError: The generation's facts can't be read.
        """
        generation = self._articles.current()
        found = self._articles.article(article, generation)
        return Reviewed(generation, found, self._articles.facts(article, generation))


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _by_title(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.title.casefold(), article.id)))
