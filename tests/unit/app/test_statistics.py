import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.statistics import mean, percentile, rate


class TestRate:
    def test_gives_the_interval_of_a_published_example(self) -> None:
        # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3: 81 of 263.
        measured = rate(81, 263)

        assert (round(measured.low, 4), round(measured.high, 4)) == (0.2553, 0.3662)

    def test_keeps_an_honest_upper_end_when_nothing_succeeded(self) -> None:
        # Newcombe 1998, table I, method 3: 0 of 20.
        measured = rate(0, 20)

        assert (measured.low, round(measured.high, 4)) == (0.0, 0.1611)

    @given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_holds_the_share_inside_zero_and_one(self, trial: tuple[int, int]) -> None:
        measured = rate(*trial)

        assert 0 <= measured.low <= measured.value <= measured.high <= 1

    @pytest.mark.parametrize(("successes", "n"), [(0, 0), (2, 1), (-1, 3)])
    def test_refuses_counts_that_are_no_rate(self, successes: int, n: int) -> None:
        with pytest.raises(ValueError, match="is no rate"):
            rate(successes, n)


class TestMean:
    def test_is_the_same_for_the_same_seed(self) -> None:
        values = [0.1, 0.4, 0.9, 0.3]

        assert mean(values, seed=7) == mean(values, seed=7)

    def test_agrees_with_the_normal_interval_on_many_values(self) -> None:
        values = [float(i % 2) for i in range(1000)]
        reach = 1.96 * 0.5 / math.sqrt(len(values))

        measured = mean(values)

        assert measured.value == 0.5
        assert measured.low == pytest.approx(0.5 - reach, abs=0.003)
        assert measured.high == pytest.approx(0.5 + reach, abs=0.003)

    def test_of_equal_values_has_no_width(self) -> None:
        measured = mean([0.25, 0.25])

        assert (measured.low, measured.value, measured.high) == (0.25, 0.25, 0.25)

    @pytest.mark.parametrize("values", [[], [math.nan], [1.0, math.inf]])
    def test_refuses_what_has_no_mean(self, values: list[float]) -> None:
        with pytest.raises(ValueError, match="no mean"):
            mean(values)


class TestPercentile:
    def test_is_a_value_that_occurred(self) -> None:
        values = [40.0, 10.0, 20.0, 30.0]

        assert percentile(values, 0.5) == 20.0
        assert percentile(values, 0.95) == 40.0

    def test_refuses_no_values(self) -> None:
        with pytest.raises(ValueError, match="no percentile"):
            percentile([], 0.5)
