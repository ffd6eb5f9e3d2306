"""Decides what happens after a search: answer from which passages, ask back, or abstain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answer import Outcome, Question
from app.notices import which_one
from knowledge_base.article import Article, Passage
from knowledge_base.scope import Scopes
from knowledge_base.searching.search import SearchResult

_CLOSE = 0.45
"""Cosine from which an article speaks of what is asked, so that asking back makes sense."""
_TIE = 0.75
"""Share of the best article's score from which another one is its rival."""
_FEW = 4
"""So many values of a key are all offered.

The three were set on questions of our own over the sample help centre.
"""
_FUTURE = re.compile(
    r"\b(?:next (?:week|month|season|spring|summer|autumn|fall|winter|year)|upcoming"
    r"|(?<!how )soon|new (?:rules?|polic(?:y|ies)|terms|prices?|fees?|conditions)"
    r"|(?:will|going to|about to) (?:\w+ ){0,4}change|in (?:the )?future|planned)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What happens after a search."""

    passages: tuple[Passage, ...] = ()
    """What to answer from, best first."""
    outcome: Outcome | None = None
    """How the turn ends here; None where an answer is drafted."""
    text: str = ""
    """What the customer reads where the turn ends here; empty for the usual notice."""


def decide(asked: Question, found: SearchResult, scopes: Scopes) -> Decided:
    """Return the passages to answer from, or the outcome of a question that ends here."""
    passages = _of_their_time(asked, found.passages)
    if not passages or scopes.unknown_in(asked.text):
        return Decided(outcome=Outcome.ABSTAINED)
    choice = _choice(asked, found, scopes)
    if choice is not None:
        return Decided(outcome=Outcome.CLARIFY, text=which_one(choice.key, choice.values))
    return Decided(passages=passages)


@dataclass(frozen=True, slots=True)
class _Choice:
    """What an answer depends on, and the question leaves open."""

    key: str
    values: tuple[str, ...]


def _choice(asked: Question, found: SearchResult, scopes: Scopes) -> _Choice | None:
    """Return what tells the best articles apart, where they are siblings and nobody said which."""
    present = [ranked for ranked in found.articles if ranked.in_force]
    if not present or _closeness(present[0].article, found) < _CLOSE:
        return None
    best = present[0]
    settled = {*asked.scope, *scopes.named_in(asked.query)}
    rivals = [one for one in present[1:] if one.score >= _TIE * best.score]
    for key in best.article.applies_to:
        if key not in settled and rivals and _differ(best.article, rivals[0].article, key):
            siblings = [one.article for one in rivals if _differ(best.article, one.article, key)]
            return _Choice(key, _values(key, [best.article, *siblings], scopes))
    return None


def _closeness(article: Article, found: SearchResult) -> float:
    own = (one.similarity for one in found.passages if one.article.id == article.id)
    return max(own, default=0.0)


def _differ(one: Article, other: Article, key: str) -> bool:
    """Tell whether two articles apply to different values of the key."""
    values = other.applies_to.get(key)
    return values is not None and not set(values).intersection(one.applies_to[key])


def _values(key: str, siblings: Sequence[Article], scopes: Scopes) -> tuple[str, ...]:
    """Return the values to choose from: all there are if they are few, else the siblings'."""
    known = scopes.values.get(key, ())
    if len(known) <= _FEW:
        return known
    return tuple(dict.fromkeys(value for one in siblings for value in one.applies_to[key]))


def _of_their_time(asked: Question, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return the passages without those whose time isn't asked about.

    An article that isn't in force yet gives way to the one that it will replace, unless the
    question asks about the time to come: then it is the other way round.
    """
    present = {passage.article.id for passage in passages if passage.in_force}
    upcoming = {passage.article.id: passage.article for passage in passages if not passage.in_force}
    asked_for = [article for article in upcoming.values() if _asks_about(asked, article)]
    replaced = {known for article in asked_for for known in article.supersedes}
    early = {
        article.id
        for article in upcoming.values()
        if article not in asked_for and present.intersection(article.supersedes)
    }
    return tuple(one for one in passages if one.article.id not in replaced | early)


def _asks_about(asked: Question, upcoming: Article) -> bool:
    """Tell whether the question names the time at which the article comes into force."""
    if _FUTURE.search(asked.text):
        return True
    first = upcoming.valid_from
    if first is None:
        return False
    names_year = str(first.year) in asked.text and first.year != asked.at.year
    names_month = f"{first:%B}".lower() in asked.text.lower() and first.month != asked.at.month
    return names_year or names_month
