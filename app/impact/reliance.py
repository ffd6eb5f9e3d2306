"""Which answers relied on what has changed: each shown claim beside the words that it rested on.

The words are looked up in the article *as it was for that answer*, found by its content hash, so
that an answer of an older generation is held against the same change. What was newer than the
change, or had changed already before it, isn't affected by it.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.impact.changes import Change, Ground, changes_of, stands
from app.impact.edition import Edition, Editions
from app.store.reliances import Reliance
from knowledge_base.policy.fact import PolicyFact


@dataclass(frozen=True, slots=True)
class Affected:
    """A shown sentence that relied on what has changed."""

    reliance: Reliance
    ground: Ground
    told: tuple[str, ...]
    """What has changed, a line each."""
    is_stated: bool
    """Whether the sentence itself has the words that changed, and doesn't only rest beside them."""


class BlastRadius:
    """Says of shown sentences whether they relied on what changed from one edition to another."""

    def __init__(self, before: Edition, after: Edition, editions: Editions) -> None:
        self._before = before
        self._after = after
        self._editions = editions
        self._changes = cache(self._found_changes)

    def affected(self, reliances: Iterable[Reliance]) -> tuple[Affected, ...]:
        """Return those that relied on what has changed, one entry a sentence and place."""
        found = (self._judged(one) for one in reliances if not self._is_newer(one))
        return tuple(one for one in found if one is not None)

    def _judged(self, one: Reliance) -> Affected | None:
        edition = self._edition_of(one)
        if edition is None:
            told = "the article as it was isn't kept, and it has changed since"
            return Affected(one, Ground.UNKNOWN, (told,), is_stated=False)
        article = edition.articles[one.article]
        words = article.body[one.start : one.end]
        concerning = self._concerning(one, edition, words)
        if not concerning:
            return None
        said = [article.body[each.start : each.end].casefold() for each in concerning]
        is_stated = any(each in one.shown.casefold() for each in said if each)
        grounds = [each.ground for each in concerning]
        return Affected(
            one,
            min(grounds, key=list(Ground).index),
            tuple(dict.fromkeys(each.told for each in concerning)),
            is_stated=is_stated,
        )

    def _concerning(self, one: Reliance, edition: Edition, words: str) -> tuple[Change, ...]:
        """Return what changed of the words between the two editions, and not before."""
        now = self._of(one, edition, self._after, words)
        already = {
            (each.ground, each.start) for each in self._of(one, edition, self._before, words)
        }
        return tuple(each for each in now if (each.ground, each.start) not in already)

    def _of(
        self, one: Reliance, edition: Edition, other: Edition, words: str
    ) -> tuple[Change, ...]:
        changes = tuple(
            each
            for each in self._changes(one.article, edition.generation, other.generation)
            if each.concerns(one.start, one.end)
        )
        article = other.articles.get(one.article)
        if changes or article is None or stands(words, article):
            return changes
        told = f"gone: “{' '.join(words.split())}”"
        return (Change(one.article, Ground.WORDS, told, one.start, one.end),)

    def _found_changes(self, article: str, older: str, newer: str) -> tuple[Change, ...]:
        old, new = self._known(older), self._known(newer)
        return changes_of(article, old, new) if old and new and older != newer else ()

    def _known(self, generation: str) -> Edition | None:
        known = {one.generation: one for one in (self._before, self._after)}
        return known.get(generation) or self._editions(generation)

    def _edition_of(self, one: Reliance) -> Edition | None:
        """Return an edition that has the article as the answer had it."""
        candidates = [self._before]
        if one.generation is not None:
            candidates.append(self._known(one.generation) or self._before)
        for edition in candidates:
            if one.article not in edition.articles:
                continue
            if one.version is None and edition.generation != one.generation:
                continue
            if one.version in (None, edition.versions.get(one.article)):
                return edition
        return None

    def _is_newer(self, one: Reliance) -> bool:
        """Whether the answer was given from the newer edition, or from one built after it.

        The id of a generation begins with the moment at which it was built.
        """
        return one.generation is not None and one.generation >= self._after.generation


def resting_on(
    facts: Sequence[PolicyFact], reliances: Iterable[Reliance], editions: Editions
) -> Iterator[Affected]:
    """Yield the shown sentences that rested on one of these facts, in whatever generation."""
    wanted = {_identity(one) for one in facts}
    for one in reliances:
        edition = editions(one.generation) if one.generation else None
        if edition is None or one.article not in edition.facts:
            told = "the article as it was isn't kept"
            yield Affected(one, Ground.UNKNOWN, (told,), is_stated=False)
            continue
        body = edition.articles[one.article].body
        found = [
            each
            for each in edition.facts[one.article]
            if one.start <= each.start and each.end <= one.end and _identity(each) in wanted
        ]
        if found:
            said = [body[each.start : each.end].casefold() for each in found]
            is_stated = any(each in one.shown.casefold() for each in said)
            yield Affected(one, Ground.FACT, tuple(said), is_stated=is_stated)


def _identity(fact: PolicyFact) -> tuple[Hashable, ...]:
    """Return what makes it the same fact in another generation: all but its place."""
    of = fact.scope
    value = (fact.article_id, fact.kind, fact.value, fact.unit, fact.comparator, fact.negated)
    return (*value, of.subject, of.per, of.plan, of.product, of.region, of.channel)
