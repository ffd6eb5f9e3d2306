"""Comparing facts: do they speak of the same thing, and do they say the same?"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from knowledge_base.policy.fact import WORDED, Comparator, FactKind, FactScope, PolicyFact

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
_MONTHS = {"month": 1, "year": 12}
_BYTES = ("byte", "KB", "MB", "GB", "TB", "PB")
_MEASURED = frozenset(
    {FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.COUNT, FactKind.SIZE}
)
_THINGS = frozenset({FactKind.COUNT, FactKind.SIZE})
"""Kinds whose unit says what is measured: seats are no devices, memory is no processor."""
_UPPER = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN, Comparator.BETWEEN_HIGH})
_LOWER = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.BETWEEN_LOW})


@dataclass(frozen=True, slots=True)
class Measured:
    """A value in the base unit of its family: seconds, months, bytes, or one currency."""

    number: Decimal
    unit: str


class Valued(Protocol):
    """What has a value: a fact, or one that was read before it was known what it is of."""

    @property
    def kind(self) -> FactKind:
        """What its value measures."""
        ...

    @property
    def value(self) -> str:
        """See `PolicyFact`."""
        ...

    @property
    def unit(self) -> str:
        """See `PolicyFact`."""
        ...


def measured(fact: Valued) -> Measured | None:
    """Return the value in its family's base unit, None where it is no number.

    Months are no number of days, business days are no days, and no currency is another.
    """
    if fact.kind not in _MEASURED:
        return None
    number = Decimal(fact.value)
    if fact.kind is FactKind.AMOUNT and number == 0:
        return Measured(number, "")
    for base, factors in (("second", _SECONDS), ("month", _MONTHS)):
        if fact.unit in factors:
            return Measured(number * factors[fact.unit], base)
    if fact.unit in _BYTES:
        return Measured(number * 1000 ** _BYTES.index(fact.unit), "byte")
    return Measured(number, fact.unit)


def same_value(one: PolicyFact, other: PolicyFact) -> bool:
    """Tell whether two facts name the same value: 14 days are two weeks, 5 USD are not 5 EUR."""
    if one.kind is not other.kind:
        return False
    first, second = measured(one), measured(other)
    if first is None or second is None:
        return (one.value, one.unit) == (other.value, other.unit)
    return first == second


def same_scope(one: FactScope, other: FactScope) -> bool:
    """Tell whether two scopes name the same plans, products, regions and channels."""
    return all(
        {value.casefold() for value in mine} == {value.casefold() for value in theirs}
        for mine, theirs in (
            (one.plan, other.plan),
            (one.product, other.product),
            (one.region, other.region),
            (one.channel, other.channel),
        )
    )


def comparable(one: PolicyFact, other: PolicyFact) -> bool:
    """Tell whether two facts give the same attribute for the same scope.

    An attribute is what the value is of, per what, and which end of it: a minimum and a maximum
    of one thing are two attributes.
    """
    return (
        one.kind is other.kind
        and one.kind not in WORDED
        and one.scope.subject != ""
        and one.scope.subject == other.scope.subject
        and one.scope.per == other.scope.per
        and (one.kind not in _THINGS or _measure(one) == _measure(other))
        and same_scope(one.scope, other.scope)
    )


def _measure(fact: PolicyFact) -> str:
    found = measured(fact)
    return found.unit if found else ""


def contradict(one: PolicyFact, other: PolicyFact) -> bool:
    """Tell whether two facts can't both hold: comparable, and no value fits both."""
    if not comparable(one, other) or one.negated != other.negated:
        return False
    return not same_value(one, other) and not _fit(one, other)


def _fit(one: PolicyFact, other: PolicyFact) -> bool:
    """Tell whether two facts of different values leave room for each other."""
    if Comparator.ABOUT in {one.comparator, other.comparator}:
        return True
    if _end(one) == _end(other):
        return False
    first, second = measured(one), measured(other)
    if first is None or second is None or first.unit != second.unit:
        return False
    return _within(first.number, other, second.number) and _within(second.number, one, first.number)


def _end(fact: PolicyFact) -> str:
    if fact.comparator in _UPPER:
        return "upper"
    return "lower" if fact.comparator in _LOWER else "value"


def _within(number: Decimal, bound: PolicyFact, at: Decimal) -> bool:
    """Tell whether the number respects the bound that lies at `at`; a plain value is no bound."""
    end = _end(bound)
    return end == "value" or (number <= at if end == "upper" else number >= at)
