"""Support evidence: a claim beside the statements that come closest to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.answer import Question
from app.grounding.lexicon import Close, Entry, Lexicon
from app.grounding.sources import Sources
from app.grounding.support import claim_text
from app.grounding.verdict import Place
from knowledge_base.searching.keywords import pairs, stems

LOOKED_AT = 3
"""How many of the closest statements a claim may be put together from."""
RARE = 0.1
"""Greatest share of the statements that a rare word stands in."""


@dataclass(frozen=True)
class SupportEvidence:
    """What the sources have of a claim, and what they lack."""

    claim: str
    sources: Sources
    asked: Question

    @cached_property
    def text(self) -> str:
        """The claim without links' targets and mentions of passages."""
        return claim_text.without_pointers(self.claim)

    @cached_property
    def row(self) -> tuple[str, ...]:
        """The stems of the claim's words, in their order."""
        return stems(self.text)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The same, each once."""
        return tuple(dict.fromkeys(self.row))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words of the claim in small letters."""
        return claim_text.words(self.text)

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """The pairs of neighbouring stems in the claim."""
        return pairs(self.text)

    @property
    def lexicon(self) -> Lexicon:
        """The words of all sources."""
        return self.sources.lexicon

    @cached_property
    def aligned(self) -> tuple[Close, ...]:
        """The statements that share a word with the claim, the closest first."""
        return self.lexicon.closest(self.stems)

    @cached_property
    def closest(self) -> tuple[Entry, ...]:
        """The statements that the claim is compared with, the closest first."""
        return tuple(self.lexicon.entries[one.place] for one in self.aligned[:LOOKED_AT])

    @property
    def place(self) -> Place | None:
        """Where the closest statement stands, None where there is none."""
        return self.sources.stated[self.aligned[0].place].place if self.aligned else None

    @cached_property
    def held(self) -> frozenset[str]:
        """The stems of the closest statements, with their titles, headings and lead-ins."""
        return frozenset().union(*(one.held for one in self.closest))

    @cached_property
    def rare(self) -> tuple[str, ...]:
        """The stems of the claim's rare words."""
        return tuple(word for word in self.stems if self.lexicon.share(word) <= RARE)

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """The stems of the claim that stand nowhere in the sources."""
        return tuple(word for word in self.stems if word not in self.lexicon.words)

    @cached_property
    def gap(self) -> int:
        """How many of the claim's words in a row stand nowhere."""
        longest = length = 0
        for word in self.row:
            length = 0 if word in self.lexicon.words else length + 1
            longest = max(longest, length)
        return longest

    @cached_property
    def run(self) -> int:
        """How many words in a row one of the closest statements has as the claim has them."""
        runs = (
            claim_text.longest_run(self.words, claim_text.words(one.text)) for one in self.closest
        )
        return max(runs, default=0)

    @cached_property
    def numbers_lacking(self) -> tuple[str, ...]:
        """The numbers that none of the closest statements has with the same unit, in order."""
        there = frozenset(pair for one in self.closest for pair in claim_text.numbers(one.text))
        return _written(claim_text.numbers(self.text) - there)

    @cached_property
    def numbers_nowhere(self) -> tuple[str, ...]:
        """The numbers that no source has, whatever their unit."""
        found = claim_text.numbers(self.text)
        return _written(
            (number, unit)
            for number, unit in found
            if not self.lexicon.words.issuperset(stems(number))
        )

    @cached_property
    def names_nowhere(self) -> tuple[str, ...]:
        """The names that no source has."""
        found = dict.fromkeys(claim_text.names(self.text))
        return tuple(name for name in found if self.lexicon.words.isdisjoint(stems(name)))

    @cached_property
    def bounds_lacking(self) -> tuple[str, ...]:
        """How the claim bounds its numbers and none of the closest statements does."""
        there = frozenset(bound for one in self.closest for bound in claim_text.bounds(one.text))
        mine = claim_text.bounds(self.text) if claim_text.numbers(self.text) else frozenset()
        return tuple(sorted(mine - there))

    @property
    def negation_differs(self) -> bool:
        """Whether either the claim or the closest statement denies something, not both."""
        there = any(claim_text.is_negated(one.text) for one in self.closest[:1])
        return claim_text.is_negated(self.text) != there

    @property
    def tells_of_silence(self) -> bool:
        """Whether the claim says that the sources don't say something."""
        return claim_text.tells_of_silence(self.text)

    @property
    def is_step(self) -> bool:
        """Whether the claim tells to click, choose or open something."""
        return claim_text.is_step(self.text)

    @property
    def introduces(self) -> bool:
        """Whether the claim only introduces what follows it."""
        return self.text.rstrip().endswith(":")

    @cached_property
    def asked_stems(self) -> frozenset[str]:
        """The stems of the customer's own words."""
        return frozenset(stems(self.asked.text))


def _written(numbers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(" ".join(number).strip() for number in numbers))
