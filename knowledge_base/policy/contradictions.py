"""Articles that contradict each other: the same attribute and scope, another value, both in force.

Precise rather than complete. Two values count as contradicting only where the sentences around
them say nearly the same under the same conditions, so that what differs is the value alone.
An article that gives an attribute several values itself makes a difference that isn't read here,
and articles whose titles differ by names ("Cairn tents", "Talus boots") are about different
things, whatever they say of them.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from knowledge_base.article import Article
from knowledge_base.policy.comparison import contradict, same_value
from knowledge_base.policy.fact import WORDED, FactKind, PolicyFact
from knowledge_base.policy.words import WORD, is_function_word, may_be_verb, singular
from knowledge_base.validity import Standing, standing, supersessions

ENOUGH_ALIKE = 0.6
"""Share of the words of two sentences, their values left out, that both must have."""
ENOUGH_WORDS = 3
"""Shared words from which on the titles need not speak of one thing as well."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two facts of two articles that can't both hold."""

    one: PolicyFact
    other: PolicyFact


@dataclass(frozen=True, slots=True)
class _Said:
    """A fact with what its sentence says beside the value."""

    fact: PolicyFact
    article: Article
    words: frozenset[str]
    restrictions: frozenset[tuple[FactKind, str]]
    """Conditions and exclusions of the sentence."""
    values: int
    """How many values the sentence has."""


def contradictions(
    articles: Iterable[Article], facts: Iterable[PolicyFact], at: date
) -> tuple[Contradiction, ...]:
    """Return the pairs of facts that contradict each other on the day `at`, each pair once."""
    in_force = _in_force(tuple(articles), at)
    groups: dict[Hashable, list[_Said]] = defaultdict(list)
    for said in _read(in_force, facts):
        groups[_attribute(said)].append(said)
    return tuple(
        Contradiction(one.fact, other.fact)
        for group in groups.values()
        for one, other in combinations(_unambiguous(group), 2)
        if _contradict(one, other)
    )


def _in_force(articles: Sequence[Article], at: date) -> Mapping[str, Article]:
    replaced = supersessions(articles)
    return {
        article.id: article
        for article in articles
        if standing(article, at, replaced) is Standing.IN_FORCE
    }


def _read(articles: Mapping[str, Article], facts: Iterable[PolicyFact]) -> Iterator[_Said]:
    sentences: dict[tuple[str, int], list[PolicyFact]] = defaultdict(list)
    for fact in facts:
        if fact.article_id in articles:
            sentences[fact.article_id, fact.sentence_start].append(fact)
    for (article_id, _), said in sentences.items():
        article = articles[article_id]
        words = _words(article.body, said)
        restrictions = frozenset((one.kind, one.value) for one in said if one.kind in WORDED)
        values = [one for one in said if one.kind not in WORDED]
        for fact in values:
            yield _Said(fact, article, words, restrictions, len(values))


def _words(body: str, facts: Sequence[PolicyFact]) -> frozenset[str]:
    """Return the words that their sentence says beside the values, in the singular."""
    spans = [(one.start, one.end) for one in facts if one.kind not in WORDED]
    found = WORD.finditer(body, facts[0].sentence_start, facts[0].sentence_end)
    return frozenset(
        singular(word.group())
        for word in found
        if not is_function_word(word.group())
        and all(word.end() <= start or end <= word.start() for start, end in spans)
    )


def _attribute(said: _Said) -> Hashable:
    """Return what two facts must share to be compared at all."""
    scope = said.fact.scope
    named = (scope.plan, scope.product, scope.region, scope.channel)
    front_matter = frozenset(
        (key, frozenset(values)) for key, values in said.article.applies_to.items()
    )
    currency = said.fact.unit if said.fact.kind is FactKind.AMOUNT else ""
    return (said.fact.kind, scope.subject, scope.per, named, front_matter, currency)


def _unambiguous(group: Sequence[_Said]) -> tuple[_Said, ...]:
    """Return one fact an article: of those articles that give the attribute one value only."""
    by_article: dict[str, list[_Said]] = defaultdict(list)
    for said in group:
        by_article[said.fact.article_id].append(said)
    return tuple(
        facts[0]
        for facts in by_article.values()
        if all(same_value(facts[0].fact, one.fact) for one in facts)
    )


def _contradict(one: _Said, other: _Said) -> bool:
    return (
        one.restrictions == other.restrictions
        and one.values == other.values
        and contradict(one.fact, other.fact)
        and _alike(one, other)
    )


def _alike(one: _Said, other: _Said) -> bool:
    """Tell whether two sentences say the same but for the value, of the same thing."""
    if _are_siblings(one.article.title, other.article.title):
        return False
    shared, both = one.words & other.words, one.words | other.words
    is_specific = len(shared) >= ENOUGH_WORDS or bool(_topic(one) & _topic(other))
    return is_specific and len(shared) >= ENOUGH_ALIKE * len(both)


def _topic(said: _Said) -> frozenset[str]:
    return frozenset(
        singular(word)
        for word in WORD.findall(said.article.title)
        if not is_function_word(word) and not may_be_verb(word)
    )


def _are_siblings(one: str, other: str) -> bool:
    """Tell whether two titles differ by what they name: "Hire a kayak", "Hire a tent"."""
    mine, theirs = frozenset(WORD.findall(one)), frozenset(WORD.findall(other))
    same = {word for word in mine & theirs if not is_function_word(word)}
    mine, theirs = mine - theirs, theirs - mine
    return bool(same) and all(
        any(not is_function_word(word) for word in words) for words in (mine, theirs)
    )
