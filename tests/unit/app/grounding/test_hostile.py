"""Hostile text: what a model writes is read in bounded time, and supports nothing of its own."""

import random
import time

import pytest

from app.grounding.verdict import Verdict
from tests.grounded import findings

TOLD = "You can return a tent within 30 days. Refunds take 5 days."
LONGEST_SECONDS = 20
HOSTILE = {
    "no full stop": "refund of 900 USD " * 5600,
    "one word": "a" * 100_000,
    "digits": "9" * 100_000,
    "brackets": "(" * 50_000 + "refund" + ")" * 50_000,
    "menu path": "Account > " * 10_000,
    "denials": "not " * 25_000,
    "pipes": "| a " * 25_000,
    "control characters": "Refunds take\x00 5 days.\x08\x08\x08\x08\x08\x08 9 days.",
    "turned direction": "Refunds take \u202e03\u202c days.",
    "arabic digits": "Refunds take \u0669 days.",
    "devanagari digits": "Refunds take \u096f days.",
    "full-width digits": "Refunds take \uff19 days.",
    "number in words": "Refunds take ninety-nine days.",
    "fraction": "Refunds take \u00bd days.",
    "superscript": "Refunds take 5\u00b2 days.",
    "roman": "Refunds take \u2168 days.",
    "half a character": "Refunds take \ud800 9 days.",
    "zero-width": "Refunds take 5\u200b0 days.",
    "cyrillic": "Refunds t\u0430ke 9 d\u0430ys.",
}


class TestHostileText:
    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
    def test_supports_nothing_in_bounded_time(self, text: str) -> None:
        begun = time.process_time()

        found = findings(text, TOLD)

        assert found
        assert any(one.verdict is not Verdict.SUPPORTED for one in found)
        assert time.process_time() - begun < LONGEST_SECONDS

    def test_never_fails_on_scrambled_text(self) -> None:
        marks = "refund 30 days not > | - . : $ € % @ \n\t\u202e\u0669 I will [1] (x) https://a.b"
        choice = random.Random(11)

        for _ in range(300):
            text = "".join(choice.choice(marks) for _ in range(choice.randrange(80)))
            assert isinstance(findings(text, TOLD), tuple)
