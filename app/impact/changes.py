"""What two editions of an article promise otherwise, and where the older one says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.impact.edition import Edition
from knowledge_base.article import Article
from knowledge_base.policy.changes import fact_changes

PASSAGES_REMEMBERED = 4096


class Ground(StrEnum):
    """Why an answer is affected."""

    FACT = "fact"
    """A policy fact in the words that it rested on says something else, or is gone."""
    REMOVED = "removed"
    """The article is gone."""
    VALIDITY = "validity"
    """The article holds for others or at other times, or another one takes its place."""
    WORDS = "words"
    """The words that it rested on don't stand in the article any more."""
    UNKNOWN = "unknown"
    """The article as it was isn't kept, and has changed since: a person must look."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an article doesn't say any more as it did."""

    article: str
    ground: Ground
    told: str
    """"refund window 30 → 45 days, EU", or what else has become of it."""
    start: int
    """Code points into the older body, like `end` (exclusive), of the words that it concerns."""
    end: int

    def concerns(self, start: int, end: int) -> bool:
        """Whether these words of the older body hold what has changed."""
        return (start <= self.start and self.end <= end) or self.ground in _WHOLE_ARTICLE


_WHOLE_ARTICLE = frozenset({Ground.REMOVED, Ground.VALIDITY})


def changed_articles(before: Edition, after: Edition) -> tuple[str, ...]:
    """Return the ids of the older edition's articles that aren't the same in the newer one."""
    superseded = _superseded(after) - _superseded(before)
    return tuple(
        one
        for one in before.articles
        if before.versions.get(one) != after.versions.get(one) or one in superseded
    )


def changes_of(article: str, before: Edition, after: Edition) -> tuple[Change, ...]:
    """Return what the older edition says of an article's policy and the newer one doesn't."""
    old, new = before.articles[article], after.articles.get(article)
    if new is None:
        told = f"the article “{old.title}” is gone"
        return (Change(article, Ground.REMOVED, told, 0, len(old.body)),)
    facts = fact_changes(before.facts.get(article, ()), after.facts.get(article, ()))
    changed = [
        Change(article, Ground.FACT, str(one), one.before.start, one.before.end)
        for one in facts
        if one.before is not None
    ]
    return (*changed, *_of_validity(old, new, before, after))


def stands(words: str, article: Article) -> bool:
    """Whether words still stand in an article, however its lines are broken."""
    return _flat(words) in _flat(article.body)


def _of_validity(old: Article, new: Article, before: Edition, after: Edition) -> Iterator[Change]:
    differing = [
        f"{name} {_shown(getattr(old, name))} → {_shown(getattr(new, name))}"
        for name in ("applies_to", "valid_from", "valid_to")
        if getattr(old, name) != getattr(new, name)
    ]
    if old.id in _superseded(after) - _superseded(before):
        differing.append("another article takes its place")
    for told in differing:
        yield Change(old.id, Ground.VALIDITY, told, 0, len(old.body))


def _superseded(edition: Edition) -> set[str]:
    return {one for article in edition.articles.values() for one in article.supersedes}


def _shown(value: object) -> str:
    return "–" if not value else str(value)


@lru_cache(maxsize=PASSAGES_REMEMBERED)
def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()
