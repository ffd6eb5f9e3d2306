"""Quantities: every number that a text names, with its unit, in a form that can be compared.

Wider than policy facts: a claim may not change a number in an example or a measurement either.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.policy.comparators import comparator, is_denied
from knowledge_base.policy.comparison import measured
from knowledge_base.policy.dates import dates, times
from knowledge_base.policy.durations import durations
from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.policy.listing import listed_with
from knowledge_base.policy.money import CODES, DEFAULT_DOLLAR, DOLLAR, amounts, percentages
from knowledge_base.policy.numbers import NUMBER, WORDS, decimal, normal
from knowledge_base.policy.ranges import with_ranges
from knowledge_base.policy.sizes import sizes
from knowledge_base.policy.value import Value, without_overlaps
from knowledge_base.policy.words import WORD, is_function_word, singular

_NEAR = 60
"""Code points before a number that say how it bounds."""
LONGEST = 2000
"""Code points of a text that are read: reading all values of one takes the square of its length."""
_FAMILIES = (amounts, percentages, dates, times, durations, sizes)
_BARE = re.compile(rf"(?P<number>{NUMBER}|\d[\d.,]*\d|\d)", re.IGNORECASE)
_MAY_COUNT = re.compile(
    rf"\d|\b(?:{WORDS}|free|no|without|once|twice|half|noon|midnight|complimentary"
    r"|an? (?:\w+ )?(?:day|hour|week|month|year|minute))\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""A number in an address is part of a name."""
