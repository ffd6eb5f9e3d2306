"""Whether a changed claim may hold after all, somewhere in the help centre or its passages.

In doubt the change is not used: a label that is wrong costs more than a row.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from benchmarks.claim_mutations.help_centre import HelpCentre, PolicySentence
from benchmarks.claim_mutations.names import Name, Names
from knowledge_base.article import Chunk
from knowledge_base.policy.fact import WORDED, FactKind
from knowledge_base.policy.reader import values_in
from knowledge_base.sentences import split_sentences

_TOKEN = re.compile(r"[$€£]?\d[\d.,]*\d|[$€£]?\d|%|[a-z]+", re.IGNORECASE)
_EMPTY = frozenset(
    "a an and are at be by do does for has have in is it its note of on or our that the there this"  # noqa: SIM905
    " to us we will with you your".split()
)
_TELLING = frozenset({FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.COUNT})

Stated = frozenset[tuple[str, str]]
"""Values with their units."""


class Truth:
    """What is known to hold in a help centre."""

    def __init__(self, help_centre: HelpCentre, names: Names) -> None:
        self._help_centre = help_centre
        self._names = names

    def holds_for(self, sibling: Name, sentence: PolicySentence) -> bool:
        """Say whether a value of the sentence is stated of the sibling too, or may be."""
        values = measured(sentence)
        return not values or bool(values & self._stated_of.get(sibling, frozenset()))

    def holds_for_all(self, siblings: Sequence[Name], sentence: PolicySentence) -> bool:
        """Say whether the sentence's values may hold for all siblings."""
        return all(self.holds_for(one, sentence) for one in siblings)

    @cached_property
    def _stated_of(self) -> dict[Name, Stated]:
        found: defaultdict[Name, set[tuple[str, str]]] = defaultdict(set)
        of_article = {
            article.id: self._names.of_article(article) for article in self._help_centre.articles
        }
        for article, said in self._help_centre.said:
            values = stated(said.text)
            if values:
                for name in {*of_article[article.id], *self._names.named_in(said.text)}:
                    found[name] |= values
        return {name: frozenset(values) for name, values in found.items()}


@cache
def stated(text: str) -> Stated:
    """Return the measured values that a text states; those of nothing have no unit."""
    return frozenset(
        (one.value, "" if one.value == "0" else one.unit)
        for one in values_in(text)
        if one.kind not in WORDED
    )


def measured(sentence: PolicySentence) -> Stated:
    """Return the values of a sentence that differ between siblings."""
    return frozenset(
        (fact.value, "" if fact.value == "0" else fact.unit)
        for fact in sentence.facts
        if fact.kind in _TELLING
    )


def new_values_stand_in(claim: str, before: str, chunks: Iterable[Chunk]) -> bool:
    """Say whether a value that the change brought in is stated in a passage anyway."""
    new = stated(claim) - stated(before)
    return any(new & stated(chunk.text) for chunk in chunks)


def is_said_elsewhere(claim: str, before: str, chunks: Iterable[Chunk]) -> bool:
    """Say whether all words of the claim stand in one sentence that isn't the changed one."""
    words = _words(claim)
    return any(
        words <= _words(other)
        for chunk in chunks
        for other in _sentences(chunk.text)
        if other != before
    )


def is_told_by(headings: Sequence[str], lost: str) -> bool:
    """Say whether the headings already tell most of the words that were taken away."""
    words = _words(lost)
    return len(words & _words(" ".join(headings))) * 2 > len(words)


@cache
def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@cache
def _words(text: str) -> frozenset[str]:
    tokens = (token.lower() for token in _TOKEN.findall(text))
    return frozenset(token.removesuffix("s") for token in tokens if token not in _EMPTY)
