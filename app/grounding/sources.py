"""Sources: the passages of an answer as the checks read them, statement by statement.

A claim is aligned with the statements that speak of the same things: rare words count more, and
an article's title, headings and lead-ins speak for each statement below them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.grounding.verdict import Place
from knowledge_base.article import Article, Passage
from knowledge_base.keywords import stems
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.statements import Statement, statements

CONTEXT_WEIGHT = 0.5
"""What a word counts that a statement has from its title, headings or lead-in only."""


@dataclass(frozen=True, slots=True)
class Source:
    """One passage, with the facts that the ledger has of it."""

    article: Article
    start: int
    """Code points into the article's body, like `end` (exclusive)."""
    end: int
    facts: tuple[PolicyFact, ...] = ()
    in_force: bool = True

    @property
    def text(self) -> str:
        """The passage's own words."""
        return self.article.body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of a source, ready to be compared with a claim."""

    source: int
    statement: Statement
    """Its spans are code points into the article's body."""
    place: Place
    words: frozenset[str]
    """Stems of its own words."""
    context: frozenset[str]
    """Stems of its lead-in, headings and title."""
    facts: tuple[PolicyFact, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A statement with how much of a claim it speaks of."""

    stated: Stated
    score: float
    """Share of the claim's words, by weight, 0 to 1."""


@dataclass(frozen=True)
class Sources:
    """All that an answer may rest on."""

    listed: tuple[Source, ...]

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """The statements of all sources, in their order."""
        return tuple(
            one for place, source in enumerate(self.listed) for one in _stated(place, source)
        )

    def aligned(self, claim: str) -> tuple[Aligned, ...]:
        """Return the statements that share a word with the claim, the closest first."""
        weights = {word: self.rarity(word) for word in dict.fromkeys(stems(claim))}
        whole = sum(weights.values())
        scored = [Aligned(one, _held(weights, one) / whole) for one in self.stated] if whole else []
        return tuple(sorted((one for one in scored if one.score > 0), key=lambda one: -one.score))

    def rarity(self, stem: str) -> float:
        """Return how much a word tells: the logarithm of how few statements have it."""
        size = len(self.stated)
        return math.log(1 + (size - self._spread[stem] + 0.5) / (self._spread[stem] + 0.5))

    @cached_property
    def _spread(self) -> Counter[str]:
        return Counter(word for one in self.stated for word in one.words)


def sources_of(passages: Sequence[Passage], facts: Mapping[str, Sequence[PolicyFact]]) -> Sources:
    """Return the sources that passages make, with the facts of their articles by article id."""
    return Sources(tuple(_source(one, facts.get(one.article.id, ())) for one in passages))


def _source(passage: Passage, facts: Iterable[PolicyFact]) -> Source:
    start, end = passage.chunk.start, passage.chunk.end
    inside = (
        one
        for one in facts
        if start <= one.sentence_start and one.sentence_end <= end and _stands(one, passage)
    )
    return Source(passage.article, start, end, tuple(inside), passage.in_force)


def _stands(fact: PolicyFact, passage: Passage) -> bool:
    """Tell whether the fact's sentence is left in what may be answered from."""
    body = passage.article.body
    return bool(body[fact.sentence_start : fact.sentence_end].strip())


def _stated(place: int, source: Source) -> Iterator[Stated]:
    for one in statements(source.article.body):
        if source.start <= one.start and one.end <= source.end:
            yield Stated(
                source=place,
                statement=one,
                place=Place(place, one.start - source.start, one.end - source.start),
                words=frozenset(stems(one.text)),
                context=frozenset(
                    stems("\n".join((source.article.title, *one.headings, one.lead_in)))
                ),
                facts=tuple(known for known in source.facts if known.sentence_start == one.start),
            )


def _held(weights: Mapping[str, float], stated: Stated) -> float:
    return sum(
        weight if word in stated.words else CONTEXT_WEIGHT * weight
        for word, weight in weights.items()
        if word in stated.words or word in stated.context
    )
