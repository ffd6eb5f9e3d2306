"""Articles that say almost the same, compared by the groups of words that they share."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from zlib import crc32

from ingestion.lint.finding import Finding, Level, Rule
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.manuscript import Manuscript
from knowledge_base.article import Article

SHINGLE_WORDS = 5
MIN_SIMILARITY = 0.8
"""Share of all groups of five words of two articles that both hold (Jaccard; Broder 1997)."""
MIN_SHINGLES = 30
"""Shorter articles are alike by chance."""

_KEPT_ONE_IN = 8
"""Of this many shingles one is looked up to find pairs worth comparing."""
_MOST_SHARING = 50
"""What more articles share is their frame, and doesn't make each of them worth comparing."""
_WORD = re.compile(r"\w+")

NEAR_DUPLICATE = Rule(
    "near-duplicate",
    Level.WARNING,
    "Two articles in force say almost the same in the same words.",
    "Keep one, or say in each whom it is for (applies_to) or that it replaces the other "
    "(supersedes).",
)


class DuplicateCheck:
    """Compares every article in force with those that share words with it."""

    rules = (NEAR_DUPLICATE,)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the pairs that are alike and for the same customers."""
        manuscripts = {one.article.id: one for one in centre.manuscripts if centre.is_in_force(one)}
        shingles = {
            article_id: found
            for article_id, one in manuscripts.items()
            if len(found := _shingles(one.article.body)) >= MIN_SHINGLES
        }
        for one, other in sorted(_candidates(shingles)):
            similarity = _similarity(shingles[one], shingles[other])
            first, second = manuscripts[one], manuscripts[other]
            if similarity >= MIN_SIMILARITY and not _told_apart(first, second):
                message = f"{similarity:.0%} the same as {second.article.title!r}"
                yield Finding(NEAR_DUPLICATE, message, (first.top(), second.top()))


def _shingles(body: str) -> frozenset[int]:
    words = _words(body)
    groups = zip(*(words[offset:] for offset in range(SHINGLE_WORDS)), strict=False)
    return frozenset(crc32(" ".join(group).encode()) for group in groups)


def _candidates(shingles: Mapping[str, frozenset[int]]) -> set[tuple[str, str]]:
    """Return the pairs of ids whose articles share some shingle that is looked up."""
    holders: dict[int, list[str]] = defaultdict(list)
    for article_id, found in sorted(shingles.items()):
        for shingle in found:
            if shingle % _KEPT_ONE_IN == 0:
                holders[shingle].append(article_id)
    return {
        pair for sharing in holders.values() for pair in combinations(sharing[:_MOST_SHARING], 2)
    }


def _similarity(one: frozenset[int], other: frozenset[int]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _told_apart(one: Manuscript, other: Manuscript) -> bool:
    first, second = one.article, other.article
    return (
        dict(first.applies_to) != dict(second.applies_to)
        or first.id in second.supersedes
        or second.id in first.supersedes
        or (_names_its_own(first, second) and _names_its_own(second, first))
    )


def _names_its_own(article: Article, other: Article) -> bool:
    """Tell whether a word of the title is what the article is about, and the other one isn't."""
    named = set(_words(article.title)) & set(_words(article.body))
    return bool(named - set(_words(other.title)) - set(_words(other.body)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
