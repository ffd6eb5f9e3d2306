"""Grounds: what the published generation gives the gate to judge sentences by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.answer import Question
from app.grounding.sources import Sources, sources_of
from app.grounding.verdict import Finding
from knowledge_base.article import Passage
from knowledge_base.policy.fact import PolicyFact


class Verify(Protocol):
    """Says of each claim of a sentence whether the sources say it."""

    def verify(self, sentence: str, sources: Sources, asked: Question) -> tuple[Finding, ...]:
        """Return a finding for each claim of the sentence, none for one that claims nothing.

        May raise whatever it likes: the gate blocks then.
        """
        ...


@dataclass(frozen=True, slots=True)
class Grounds:
    """How sentences of answers from one generation are judged."""

    verifier: Verify
    """Judges what a model wrote."""
    quotes: Verify
    """Judges an article's own words: whether they hold for this customer on this day."""
    facts: Mapping[str, Sequence[PolicyFact]] = field(default_factory=dict)
    """The ledger: the policy facts of each article, by its id."""
    generation: str | None = None
    """Id of the generation."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Content hash of each article, by its id."""

    def sources(self, passages: Sequence[Passage]) -> Sources:
        """Return the sources that the passages make, in their order."""
        return sources_of(passages, self.facts)
