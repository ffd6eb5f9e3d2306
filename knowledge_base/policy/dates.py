"""Calendar dates and times of day: "January 15, 2027", "by 31 March", "9am to 5:30 p.m."."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge_base.policy.fact import FactKind
from knowledge_base.policy.value import Value

_DATE, _TIME = "date", "time"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LEAP_YEAR = 2000  # a date without a year may be February 29
_NOON = 12

_MONTH = (
    r"(?P<m{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?-i:May)|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<d{0}>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:.,]?\d|%|\s?[ap]\.?m)"
_YEAR = r"(?P<y{0}>(?:19|20)\d\d)(?!\d)"
_PATTERNS = (
    rf"(?<![\w-]){_YEAR}-(?P<m{{0}}>[01]\d)-(?P<d{{0}}>[0-3]\d)(?![\w-])",
    rf"(?<!\w){_MONTH}\s{_DAY}(?:,?\s{_YEAR})?(?!\w)",
    rf"(?<![\w.,-]){_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?(?!\w)",
    rf"(?<!\w){_MONTH},?\s{_YEAR}",
    rf"(?<![\w/])(?P<m{{0}}>[01]?\d)/(?P<d{{0}}>[0-3]?\d)/{_YEAR}(?![\w/])",
)
_DATES = re.compile(
    "|".join(pattern.format(number) for number, pattern in enumerate(_PATTERNS)), re.IGNORECASE
)
_HALF_DAY = r"\s?(?P<half>[ap])(?:\.\s?m\.?|m)(?!\w)"
_CLOCK = r"(?P<hour>[012]?\d)(?:[:.](?P<minute>[0-5]\d))?"
_TIMES = re.compile(
    rf"(?<![\w.:,$]){_CLOCK}{_HALF_DAY}"
    r"|(?<![\w.:,$-])(?P<hour24>[01]\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\w:])"
    r"|(?<!\w)(?P<word>noon|midnight)(?!\w)",
    re.IGNORECASE,
)
_BARE_HOUR = re.compile(rf"(?<![\w.:,$]){_CLOCK}\s?(?:-|–|—|to)\s?$", re.IGNORECASE)


def dates(text: str) -> Iterator[Value]:
    """Yield the dates in `text`: ISO, "--MM-DD" without a year, "YYYY-MM" without a day."""
    for match in _DATES.finditer(text):
        value = _iso(match)
        if value is not None:
            yield Value(FactKind.DATE, value, _DATE, *match.span())


def times(text: str) -> Iterator[Value]:
    """Yield the times of day in `text` as HH:MM."""
    for match in _TIMES.finditer(text):
        if match["half"] and (bare := _BARE_HOUR.search(text[: match.start()])):
            span = bare.start("hour"), max(bare.end("hour"), bare.end("minute"))
            begin = _clock(bare, match["half"])
            if begin > _time(match):
                begin = _clock(bare, "a")
            yield Value(FactKind.TIME, begin, _TIME, *span)
        yield Value(FactKind.TIME, _time(match), _TIME, *match.span())


def _iso(match: re.Match[str]) -> str | None:
    """Return the date as a value, None where the calendar has no such day."""
    parts = {name[0]: text for name, text in match.groupdict().items() if text}
    month = _month(parts["m"])
    year, day = parts.get("y"), parts.get("d")
    if day is None:
        return f"{year}-{month:02}"
    try:
        found = date(int(year or _LEAP_YEAR), month, int(day))
    except ValueError:
        return None
    return found.isoformat() if year else f"--{found:%m-%d}"


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written.lower()[:3]) + 1


def _time(match: re.Match[str]) -> str:
    if match["word"]:
        return "12:00" if match["word"].lower() == "noon" else "00:00"
    if match["hour24"]:
        return f"{match['hour24']}:{match['minute24']}"
    return _clock(match, match["half"])


def _clock(match: re.Match[str], half: str) -> str:
    hours = int(match["hour"]) % _NOON + (_NOON if half.lower() == "p" else 0)
    return f"{hours:02}:{match['minute'] or '00'}"
