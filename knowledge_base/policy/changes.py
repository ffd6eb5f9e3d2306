"""What changed in an article's policy: "refund window 30 → 45 days, EU"."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge_base.policy.comparison import same_value
from knowledge_base.policy.fact import WORDED, FactScope, PolicyFact
from knowledge_base.policy.wording import (
    bound,
    bounded_value,
    described,
    narrowed,
    number,
    unit,
)


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is new, gone, or says something else; at least one of the two is there."""

    before: PolicyFact | None
    after: PolicyFact | None

    def __str__(self) -> str:
        if self.before is None or self.after is None:
            return self._one_sided()
        subject = self.after.scope.subject or self.after.kind.value
        if narrowed(self.before) != narrowed(self.after):
            return f"{subject} {_with_audience(self.before)} → {_with_audience(self.after)}"
        return f"{subject} {_values(self.before, self.after)}{narrowed(self.after)}"

    def _one_sided(self) -> str:
        if self.after is not None:
            return f"new: {described(self.after)}"
        return f"gone: {described(self.before)}" if self.before is not None else ""


def fact_changes(
    before: Sequence[PolicyFact], after: Sequence[PolicyFact]
) -> tuple[FactChange, ...]:
    """Return how the facts of one article changed, in the order of its text.

    Facts are paired where they give the same attribute for the same scope, else where they are
    of one kind below the same heading; a fact that only moved has not changed.
    """
    old, new = _without_common(before, after)
    changes = [FactChange(one, other) for one, other in _pairs(old, new)]
    changes += [FactChange(gone, None) for gone in old]
    changes += [FactChange(None, added) for added in new]
    return tuple(sorted((change for change in changes if _says_something(change)), key=_place))


def _without_common(
    before: Sequence[PolicyFact], after: Sequence[PolicyFact]
) -> tuple[list[PolicyFact], list[PolicyFact]]:
    return _missing_in(before, after), _missing_in(after, before)


def _missing_in(facts: Sequence[PolicyFact], others: Sequence[PolicyFact]) -> list[PolicyFact]:
    known = Counter(_placeless(fact) for fact in others)
    missing = []
    for fact in facts:
        if known[_placeless(fact)]:
            known[_placeless(fact)] -= 1
        else:
            missing.append(fact)
    return missing


def _placeless(fact: PolicyFact) -> PolicyFact:
    of = fact.scope
    scope = replace(of, subjects=of.subjects[:1], headings=(), valid_from=None, valid_to=None)
    return replace(fact, start=0, end=0, sentence_start=0, sentence_end=0, scope=scope)


_LIKENESSES: tuple[Callable[[PolicyFact], Hashable], ...] = (
    lambda fact: (fact.kind, fact.comparator, fact.unit, _named(fact.scope), fact.scope.headings),
    lambda fact: (fact.kind, fact.comparator, _named(fact.scope), fact.scope.headings),
    lambda fact: (fact.kind, _named(fact.scope)),
    lambda fact: (fact.kind, fact.scope.headings, fact.scope.per, _named(fact.scope)[1:]),
    lambda fact: (fact.kind, fact.scope.headings) if fact.kind not in WORDED else fact,
)
"""What two facts must share to be one fact that changed, from the surest on."""


def _pairs(old: list[PolicyFact], new: list[PolicyFact]) -> Iterator[tuple[PolicyFact, PolicyFact]]:
    """Yield the facts that belong together, and take them out of the lists."""
    for likeness in _LIKENESSES:
        for fact in tuple(old):
            partner = next((one for one in new if likeness(one) == likeness(fact)), None)
            if partner is not None:
                old.remove(fact)
                new.remove(partner)
                yield fact, partner


def _named(scope: FactScope) -> tuple[Hashable, ...]:
    return (scope.subject, scope.per, scope.plan, scope.product, scope.region, scope.channel)


def _says_something(change: FactChange) -> bool:
    """Tell whether a customer would notice: "2 weeks" instead of "14 days" is no change."""
    one, other = change.before, change.after
    if one is None or other is None:
        return True
    same = same_value(one, other) and one.comparator is other.comparator
    return not same or one.negated != other.negated or _named(one.scope) != _named(other.scope)


def _place(change: FactChange) -> int:
    fact = change.after or change.before
    return fact.start if fact else 0


def _with_audience(fact: PolicyFact) -> str:
    return f"{bounded_value(fact)}{narrowed(fact)}"


def _values(one: PolicyFact, other: PolicyFact) -> str:
    """Return both values, what they share said once: "30 → 45 days"."""
    alike = bound(one) == bound(other) and one.unit == other.unit
    if alike and one.kind not in WORDED and "0" not in {one.value, other.value}:
        return f"{bound(other)}{number(one)} → {number(other)}{unit(other)}"
    return f"{bounded_value(one)} → {bounded_value(other)}"
