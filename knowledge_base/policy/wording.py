"""Facts in words, as the plan of a reindex, the command and a finding show them."""

from knowledge_base.policy.fact import WORDED, Comparator, FactKind, PolicyFact

_BOUNDS = {
    Comparator.EQ: "",
    Comparator.AT_LEAST: "at least ",
    Comparator.MORE_THAN: "more than ",
    Comparator.AT_MOST: "at most ",
    Comparator.LESS_THAN: "less than ",
    Comparator.ABOUT: "about ",
    Comparator.BETWEEN_LOW: "from ",
    Comparator.BETWEEN_HIGH: "to ",
}
_NO_UNIT_SHOWN = frozenset({"", "date"})


def described(fact: PolicyFact) -> str:
    """Return the fact in a line: "refund window at most 30 days, EU"."""
    subject = fact.scope.subject or fact.kind.value
    return f"{subject} {bounded_value(fact)}{narrowed(fact)}"


def bounded_value(fact: PolicyFact) -> str:
    """Return the value with its comparator and unit: "at most 30 days", "free", "“if unopened”"."""
    if fact.kind in WORDED:
        return f"“{fact.value}”"
    return f"{bound(fact)}{plain_value(fact)}"


def bound(fact: PolicyFact) -> str:
    """Return how the value bounds, with a space behind it, or empty text."""
    return f"{'not ' if fact.negated else ''}{_BOUNDS[fact.comparator]}"


def plain_value(fact: PolicyFact) -> str:
    """Return the value with its unit: "30 days", "4.90 EUR", "40%"."""
    if fact.kind is FactKind.AMOUNT and fact.value == "0":
        return "free"
    return f"{number(fact)}{unit(fact)}"


def number(fact: PolicyFact) -> str:
    """Return the value without its unit, money with two decimals or none."""
    whole, point, decimals = fact.value.partition(".")
    if fact.kind is FactKind.AMOUNT and point:
        return f"{whole}.{decimals:0<2}"
    return fact.value


def unit(fact: PolicyFact) -> str:
    """Return the unit as it stands behind the number, with the space before it."""
    if fact.unit in _NO_UNIT_SHOWN or fact.kind is FactKind.TIME:
        return ""
    if fact.unit == "%":
        return "%"
    is_plural = fact.kind in {FactKind.DURATION, FactKind.COUNT} and fact.value != "1"
    return f" {fact.unit.replace('_', ' ')}{'s' if is_plural else ''}"


def rate(fact: PolicyFact) -> str:
    """Return what the value is counted for, " per month", or empty text."""
    return f" per {fact.scope.per}" if fact.scope.per else ""


def audience(fact: PolicyFact) -> tuple[str, ...]:
    """Return the products, plans, regions and channels that the fact is for."""
    scope = fact.scope
    return (*scope.product, *scope.plan, *scope.region, *scope.channel)


def narrowed(fact: PolicyFact) -> str:
    """Return rate and audience as they stand behind the value: " per month, EU"."""
    return rate(fact) + "".join(f", {name}" for name in audience(fact))
