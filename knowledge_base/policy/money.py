"""Amounts of money, what is free, and percentages.

A currency is its ISO code; "$" alone is the US dollar unless the article says another one.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.policy.measures import Measure, Unit
from knowledge_base.policy.numbers import DIGITS, decimal, normal
from knowledge_base.policy.value import Value

DOLLAR = "$"
DEFAULT_DOLLAR = "USD"

_SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "R$": "BRL", "$": DOLLAR, "€": "EUR", "£": "GBP", "¥": "JPY",
    "₹": "INR", "₩": "KRW", "₪": "ILS",
}  # fmt: skip
CODES = (
    r"USD|EUR|GBP|JPY|CNY|INR|AUD|CAD|NZD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|SGD|HKD|KRW|ILS"
    r"|ZAR|AED|SAR|THB|IDR|PHP|MYR|TWD|RUB|UAH|ARS|CLP|COP"
)
_NAMES = {"us dollar": "USD", "euro": "EUR", "pound": "GBP", "pound sterling": "GBP", "yen": "JPY"}

_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_CODE = rf"(?-i:{CODES})"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:\.\d{{3}})*,\d\d(?!,?\d)|{DIGITS})"
    r"(?:\s?(?:thousand|million|billion)(?!\w)|(?:[km]|bn)(?!\w))?"
)
_BEFORE = rf"(?:(?<![\w$])(?:{_CODE}\s?)?\\?(?:{_SIGN})\s?|(?<!\w){_CODE}\s?)"
_AFTER = rf"(?:\s?{_CODE}(?!\w)|\s?[€£¢])"
_MONEY = re.compile(
    rf"(?:{_BEFORE}{_NUMBER}(?:{_AFTER})?|(?<![\w.,$]){_NUMBER}{_AFTER})(?P<more>\+)?",
    re.IGNORECASE,
)
_PIECES = re.compile(rf"(?P<code>{_CODE})|(?P<sign>{_SIGN}|¢)|(?P<number>{_NUMBER})", re.IGNORECASE)
_FREE = re.compile(
    r"(?<![\w-])(?:free of charge|for free(?! (?:account|plan|user|team|customer|member|order"
    r"|trial)s?\b)|(?:at )?no (?:\w+ ){0,2}(?:charge|cost|fee)s?"
    r"|without (?:extra |additional )?charge|complimentary|free"
    r"(?!(?: site)? (?:plan|tier|up|space|text|form|software|account|version|user|site|website"
    r"|domain"
    r"|workspace|project|instance|order|team|member|customer)s?\b| to (?!use|join|attend|enter)"
    r"| (?:and|or) paid)(?![\w-]))(?!\w)",
    re.IGNORECASE,
)
_NOT_A_PRICE = re.compile(r"(?:feel|toll|hands|error|ad|sugar|tax|risk|virus)[ -]$", re.IGNORECASE)


def amounts(text: str) -> Iterator[Value]:
    """Yield the amounts of money in `text`; "$" alone has the unit `DOLLAR`."""
    for match in _MONEY.finditer(text):
        number, currency = _read(match.group())
        more = Comparator.AT_LEAST if match["more"] else None
        yield Value(FactKind.AMOUNT, normal(number), currency, *match.span(), more)
    yield from _NAMED.find(text)
    for match in _FREE.finditer(text):
        if _NOT_A_PRICE.search(text[: match.start()]) is None and not _is_name(match):
            span = match.span()
            yield Value(FactKind.AMOUNT, "0", "", *span, Comparator.EQ, has_number=False)


def percentages(text: str) -> Iterator[Value]:
    """Yield the percentages in `text`."""
    yield from _PERCENT.find(text)


def _read(amount: str) -> tuple[Decimal, str]:
    """Return the number and the currency of an amount; a code says more than a sign."""
    number, currency = Decimal(0), ""
    for piece in _PIECES.finditer(amount):
        if piece["number"]:
            number = decimal(piece["number"])
        elif piece["code"]:
            currency = piece["code"]
        elif piece["sign"] == "¢":
            return number / 100, DOLLAR
        else:
            currency = currency or _SIGNS[piece["sign"].upper()]
    return number, currency


def _is_name(match: re.Match[str]) -> bool:
    """Tell whether "Free" is written as a name inside a sentence: "on Free", "Free and Pro"."""
    before = match.string[: match.start()].rstrip()
    return match.group().endswith("Free") and bool(before) and before[-1] not in ".:|!?*"


def _currency(written: str) -> Unit:
    name = written.lower().replace(".", "").replace("pounds", "pound").removesuffix("s")
    if name == "cent":
        return Unit(DOLLAR, Decimal("0.01"))
    return Unit(_NAMES.get(name, DOLLAR))


_NAMED = Measure.of(
    FactKind.AMOUNT,
    r"(?:U\.?S\.? dollars?|dollars?|euros?|pounds? sterling|yen|cents?)(?!\w)",
    _currency,
)
_PERCENT = Measure.of(FactKind.PERCENTAGE, r"(?:%|per ?cent(?!\w))", lambda _: Unit("%"))
