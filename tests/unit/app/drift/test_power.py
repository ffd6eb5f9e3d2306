import random

import pytest

from app.drift.power import power, verdict_power
from app.statistics import paired_rates


class TestPower:
    def test_of_more_questions_sees_a_smaller_shift(self) -> None:
        few, many = power(100, 3), power(400, 3)

        assert few.verdicts is not None
        assert many.verdicts is not None
        assert many.verdicts < few.verdicts

    def test_of_a_noisy_model_is_less(self) -> None:
        quiet, noisy = power(200, 3), power(200, 3, flips=0.1)

        assert quiet.verdicts is not None
        assert noisy.verdicts is not None
        assert noisy.verdicts > quiet.verdicts

    def test_of_more_questions_than_a_factorial_can_hold_is_more(self) -> None:
        some, many = power(1000, 3, flips=0.02), power(10_000, 3, flips=0.02)

        assert some.verdicts is not None
        assert many.verdicts is not None
        assert many.verdicts < some.verdicts

    def test_of_a_handful_of_questions_is_none(self) -> None:
        assert power(10, 2).verdicts is None


class TestVerdictPower:
    def test_is_how_often_the_test_says_so(self) -> None:
        drawn = random.Random(4)
        n, worse, flips, level = 120, 0.1, 0.04, 0.001

        seen = 0
        for _ in range(400):
            draws = [drawn.random() for _ in range(n)]
            pairs = [
                (one < worse + flips / 2, worse + flips / 2 <= one < worse + flips) for one in draws
            ]
            seen += paired_rates(pairs).p <= level

        assert seen / 400 == pytest.approx(verdict_power(n, worse, flips, level), abs=0.07)
