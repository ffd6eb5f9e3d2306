"""Decides what happens after a search: answer from which passages, ask back, or abstain."""

import re
from dataclasses import dataclass

from app.answer import Outcome, Question
from knowledge_base.article import Article, Passage
from knowledge_base.search import SearchResult

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


def decide(asked: Question, found: SearchResult) -> Decided:
    """Return the passages to answer from, or the outcome of a question that ends here."""
    passages = _of_their_time(asked, found.passages)
    if not passages:
        return Decided(outcome=Outcome.ABSTAINED)
    return Decided(passages=passages)


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
