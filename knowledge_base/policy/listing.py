"""Values that are listed together ("10 USD, 10 EUR or 10 GBP"): one word bounds them all."""

import re
from collections.abc import Sequence

from knowledge_base.policy.value import Value

_JOINT = re.compile(r"\s?(?:[,+/–-]|,? (?:or|and|to))\s?")


def listed_with(text: str, values: Sequence[Value], value: Value) -> tuple[Value, Value]:
    """Return the first and the last of the values in `text` that the value is listed with."""
    first = last = value
    for one in reversed(values):
        if one.end <= first.start and _JOINT.fullmatch(text, one.end, first.start):
            first = one
    for one in values:
        if last.end <= one.start and _JOINT.fullmatch(text, last.end, one.start):
            last = one
    return first, last
