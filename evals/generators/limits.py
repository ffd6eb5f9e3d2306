"""Limits: the question whether something just inside or outside still counts, and its answer."""

from collections.abc import Mapping
from decimal import Decimal
from string import Template

from evals.case import Side
from evals.generators.asking import Limit
from evals.generators.wording import upper_first
from knowledge_base.policy.fact import Comparator, PolicyFact

_MEANT: Mapping[Comparator | None, frozenset[Comparator]] = {
    Comparator.AT_MOST: frozenset({Comparator.EQ, Comparator.AT_MOST}),
    Comparator.MORE_THAN: frozenset({Comparator.MORE_THAN}),
    Comparator.AT_LEAST: frozenset({Comparator.AT_LEAST}),
}
"""How an article states a value where a bound of the question is what it means."""


def limit_of(
    template: str, bound: Comparator | None, parts: Mapping[str, str], fact: PolicyFact
) -> Limit | None:
    """Return the question about a limit, None where the form has none.

    Its bound is left out where the article's words don't bear it.
    """
    if not template:
        return None
    is_clear = parts.get("rel") != "before" and fact.comparator in _MEANT.get(bound, ())
    return Limit(
        upper_first(Template(template).safe_substitute(parts)), bound if is_clear else None
    )


def side_of(bound: Comparator | None, beyond: Decimal) -> Side | None:
    """Return the right answer for a value that lies so far beyond the limit."""
    is_within = {
        Comparator.AT_MOST: beyond <= 0,
        Comparator.AT_LEAST: beyond >= 0,
        Comparator.MORE_THAN: beyond > 0,
    }
    if bound not in is_within:
        return None
    return Side.YES if is_within[bound] else Side.NO
