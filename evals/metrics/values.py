"""Values of a text that a policy may turn on: dates, codes, and numbers with a unit.

A small reading of the metrics' own. It doesn't see a value in words beyond the usual ones
("a fortnight", "half price"), a limit without a number ("once a year"), a number without a word
behind it, or what a value is said of.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from evals.metrics.numbers import Number, numbers, same_number
from evals.wording import normalise

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - a list of words
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?\b"
_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+{_DAY}\b{_YEAR}"),
)
_CODE = re.compile(r"\b(?=[A-Z0-9-]*[A-Z]-?[A-Z])(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{2,}[A-Z0-9]\b")
_RANGE = re.compile(
    r"(?<![\d.:/-])(?P<low>\d+(?:\.\d+)?)(?:-| to | and )(?P<high>\d+(?:\.\d+)?)"
    r"(?P<unit>%|\s+[^\W\d_]+)"
)


class ValueKind(StrEnum):
    """What a value is."""

    DATE = "date"
    CODE = "code"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it is compared."""

    kind: ValueKind
    key: str
    """Month and day, `01-15`; a code as it stands; a number in digits."""
    details: tuple[str, ...] = ()
    """A date's year, where it has one; the words that may be a number's unit, nearest first."""

    def __str__(self) -> str:
        return " ".join((self.key, *self.details[:1]))


def values(text: str) -> tuple[Value, ...]:
    """Return the values of a text, each once."""
    codes = [Value(ValueKind.CODE, code) for code in _CODE.findall(text)]
    plain = normalise(_CODE.sub(" ", text))
    dates = []
    for form in _DATES:
        dates += [_date(found) for found in form.finditer(plain)]
        plain = form.sub(" . ", plain)
    counted = numbers(_RANGE.sub(r"\g<low>\g<unit> \g<high>\g<unit>", plain))
    with_unit = (Value(ValueKind.NUMBER, n.value, n.units) for n in counted if n.units)
    return tuple(dict.fromkeys((*codes, *dates, *with_unit)))


def same_value(value: Value, other: Value) -> bool:
    """Return whether two values agree: a number in its unit too, a date in the years given."""
    if (value.kind, value.key) != (other.kind, other.key):
        return False
    if value.kind is ValueKind.NUMBER:
        return same_number(Number(value.key, value.details), Number(other.key, other.details))
    return not value.details or not other.details or value.details == other.details


def _date(found: re.Match[str]) -> Value:
    named = found["month"]
    month = int(named) if named.isdigit() else _MONTHS.index(named) + 1
    year = (found["year"],) if found["year"] else ()
    return Value(ValueKind.DATE, f"{month:02}-{int(found['day']):02}", year)
