"""Values of facts as they are written, varied: another number, one more, one less."""

import random
import re
from decimal import Decimal
from typing import Final

from evals.wording import states
from knowledge_base.policy.fact import FactKind, PolicyFact
from knowledge_base.policy.numbers import DIGITS, WORDS, decimal, normal
from knowledge_base.policy.wording import plain_value

_NUMBER: Final = re.compile(rf"(?<![\w.,]){DIGITS}|(?<![\w-]){WORDS}", re.IGNORECASE)
_FACTORS = (Decimal("0.5"), Decimal("1.5"), Decimal(2), Decimal("2.5"), Decimal(3), Decimal("0.8"))
_TRIES = 24
_VARIED = frozenset(
    {FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION, FactKind.COUNT, FactKind.SIZE}
)
_PENNIES = re.compile(r"\.\d\d\b")
_ONE = re.compile(r"(?<![\d.,])1 (?=\D)")


def is_number(fact: PolicyFact, text: str) -> bool:
    """Tell whether a fact is a number that can be varied: no date, no "free"."""
    return fact.kind in _VARIED and fact.value != "0" and len(_NUMBER.findall(text)) == 1


def wordings_of(fact: PolicyFact, text: str) -> tuple[str, ...]:
    """Return how an answer may state the value: as written, and with its number in digits."""
    found = _NUMBER.search(text)
    in_digits = _with_number(text, decimal(found[0])) if found else text
    plain = plain_value(fact) if fact.kind is not FactKind.COUNT else in_digits
    return tuple(dict.fromkeys((text, in_digits, plain)))


def other_value(text: str, body: str, chance: random.Random) -> str | None:
    """Return the value with another number, one that stands nowhere in `body`; None if none fits.

    The change is plausible, half to three times, and keeps unit and writing.
    """
    found = _NUMBER.search(text)
    if found is None:
        return None
    number = decimal(found[0])
    for _ in range(_TRIES):
        changed = _rounded(number * chance.choice(_FACTORS) + chance.randint(0, 3), number)
        other = _with_number(text, changed)
        bare = _NUMBER.search(other)
        if changed > 1 and changed != number and bare and not states(body, bare[0]):
            return other
    return None


def shifted(text: str, step: Decimal) -> str | None:
    """Return the value with `step` added to its number; None where that leaves nothing."""
    found = _NUMBER.search(text)
    if found is None or decimal(found[0]) + step <= 0:
        return None
    return _with_number(text, decimal(found[0]) + step)


def _rounded(number: Decimal, like: Decimal) -> Decimal:
    if like == like.to_integral_value():
        return Decimal(int(number)) if like < _ROUND else Decimal(int(number / 50) * 50)
    return number.quantize(Decimal("0.01"))


_ROUND = Decimal(1000)


def _with_number(text: str, number: Decimal) -> str:
    found = _NUMBER.search(text)
    if found is None:
        return text
    written = normal(number)
    if _PENNIES.search(found[0]) or (_is_money(text) and "." in written):
        written = f"{number:,.2f}"
    elif "," in found[0]:
        written = f"{number:,}"
    replaced = text[: found.start()] + written + text[found.end() :]
    return _plural(replaced, one=decimal(found[0]) == 1 and number != 1)


def _is_money(text: str) -> bool:
    return bool(re.search(r"[$€£]|\b(?:USD|EUR|GBP)\b", text))


def _plural(text: str, *, one: bool) -> str:
    if one and text[-1:].isalpha() and text[-1:].islower() and not text.endswith("s"):
        return f"{text}s"
    if _ONE.match(text) and text.endswith("s"):
        return text.removesuffix("s")
    return text
