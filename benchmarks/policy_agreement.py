"""Pairs the facts that were read from a sentence with the marked ones, and compares them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # ships no types

from benchmarks.policy_annotations import AnnotatedFact
from knowledge_base.policy.fact import WORDED, FactKind, FactScope, PolicyFact
from knowledge_base.searching.keywords import stems

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_MONTHS = {"month": 1, "year": 12}
_SINGULAR = {"people": "person"}
_ABBREVIATED = {"pixel": "px"}
# What pairs are chosen by: all overlapping ones before the equal ones before the likely ones.
_PAIR, _EQUAL, _ALIKE = 100, 10, 1


class Aspect(StrEnum):
    """What of a fact can be right; all but value and unit ask for the right value too."""

    VALUE = "value"
    """Value and unit: two weeks are 14 days."""
    UNIT = "unit"
    COMPARATOR = "comparator"
    """How the value bounds, and whether it is denied."""
    SCOPE = "scope"
    """The head of the subject and all names stand in the scope's fields, headings left out."""
    SCOPE_BY_FIRST_SUBJECT = "scope, first subject only"
    """The same where the scope had only the subject that facts are compared by."""
    SCOPE_OR_HEADINGS = "scope or headings"
    """They stand in the scope's fields or in the headings above the sentence."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A marked fact and the one that was found in its place; one side may be missing."""

    body: str
    """Of their article."""
    annotated: AnnotatedFact | None
    found: PolicyFact | None

    @property
    def kind(self) -> FactKind:
        """The kind of both.

        Raises:
            ValueError: Both sides are missing.
        """
        one = self.annotated or self.found
        if one is None:
            raise ValueError("a pair of nothing has no kind")
        return one.kind

    def is_right(self, aspect: Aspect) -> bool:
        """Return whether what was found agrees with what was marked."""
        if self.annotated is None or self.found is None:
            return False
        if aspect is Aspect.UNIT:
            return _same_unit(self.annotated, self.found)
        same = _same_value(self.annotated, self.found, self.body)
        return same and _CHECKS[aspect](self.annotated, self.found)


def pairs(
    body: str, annotated: Sequence[AnnotatedFact], found: Sequence[PolicyFact]
) -> tuple[Pair, ...]:
    """Return the facts of a sentence, one to one where kind and place agree, else alone.

    What only repeats a marked value ("ninety (90) days") is neither right nor wrong: left out.
    """
    weights = np.array([[_likeness(one, other, body) for other in found] for one in annotated])
    rows, columns = linear_sum_assignment(-weights.reshape(len(annotated), len(found)))
    partner = {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if weights[row, column]
    }
    paired = set(partner.values())
    return (
        *(
            Pair(body, one, found[partner[place]] if place in partner else None)
            for place, one in enumerate(annotated)
        ),
        *(
            Pair(body, None, other)
            for place, other in enumerate(found)
            if place not in paired and not any(_repeats(other, one, body) for one in annotated)
        ),
    )


def _likeness(annotated: AnnotatedFact, found: PolicyFact, body: str) -> int:
    overlaps = found.start < annotated.end and found.end > annotated.start
    if annotated.kind is not found.kind or not overlaps:
        return 0
    alike = annotated.comparator is found.comparator
    return _PAIR + _EQUAL * _same_value(annotated, found, body) + _ALIKE * alike


def _repeats(found: PolicyFact, annotated: AnnotatedFact, body: str) -> bool:
    return found.kind is annotated.kind and _same_value(annotated, found, body)


def _same_value(annotated: AnnotatedFact, found: PolicyFact, body: str) -> bool:
    if annotated.kind in WORDED:
        marked = f"{annotated.value} {body[annotated.start : annotated.end]}"
        return bool(_words(found.value) & _words(marked))
    if annotated.kind in {FactKind.DATE, FactKind.TIME}:
        return annotated.value == found.value
    return _measure(annotated) == _measure(found)


def _same_unit(annotated: AnnotatedFact, found: PolicyFact) -> bool:
    if annotated.kind in WORDED or annotated.unit == found.unit:
        return True
    return _measure(annotated)[1] == _measure(found)[1]


def _measure(fact: AnnotatedFact | PolicyFact) -> tuple[Decimal, str]:
    """Return value and unit so that equal measures are equal."""
    value, unit = Decimal(fact.value), fact.unit.lower()
    if fact.kind is FactKind.AMOUNT and not value:
        return value, ""
    if fact.kind is FactKind.COUNT:
        noun = unit.split()[-1] if unit else ""
        return value, next(iter(stems(_SINGULAR.get(noun, noun))), noun)
    if fact.kind is FactKind.DURATION and unit in _SECONDS:
        return value * _SECONDS[unit], "second"
    if fact.kind is FactKind.DURATION and unit in _MONTHS:
        return value * _MONTHS[unit], "month"
    return value, _ABBREVIATED.get(unit, unit)


def _same_bound(annotated: AnnotatedFact, found: PolicyFact) -> bool:
    return annotated.comparator is found.comparator and annotated.negated is found.negated


def _in_scope(annotated: AnnotatedFact, found: PolicyFact) -> bool:
    return _is_named(annotated, _fields(found.scope))


def _in_scope_by_first_subject(annotated: AnnotatedFact, found: PolicyFact) -> bool:
    return _is_named(annotated, _fields(replace(found.scope, subjects=found.scope.subjects[:1])))


def _in_scope_or_headings(annotated: AnnotatedFact, found: PolicyFact) -> bool:
    return _is_named(annotated, (*_fields(found.scope), *found.scope.headings))


_CHECKS: Mapping[Aspect, Callable[[AnnotatedFact, PolicyFact], bool]] = {
    Aspect.VALUE: lambda _annotated, _found: True,
    Aspect.COMPARATOR: _same_bound,
    Aspect.SCOPE: _in_scope,
    Aspect.SCOPE_BY_FIRST_SUBJECT: _in_scope_by_first_subject,
    Aspect.SCOPE_OR_HEADINGS: _in_scope_or_headings,
}


def _fields(scope: FactScope) -> tuple[str, ...]:
    return (*scope.subjects, *scope.plan, *scope.product, *scope.region, *scope.channel)


def _is_named(annotated: AnnotatedFact, scope: Sequence[str]) -> bool:
    said = _words(" ".join(scope))
    about = any(_words(subject.split()[-1]) <= said for subject in annotated.subjects)
    return about and all(_words(name) <= said for name in annotated.names)


def _words(text: str) -> frozenset[str]:
    return frozenset(stems(text) or text.lower().split())
