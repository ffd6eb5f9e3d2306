"""Ranges: two values joined as "5 to 7 days", "$5–10", "between 9 am and 5 pm".

Only the number nearest to its unit is found with it, so the other end is read here from the
number beside it. "3 or 4 days" are two values, no range.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.policy.numbers import NUMBER, decimal, normal
from knowledge_base.policy.value import Value

_DASH = r"(?:-|–|—|−|~)"
_NUMBER_BEFORE = re.compile(
    rf"(?P<number>{NUMBER})(?:\s?{_DASH}\s?|,? (?:to|through|and|or) )$", re.IGNORECASE
)
_NUMBER_LISTED = re.compile(rf"(?P<number>{NUMBER}), $", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(rf"\s?{_DASH}\s?(?P<number>\d[\d,.]*\d|\d)(?![\w%-])")
_WHOLE_JOINT = re.compile(
    rf"\s?{_DASH}\s?|,? (?:to|through|thru|until|till|and)(?: (?:the|up to))? ", re.IGNORECASE
)
_BETWEEN = re.compile(r"\bbetween(?: \w+)?\s?$", re.IGNORECASE)
_LONGEST_NUMBER = 40
_PLAIN = frozenset(
    {FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.COUNT, FactKind.SIZE}
)


def with_ranges(text: str, values: Iterable[Value]) -> Iterator[Value]:
    """Yield the values in their order, bare numbers joined to them added, ends of ranges marked."""
    completed = [end for value in values for end in _completed(text, value)]
    ends: dict[int, Comparator] = {}
    for place, (low, high) in enumerate(pairwise(completed)):
        if low.kind is high.kind and place not in ends and _is_range(text, low, high):
            ends |= {place: Comparator.BETWEEN_LOW, place + 1: Comparator.BETWEEN_HIGH}
    for place, value in enumerate(completed):
        yield replace(value, comparator=ends.get(place, value.comparator))


def _completed(text: str, value: Value) -> Iterator[Value]:
    """Yield the value and the bare numbers that share its unit."""
    yield from _before(text, value, _NUMBER_BEFORE)
    yield value
    behind = _NUMBER_BEHIND.match(text, value.end) if value.kind is FactKind.AMOUNT else None
    if behind and value.value != "0":
        yield _like(value, behind)


def _before(text: str, value: Value, pattern: re.Pattern[str]) -> Iterator[Value]:
    if value.kind not in _PLAIN or not value.has_number:
        return
    begin = max(0, value.start - _LONGEST_NUMBER)
    found = pattern.search(text[begin : value.start])
    if found:
        number = _like(value, found).moved(begin)
        yield from _before(text, number, _NUMBER_LISTED)
        yield number


def _like(value: Value, match: re.Match[str]) -> Value:
    number = normal(decimal(match["number"]))
    return replace(value, value=number, start=match.start("number"), end=match.end("number"))


def _is_range(text: str, low: Value, high: Value) -> bool:
    joint = text[low.end : high.start]
    if not _WHOLE_JOINT.fullmatch(joint):
        return False
    return "and" not in joint or _BETWEEN.search(text[: low.start]) is not None
