"""Numbers as people write them: digits, thousands, multiples and English words.

Every family of values builds its patterns from `NUMBER` and reads what matched with `decimal`.
"""

import re
from decimal import Decimal

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_WORDS = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_MULTIPLES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000,
}  # fmt: skip

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_MULTIPLE = r"(?:hundred|thousand|million|billion)"
_WORD = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
WORDS = rf"(?:{_WORD}(?:[ -](?:{_WORD}|{_MULTIPLE}))*|(?:a )?{_MULTIPLE})(?![\w])"
_SHORT = r"(?:[km]|bn)(?![\w])"
NUMBER = (
    rf"(?:(?<![\w.,/#:$€£¥])(?:{DIGITS}(?:\s?{_MULTIPLE}(?!\w)|{_SHORT})?)"
    rf"|(?<![\w-])(?:{WORDS}(?:\s\({DIGITS}\))?))"
)
"""A number in digits or in words, "ninety (90)" included; match it with IGNORECASE."""

_PIECES = re.compile(rf"{DIGITS}|[a-z]+", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\(({DIGITS})\)")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})*,\d{1,2}")


def decimal(text: str) -> Decimal:
    """Return the number that `text`, a match of `NUMBER`, stands for."""
    doubled = _IN_BRACKETS.search(text)
    if doubled:
        return decimal(doubled.group(1))
    if _EUROPEAN.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    total = part = Decimal(0)
    for piece in _PIECES.findall(text.lower()):
        multiple = Decimal(_MULTIPLES.get(piece, 0))
        if not multiple:
            part += Decimal(_WORDS[piece]) if piece in _WORDS else _digits(piece)
        elif multiple == _MULTIPLES["hundred"]:
            part = (part or 1) * multiple
        else:
            total += (part or 1) * multiple
            part = Decimal(0)
    return total + part


def normal(number: Decimal) -> str:
    """Return the number as a decimal without exponent and trailing zeros."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _digits(piece: str) -> Decimal:
    digits = piece.replace(",", "")
    return Decimal(digits) if digits[:1].isdigit() else Decimal(0)
