"""Sources: the passages of an answer as the checks read them, statement by statement.

A claim is aligned with the statements that speak of the same things: rare words count more, and
an article's title, headings and lead-ins speak for each statement below them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.grounding.framing import without_framing
from app.grounding.lexicon import CONTEXT_WEIGHT, Entry, Lexicon
from app.grounding.meanings import meanings
from app.grounding.naming import Naming
from app.grounding.quantities import quantities
from app.grounding.stated import Stated
from app.grounding.verdict import Place
from app.wording import FUNCTION_WORDS
from knowledge_base.article import Article, Passage
from knowledge_base.lines import LineKind, read_lines
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.searching.keywords import stems
from knowledge_base.sentences import SentenceKind
from knowledge_base.statements import Statement, statements

TOPIC_WEIGHT = 0.15
"""What it counts that a statement speaks of all that the question does."""
LEAST_SCORE = 0.1
"""Share of a claim's words below which a statement isn't looked at where another has more."""
BODIES = 1000
"""Articles that are kept taken apart."""
_CITED = re.compile(
    r"\b(?:according to|as stated in|per) (?:our|the|your) (?:[\w-]+ ){0,3}?"
    r"(?:help cent(?:er|re)|polic(?:y|ies)|articles?|terms|rules|website)\b,?",
    re.IGNORECASE,
)
_CITING = frozenset(
    meanings("according policy asked applies article says cannot able never short customers")
)
"""Words that say only where a claim comes from or whom it tells, and denials: compared apart."""


_BUILDING = frozenset(
    meanings(" ".join(FUNCTION_WORDS - {"use", "work", "works", "most"}))
    + meanings("provided later earlier sooner")
)
"""Words that say how a sentence is built, not what it is about."""


@dataclass(frozen=True, slots=True)
class Source:
    """One passage, with the facts that the ledger has of it."""

    article: Article
    start: int
    """Code points into the article's body, like `end` (exclusive)."""
    end: int
    facts: tuple[PolicyFact, ...] = ()
    in_force: bool = True
    heading: str = ""
    """What stands above the passage, where its article doesn't hold that itself."""

    @property
    def text(self) -> str:
        """The passage's own words."""
        return self.article.body[self.start : self.end]


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

    def aligned(self, claim: str, topic: str = "") -> tuple[Aligned, ...]:
        """Return the statements that share a word with the claim, the closest first.

        Args:
            claim: What is looked for.
            topic: What it is about, such as the question: it decides between statements that are
                about as close, and doesn't count for the score.
        """
        if (claim, topic) not in self._aligned:
            ranked = self._ranked(_weighed(self, claim, topic), _weighed(self, topic))
            likely = [one for one in ranked if one.score >= LEAST_SCORE] or ranked
            meant = [
                one for one in likely if not self.naming.other_than_meant(one.stated, claim, topic)
            ]
            self._aligned[claim, topic] = tuple(meant) or ranked
        return self._aligned[claim, topic]

    @cached_property
    def naming(self) -> Naming:
        """What the statements are said of."""
        return Naming(self.stated)

    def _ranked(
        self, weights: Mapping[str, float], topic: Mapping[str, float]
    ) -> tuple[Aligned, ...]:
        whole = sum(weights.values())
        held = ((one, _held(weights, one, topic)) for one in self.stated)
        scored = [Aligned(one, share / whole) for one, share in held] if whole else []
        return tuple(
            sorted(
                (one for one in scored if one.score > 0),
                key=lambda one: -one.score - TOPIC_WEIGHT * _share(topic, one.stated),
            )
        )

    @cached_property
    def quoted(self) -> dict[str, tuple[tuple[Stated, ...], ...]]:
        """What was found to be quoted before, by claim: several checks ask for it."""
        return {}

    @cached_property
    def own_texts(self) -> dict[tuple[str, str], str]:
        """What claims say beside their openings, by claim and question, as found before."""
        return {}

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The titles and headings of all sources, each once, the longest first."""
        titles = (title for one in self.listed for title in (one.article.title, one.heading))
        headings = (heading for one in self.stated for heading in one.statement.headings)
        return tuple(sorted({*titles, *headings} - {""}, key=lambda topic: (-len(topic), topic)))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the statements, each once, and how rare they are."""
        return Lexicon(tuple(Entry(one.text, one.words, one.context) for one in self.stated))

    @cached_property
    def _aligned(self) -> dict[tuple[str, str], tuple[Aligned, ...]]:
        """What was aligned before: several checks ask for the same claim."""
        return {}


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
    for one in _said(source.article.body):
        if source.start <= one.start and one.end <= source.end:
            above = (source.article.title, source.heading, *one.headings, one.lead_in)
            yield Stated(
                source=place,
                statement=one,
                place=Place(place, one.start - source.start, one.end - source.start),
                words=frozenset(stems(one.text)),
                context=frozenset(stems("\n".join(above))),
                article=source.article,
                heading=source.heading,
            )


@lru_cache(maxsize=BODIES)
def _said(body: str) -> tuple[Statement, ...]:
    """Return the statements of a body, and its lines of code: a claim may repeat one.

    Remembered, because several passages of an answer, and many answers, are of one article.
    """
    lines = (line for line in read_lines(body) if line.kind is LineKind.CODE)
    code = (
        Statement(
            start=line.content,
            end=line.end,
            kind=SentenceKind.CODE,
            text=body[line.content : line.end],
            headings=(),
            lead_in="",
            block=0,
            section=0,
        )
        for line in lines
    )
    return tuple(sorted((*statements(body), *code), key=lambda said: said.start))


def _weighed(sources: Sources, text: str, topic: str = "") -> dict[str, float]:
    """Return the words that tell what a text is about: its values are what is to be checked."""
    read = own_words(text, topic)
    for one in reversed(quantities(read)):
        read = f"{read[: one.start]} {read[one.end :]}"
    found = meanings(read)
    words = (
        word
        for word in found
        if not word[0].isdigit() and word not in _CITING and word not in _BUILDING
    )
    return {word: sources.lexicon.rarity(word) for word in words}


def own_words(text: str, topic: str) -> str:
    """Return a text without its topic, where it repeats the whole of that.

    "According to our Returns policy, …" says nothing of returns.
    """
    text = without_framing(_CITED.sub(" ", text))
    for repeated in (topic, topic.partition(":")[0]):
        if repeated.strip() and repeated.strip() != text.strip():
            text = text.replace(repeated, " ")
    return text


def _share(weights: Mapping[str, float], stated: Stated) -> float:
    whole = sum(weights.values())
    return _held(weights, stated, weights) / whole if whole else 0.0


def _held(weights: Mapping[str, float], stated: Stated, topic: Collection[str]) -> float:
    """Return the weight of the words that a statement has; what it is about stands in its title."""
    return sum(
        weight if word in stated.meant or word in topic else CONTEXT_WEIGHT * weight
        for word, weight in weights.items()
        if word in stated.meant or word in stated.meant_above
    )
