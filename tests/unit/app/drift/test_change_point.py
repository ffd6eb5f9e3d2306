import random

import pytest

from app.drift.change_point import change_points


def a_series(*parts: tuple[int, float], seed: int = 1) -> list[float]:
    drawn = random.Random(seed)
    return [level + drawn.gauss(0, 1) for days, level in parts for _ in range(days)]


class TestChangePoints:
    def test_finds_the_day_from_which_values_lie_elsewhere(self) -> None:
        (found,) = change_points(a_series((20, 0.0), (20, 5.0)))

        assert found.place == 20
        assert found.before < 1
        assert found.after > 4

    def test_finds_two_changes(self) -> None:
        found = change_points(a_series((30, 0.0), (30, 6.0), (30, -6.0)))

        assert [one.place for one in found] == [pytest.approx(30, abs=1), pytest.approx(60, abs=1)]

    def test_seldom_finds_one_where_nothing_has_changed(self) -> None:
        found = [change_points(a_series((30, 0.0), seed=seed)) for seed in range(300)]

        assert sum(map(bool, found)) <= 9  # 1 % of 300 are 3; above 9 in 1 of 800

    def test_is_not_misled_by_one_odd_day(self) -> None:
        values = a_series((30, 0.0))
        values[14] = 1000.0

        assert change_points(values) == ()

    def test_says_nothing_of_few_days(self) -> None:
        assert change_points([0.0] * 4 + [9.0] * 5) == ()
