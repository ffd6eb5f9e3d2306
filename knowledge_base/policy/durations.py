"""Durations: "14 days", "two weeks", "3-5 business days", "a year's notice", "half an hour"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from knowledge_base.policy.fact import FactKind
from knowledge_base.policy.measures import Measure, Unit
from knowledge_base.policy.numbers import NUMBER, decimal, normal
from knowledge_base.policy.value import Value

_ADJECTIVE = r"(?:business|working|calendar|consecutive|full|additional|more)[ -]"
_UNITS = (
    rf"(?:(?:{_ADJECTIVE})?"
    r"(?:milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?))"
    r"(?![\w])"
)
_SHORT = {"sec": "second", "min": "minute", "hr": "hour", "yr": "year"}
_PLAIN = re.compile(_ADJECTIVE, re.IGNORECASE)
_WORKING = re.compile(r"business|working", re.IGNORECASE)
_SINGLE = re.compile(
    r"(?:(?<=within )|(?<=after )|(?<=up to )|(?<=takes )|(?<=take )|(?<=for )|(?<=in )"
    r"|(?<=about )|(?<=least )|(?<=than )|(?P<half>half ))an? (?P<unit>(?:business |working )?"
    r"(?:minute|hour|day|week|month|year))(?!\w)"
    r"|(?<!\w)an? (?P<notice>day|week|month|year)['’]s\b",
    re.IGNORECASE,
)


_AGED = re.compile(
    r"\b(?:minors?|child(?:ren)?|kids?|aged?|ages|years? old|juniors?|guests?|adults?|birth)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    rf"\b(?:under|over|below|above|at least|aged?(?: is)?|from) (?P<age>{NUMBER})"
    r"(?=[.,;)]|$| (?:and|or|to|come|comes|are|is|must|can|may|need)\b)",
    re.IGNORECASE,
)


def unit_of(written: str) -> Unit:
    """Return the unit of time in its one name: "Working days" is business_day."""
    word = _PLAIN.sub("", written).lower().removesuffix("s")
    if word == "millisecond":
        return Unit("second", Decimal("0.001"))
    word = _SHORT.get(word, word)
    return Unit(f"business_{word}" if word == "day" and _WORKING.match(written) else word)


_MEASURE = Measure.of(FactKind.DURATION, _UNITS, unit_of)


def durations(text: str) -> Iterator[Value]:
    """Yield the durations in `text`."""
    yield from _MEASURE.find(text)
    for match in _SINGLE.finditer(text):
        unit = unit_of(match["unit"] or match["notice"])
        number = "0.5" if match["half"] else "1"
        end = match.end("unit") if match["unit"] else match.end("notice")
        yield Value(FactKind.DURATION, number, unit.name, match.start(), end, has_number=False)
    if _AGED.search(text):
        for match in _AGE.finditer(text):
            age = normal(decimal(match["age"]))
            yield Value(FactKind.DURATION, age, "year", *match.span("age"))
