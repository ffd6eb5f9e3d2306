"""Proposals: every change that a help centre's sentences allow and that makes them untrue."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.claim_mutations.eligibility import is_claim
from benchmarks.claim_mutations.help_centre import HelpCentre, PolicySentence
from benchmarks.claim_mutations.lookalikes import Held, Lookalikes
from benchmarks.claim_mutations.mutations.change import Change
from benchmarks.claim_mutations.mutations.comparators import flipped_comparators
from benchmarks.claim_mutations.mutations.conditions import dropped_conditions
from benchmarks.claim_mutations.mutations.exclusions import dropped_exclusions, listed_exclusion
from benchmarks.claim_mutations.mutations.negations import flipped_negations
from benchmarks.claim_mutations.mutations.scopes import ScopeChange, widened_scopes
from benchmarks.claim_mutations.mutations.units import changed_units
from benchmarks.claim_mutations.names import Name, Names
from benchmarks.claim_mutations.questions import scope_of
from benchmarks.claim_mutations.row import Kind
from benchmarks.claim_mutations.truth import (
    Truth,
    is_said_elsewhere,
    is_told_by,
    new_values_stand_in,
)

IN_A_SENTENCE: Mapping[Kind, Callable[[str], Iterator[Change]]] = {
    Kind.DROPPED_CONDITION: dropped_conditions,
    Kind.DROPPED_EXCLUSION: dropped_exclusions,
    Kind.FLIPPED_NEGATION: flipped_negations,
    Kind.FLIPPED_COMPARATOR: flipped_comparators,
    Kind.CHANGED_UNIT: changed_units,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence with a change of it, and whom the question is about."""

    sentence: PolicySentence
    change: Change
    about: tuple[Name, ...]
    held: tuple[Held, ...]
    hidden: tuple[Name, ...] = ()
    """Names that the question keeps to itself."""


class Proposals:
    """Makes the proposals of one help centre."""

    def __init__(self, help_centre: HelpCentre) -> None:
        self._names = Names(help_centre.articles)
        self._truth = Truth(help_centre, self._names)
        self.lookalikes = Lookalikes(help_centre, self._names)
        self.first_words = frozenset(name.value.split()[0] for name in self._names.all)
        self._sentences = tuple(one for one in help_centre.policies if is_claim(one))
        self._items = help_centre.items

    def sentences(self, kind: Kind) -> tuple[PolicySentence, ...]:
        """Return what a kind of change may be made to."""
        items = self._items if kind is Kind.DROPPED_EXCLUSION else ()
        return (*self._sentences, *items)

    def of(self, kind: Kind, sentence: PolicySentence, order: random.Random) -> Iterator[Proposal]:
        """Yield what one kind of change makes of a sentence, where that is untrue."""
        if kind is Kind.UNCHANGED:
            yield self._unchanged(sentence)
        elif kind is Kind.WIDENED_SCOPE:
            yield from self._widened(sentence, order)
        elif not sentence.facts:
            yield from self._listed(sentence)
        elif kind in IN_A_SENTENCE:
            changes = tuple(IN_A_SENTENCE[kind](sentence.text))
            yield from self._changed(sentence, order.sample(changes, len(changes)))

    def _unchanged(self, sentence: PolicySentence) -> Proposal:
        about = scope_of(sentence, self._names)
        held = self.lookalikes.beside(sentence, about)
        return Proposal(sentence, Change(sentence.text, "none"), about, held)

    def _listed(self, sentence: PolicySentence) -> Iterator[Proposal]:
        said = sentence.statement
        above = (sentence.headings[-1], said.lead_in)
        change = listed_exclusion(sentence.text, above, self.first_words)
        if change is not None:
            about = scope_of(sentence, self._names)
            yield Proposal(sentence, change, about, self.lookalikes.beside(sentence, about))

    def _changed(self, sentence: PolicySentence, changes: Sequence[Change]) -> Iterator[Proposal]:
        if not changes:
            return
        about = scope_of(sentence, self._names)
        held = self.lookalikes.beside(sentence, about)
        chunks = [chunk for _, chunk in held]
        for change in changes:
            if change.lost and is_told_by(sentence.headings, change.lost):
                continue
            if is_said_elsewhere(change.text, sentence.text, chunks):
                continue
            if not new_values_stand_in(change.text, sentence.text, chunks):
                yield Proposal(sentence, change, about, held)

    def _widened(self, sentence: PolicySentence, order: random.Random) -> Iterator[Proposal]:
        changes = tuple(widened_scopes(sentence, self._names))
        for found in order.sample(changes, len(changes)):
            if not self._may_hold(found, sentence):
                about = (found.sibling,) if found.sibling else ()
                held = self.lookalikes.beside(sentence, about or (found.name,))
                chunks = [chunk for _, chunk in held]
                if not is_said_elsewhere(found.change.text, sentence.text, chunks):
                    yield Proposal(sentence, found.change, about, held, (found.name,))

    def _may_hold(self, found: ScopeChange, sentence: PolicySentence) -> bool:
        if found.sibling:
            return self._truth.holds_for(found.sibling, sentence)
        return self._truth.holds_for_all(self._names.siblings(found.name), sentence)