_CURRENCY = re.compile(CODES)
_OR_MORE = re.compile(r"(?:or|and) (?:more|fewer|less|over|above|up) ", re.IGNORECASE)
"""What may stand between a number and the noun that it counts: "6 or more items"."""
_BEFORE = re.compile(r" (?:\w+ )?(?:before|ahead of|prior to|in advance)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:up to|until|till|by|(?:no|not) later than|at the latest) (?:the )?$", re.IGNORECASE
)
"""The last day to do something: "up to 24 hours before" leaves as much time as "at least"."""
_NONE_MORE = re.compile(
    r"\bno (?:[\w-]+ ){1,4}?(?:is|are|can be|may be|lasts?|costs?|takes?|goes|go)"
    r" (?:[a-z]+er than|more than|over|above|beyond) $"
    r"|\b(?:never|not|n['’]t) (?:\w+ )?(?:go|goes|be|rise|rises|last|cost|take)?"
    r" ?(?:over|above|beyond) $",
    re.IGNORECASE,
)
"""What denies that anything is more, and so bounds it: "no rental is longer than 21 days"."""
_POUNDS = "GBP"
_TWICE = re.compile(r"\btwice\b", re.IGNORECASE)
_AFTER = re.compile(r"\bafter (?:(?:a|the|first|full|further) )*$", re.IGNORECASE)
_PRONOUN = frozenset({"one", "zero"})
_NUMERIC = frozenset({"No", "Nl"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text names."""

    number: str
    """In the base unit of its family; an ISO date or a time of day as they are."""
    unit: str
    """Base unit; of a bare number the noun that it counts, or empty."""
    kind: FactKind | None
    """None of a bare number."""
    comparator: Comparator
    negated: bool
    written: str
    start: int
    """Code points of the text, like `end` (exclusive)."""
    end: int

    def equals(self, other: "Quantity") -> bool:
        """Tell whether both are the same number of the same thing, however they bound it.

        An age that is written without its years is the bare number, and pounds may be money.
        """
        if self.written == other.written and self.is_unmeasured != other.is_unmeasured:
            return True
        if self.may_be_pounds_like(other):
            return self.number == other.number
        if self.number != other.number:
            return False
        bare = self.kind is None or other.kind is None
        return self.unit == other.unit or (
            bare and (self.kind is other.kind or not (self.unit and other.unit))
        )

    @property
    def is_unmeasured(self) -> bool:
        """Whether nothing says what it measures or counts."""
        return self.kind is None and not self.unit

    def may_be_pounds_like(self, other: "Quantity") -> bool:
        """Tell whether one was read as a weight, and may be money as the other is: "59 pounds"."""
        read, money = (self, other) if self.kind is FactKind.SIZE else (other, self)
        return read.kind is FactKind.SIZE and "pound" in read.written and money.unit == _POUNDS

    def rivals(self, other: "Quantity") -> bool:
        """Tell whether both measure the same kind of thing, so that one may stand for the other."""
        if self.may_be_pounds_like(other):
            return True
        if self.kind is None or other.kind is None:
            return self.kind is other.kind and self.unit == other.unit != ""
        return self.kind is other.kind


def ascii_digits(text: str) -> str:
    """Return the text with other alphabets' digits as 0 to 9, one code point for one."""
    if text.isascii():
        return text
    return "".join(_digit(mark) for mark in text)


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of the first 2,000 code points of `text`, in their order."""
    read = _ADDRESS.sub(_blank, ascii_digits(text[:LONGEST]))
    if not _MAY_COUNT.search(read) and read.isascii():
        return ()
    values = tuple(
        with_ranges(read, without_overlaps(one for family in _FAMILIES for one in family(read)))
    )
    found = [_measured(read, value, values) for value in values]
    found += _bare(read, [(value.start, value.end) for value in values])
    return tuple(sorted(found, key=lambda one: one.start))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _digit(mark: str) -> str:
    if mark.isascii():
        return mark
    digit = unicodedata.decimal(mark, None)
    return mark if digit is None else str(digit)


def _measured(text: str, value: Value, values: Sequence[Value]) -> Quantity:
    base = measured(value)
    unit = value.unit if base is None else base.unit
    return Quantity(
        number=value.value if base is None else normal(base.number),
        unit=DEFAULT_DOLLAR if unit == DOLLAR else unit,
        kind=value.kind,
        comparator=_bound(text, value, values),
        negated=is_denied(text, value),
        written=text[value.start : value.end],
        start=value.start,
        end=value.end,
    )


def _bound(text: str, value: Value, values: Sequence[Value]) -> Comparator:
    """Return how the value bounds: what comes after 14 days doesn't come within them."""
    found = comparator(text, value, values)
    before = text[max(0, value.start - _NEAR) : value.start]
    if found is Comparator.EQ:
        _, last = listed_with(text, values, value)
        found = comparator(text, last, ())
    if found is Comparator.MORE_THAN and _NONE_MORE.search(before):
        return Comparator.AT_MOST
    if value.kind is FactKind.DURATION and _BEFORE.match(text, value.end):
        return Comparator.AT_LEAST if _LATEST.search(before) else found
    is_after = value.kind is FactKind.DURATION and _AFTER.search(text[: value.start]) is not None
    return Comparator.MORE_THAN if is_after and found is Comparator.EQ else found


def _bare(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    reached = 0
    for match in _BARE.finditer(text):
        start, end = match.span()
        written = match.group()
        if start < reached or any(start < other_end and begin < end for begin, other_end in taken):
            continue
        if written.lower() in _PRONOUN or _is_marker(text, start, end):
            continue
        reached = end
        yield _counted(text, start, end, _number(written))
    for twice in _TWICE.finditer(text):
        yield _times(text, twice.start(), twice.end())
    for place, mark in enumerate(text):
        if not mark.isascii() and unicodedata.category(mark) in _NUMERIC:
            yield _counted(text, place, place + 1, mark)


def _times(text: str, start: int, end: int) -> Quantity:
    value = Value(FactKind.COUNT, "2", "", start, end)
    return Quantity(
        number="2",
        unit="time",
        kind=None,
        comparator=comparator(text, value, ()),
        negated=is_denied(text, value),
        written=text[start:end],
        start=start,
        end=end,
    )


def _is_marker(text: str, start: int, end: int) -> bool:
    """Tell whether the number only counts a list's items: "2. Open …"."""
    return not text[:start].strip() and re.match(r"[.)](?:\s|$)", text[end : end + 2]) is not None


def _number(written: str) -> str:
    try:
        return normal(decimal(written))
    except (ArithmeticError, KeyError, ValueError):
        return written


def _counted(text: str, start: int, end: int, number: str) -> Quantity:
    behind = _OR_MORE.match(text, end + 1)
    after = behind.end() if behind else end + 1
    noun = WORD.match(text, after) if text[end : end + 1] in {" ", "-"} else None
    said = noun.group() if noun else ""
    is_money = _CURRENCY.fullmatch(said) is not None
    is_thing = said and not is_function_word(said) and not said[0].isdigit()
    value = Value(FactKind.COUNT, number, "", start, end)
    return Quantity(
        number=number,
        unit=said if is_money else singular(said) if is_thing else "",
        kind=FactKind.AMOUNT if is_money else None,
        comparator=comparator(text, value, ()),
        negated=is_denied(text, value),
        written=text[start:end],
        start=start,
        end=end,
    )
