"""Numbers of a text with the words that may be their unit, as the metrics read them.

Written apart from the reader of policy facts, which the assistant's gate and the generators of
cases use: a mistake of that reader must not hide in the measure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evals.wording import STOP_WORDS, normalise, same_word

_UNIT_REACH = 3  # words after a number in which its unit may stand: "5 full business days"
BREAK = "."
_TOKEN = re.compile(r"[.;:!?](?=\s|$)|[$€£]|%|\d+(?:[.:/-]\d+)*|[^\W\d_]+")
_SMALL_NUMBERS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
    """.split()  # noqa: SIM905 - a list of words reads as words
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_SMALL_NUMBERS, start=2)} | _TENS
_CURRENCY_NAMES = {"$": "usd", "€": "eur", "£": "gbp"} | {
    "dollar": "usd",
    "euro": "eur",
    "pound": "gbp",
}
_CANONICAL = _NUMBER_WORDS | _CURRENCY_NAMES | {"percent": "%"}
_CURRENCIES = frozenset(_CURRENCY_NAMES.values())
_MEASURES = _CURRENCIES | frozenset(
    """
    % day night week month year hour minute km mile kg g cm mm litre
    """.split()  # noqa: SIM905 - as above
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text."""

    value: str
    units: tuple[str, ...]
    """Words near the number that may be its unit, nearest first."""

    @property
    def measure(self) -> str | None:
        """The unit of measure among them, where there is one."""
        return next((unit for unit in self.units if unit in _MEASURES), None)


def same_number(number: Number, other: Number) -> bool:
    """Return whether two numbers agree in value and, where both have one, in unit."""
    if number.value != other.value:
        return False
    if not number.units or not other.units:
        return True
    if number.measure and other.measure:
        return number.measure == other.measure
    return any(same_word(left, right) for left in number.units for right in other.units)


def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order, those written as words too."""
    tokens = [_token(token) for token in _TOKEN.findall(normalise(text))]
    return tuple(
        Number(token, _units(tokens, place))
        for place, token in enumerate(tokens)
        if token[0].isdigit()
    )


def _token(word: str) -> str:
    singular = word.removesuffix("s")
    if word in ";:!?":
        return BREAK
    if known := _CANONICAL.get(word) or _CANONICAL.get(singular):
        return known
    return singular if singular in _MEASURES else word


def _units(tokens: Sequence[str], place: int) -> tuple[str, ...]:
    after: list[str] = []
    for token in tokens[place + 1 : place + 1 + _UNIT_REACH]:
        if token == BREAK or token[0].isdigit() or token in STOP_WORDS:
            break
        after.append(token)
    before = tokens[place - 1] if place else ""
    return tuple(after) if before not in _CURRENCIES or after[:1] == ["%"] else (before,)
