import random
from decimal import Decimal

import pytest

from evals.generators.values import other_value, shifted
from evals.wording import states


class TestOtherValue:
    @pytest.mark.parametrize(
        "text", ["30 days", "$25,000", "4.50 EUR", "1 business day", "ten minutes", "2.5%"]
    )
    def test_keeps_unit_and_writing_and_stands_nowhere_in_the_article(self, text: str) -> None:
        other = other_value(text, f"It is {text}.", random.Random(1))

        assert other is not None
        assert not states(f"It is {text}.", other)
        assert other.lstrip("$")[0].isdigit()
        assert other.endswith(("days", "00", "EUR", "minutes", "%"))

    def test_gives_none_where_there_is_no_number(self) -> None:
        assert other_value("free", "It is free.", random.Random(1)) is None


class TestShifted:
    @pytest.mark.parametrize(
        ("text", "step", "expected"),
        [
            ("75 USD", "-0.01", "74.99 USD"),
            ("$25,000", "0.01", "$25,000.01"),
            ("1 business day", "1", "2 business days"),
            ("30 days", "1", "31 days"),
            ("1 day", "-1", None),
        ],
    )
    def test_adds_the_step(self, text: str, step: str, expected: str | None) -> None:
        assert shifted(text, Decimal(step)) == expected
