"""Changed units: days become weeks, dollars euros, a percentage an amount."""

import re
from collections.abc import Iterator

from benchmarks.claim_mutations.mutations.change import Change
from knowledge_base.policy.fact import FactKind
from knowledge_base.policy.reader import values_in

_MEASURED = frozenset({FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.SIZE})
_UNITS = (
    (r"(?:business|working) day(s?)\b", (r"week\1", r"hour\1")),
    (r"(?<!business )(?<!working )\bday(s?)\b", (r"week\1", r"hour\1")),
    (r"\bhour(s?)\b", (r"day\1",)),
    (r"\bminute(s?)\b", (r"hour\1",)),
    (r"\bsecond(s?)\b", (r"minute\1",)),
    (r"\bweek(s?)\b", (r"day\1", r"month\1")),
    (r"\bmonth(s?)\b", (r"week\1", r"year\1")),
    (r"\byear(s?)\b", (r"month\1",)),
    (r"\bUSD\b", ("EUR", "GBP")),
    (r"\bEUR\b", ("USD", "GBP")),
    (r"\bGBP\b", ("EUR", "USD")),
    (r"\$(?=\d)", ("€", "£")),
    (r"\bkg\b", ("g",)),
    (r"\bcm\b", ("mm",)),
    (r"\bkm\b", ("m",)),
)
_PERCENT = re.compile(r"(\d[\d.,]*)\s?%")
_DOLLARS = re.compile(r"\$(\d[\d.,]*\d|\d)")


def changed_units(text: str) -> Iterator[Change]:
    """Yield the sentence with another unit beside one of its numbers, once for each way."""
    for value in values_in(text):
        if value.kind in _MEASURED and value.has_number and float(value.value) > 0:
            written = text[value.start : value.end]
            for other, how in _otherwise(written):
                yield Change(text[: value.start] + other + text[value.end :], how)


def _otherwise(written: str) -> Iterator[tuple[str, str]]:
    for pattern, others in _UNITS:
        for other in others:
            changed, times = re.subn(pattern, other, written)
            if times == 1 and re.search(r"\d|\w+ \w", written):
                yield changed, f"{_unit(written)} to {_unit(changed)}"
    if _PERCENT.search(written):
        yield _PERCENT.sub(r"$\1", written), "% to $"
    if _DOLLARS.fullmatch(written):
        yield _DOLLARS.sub(r"\1%", written), "$ to %"


def _unit(written: str) -> str:
    return re.sub(r"[^A-Za-z$€£ ]", "", written).strip()
