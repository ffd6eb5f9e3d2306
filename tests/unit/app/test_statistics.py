import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.statistics import (
    difference_of_means,
    difference_of_rates,
    mean,
    paired_means,
    paired_rates,
    percentile,
    rate,
)


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


def pairs_of(both: int, lost: int, gained: int, neither: int) -> list[tuple[bool, bool]]:
    return (
        [(True, True)] * both
        + [(True, False)] * lost
        + [(False, True)] * gained
        + [(False, False)] * neither
    )


TABLES = st.tuples(*[st.integers(0, 60)] * 4).filter(any)


class TestPairedRates:
    @given(TABLES)
    def test_sums_every_split_that_a_fair_coin_gives_no_more_often(
        self, table: tuple[int, int, int, int]
    ) -> None:
        _, lost, gained, _ = table
        ways = [math.comb(lost + gained, heads) for heads in range(lost + gained + 1)]

        compared = paired_rates(pairs_of(*table))

        as_rare = sum(each for each in ways if each <= ways[gained])
        assert compared.p == pytest.approx(as_rare / sum(ways))

    def test_needs_six_losses_in_a_row_to_be_sure(self) -> None:
        five, six = (paired_rates(pairs_of(90, lost, 0, 0)) for lost in (5, 6))

        assert (five.p, six.p) == (0.0625, 0.03125)

    def test_gives_the_interval_of_the_source_s_formula(self) -> None:
        # n = 100 with 20 lost and 5 gained: (5 - 20) / 102 ± 1.96 √(26 - 225 / 102) / 102.
        compared = paired_rates(pairs_of(50, 20, 5, 25))

        assert (round(compared.low, 4), round(compared.high, 4)) == (-0.2408, -0.0533)

    @given(TABLES)
    def test_mirrors_when_before_and_after_are_exchanged(
        self, table: tuple[int, int, int, int]
    ) -> None:
        pairs = pairs_of(*table)

        there, back = (
            paired_rates(pairs),
            paired_rates([(after, before) for before, after in pairs]),
        )

        assert (there.gained, there.lost, there.p) == (back.lost, back.gained, back.p)
        assert there.low == pytest.approx(-back.high)
        assert there.difference == pytest.approx(-back.difference)

    @given(TABLES)
    def test_counts_pairs_that_differ_as_the_difference(
        self, table: tuple[int, int, int, int]
    ) -> None:
        compared = paired_rates(pairs_of(*table))

        assert compared.difference == pytest.approx(
            (compared.gained - compared.lost) / compared.before.n
        )
        assert -1 <= compared.low <= compared.high <= 1
        assert 0 < compared.p <= 1

    def test_is_no_news_where_nothing_differs(self) -> None:
        compared = paired_rates(pairs_of(10, 0, 0, 3))

        assert (compared.difference, compared.p) == (0, 1)

    def test_refuses_no_pairs(self) -> None:
        with pytest.raises(ValueError, match="no rate"):
            paired_rates([])


class TestPairedMeans:
    def test_gives_the_exact_share_of_sign_flips(self) -> None:
        # 8 differences of one sign: 2 of the 256 flips are as far, so p is near 2 / 256.
        compared = paired_means([(0.0, 0.5)] * 8)

        assert compared.p == pytest.approx(2 / 256, abs=0.003)
        assert (compared.difference, compared.low, compared.high) == (0.5, 0.5, 0.5)

    @given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30))
    def test_mirrors_when_before_and_after_are_exchanged(
        self, pairs: list[tuple[float, float]]
    ) -> None:
        there = paired_means(pairs, resamples=200)
        back = paired_means([(after, before) for before, after in pairs], resamples=200)

        assert there.p == back.p
        assert there.difference == pytest.approx(-back.difference)
        assert (there.gained, there.lost) == (back.lost, back.gained)

    def test_holds_its_level_where_nothing_has_changed(self) -> None:
        chance = random.Random(5)
        worlds = [[(chance.random(), chance.random()) for _ in range(25)] for _ in range(400)]

        alarms = sum(paired_means(world, resamples=400).p < 0.05 for world in worlds)

        assert 0.02 < alarms / len(worlds) < 0.08

    def test_is_no_news_where_nothing_differs(self) -> None:
        compared = paired_means([(0.25, 0.25), (1.0, 1.0)])

        assert (compared.difference, compared.p, compared.gained, compared.lost) == (0, 1, 0, 0)

    def test_refuses_what_has_no_mean(self) -> None:
        with pytest.raises(ValueError, match="no mean"):
            paired_means([(0.0, math.nan)])


class TestPercentile:
    def test_is_a_value_that_occurred(self) -> None:
        values = [40.0, 10.0, 20.0, 30.0]

        assert percentile(values, 0.5) == 20.0
        assert percentile(values, 0.95) == 40.0

    def test_refuses_no_values(self) -> None:
        with pytest.raises(ValueError, match="no percentile"):
            percentile([], 0.5)


class TestDifferenceOfRates:
    def test_agrees_with_newcombe(self) -> None:
        # Newcombe 1998, table II, method 10: 56/70 against 48/80.
        found = difference_of_rates(rate(48, 80), rate(56, 70))

        assert found.value == pytest.approx(0.2)
        assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=0.0001)

    def test_of_nothing_holds_zero(self) -> None:
        found = difference_of_rates(rate(5, 10), rate(5, 10))

        assert found.value == 0
        assert found.low < 0 < found.high


class TestDifferenceOfMeans:
    def test_holds_the_true_difference_about_as_often_as_it_says(self) -> None:
        generator = np.random.default_rng(5)
        holds = 0
        for seed in range(200):
            before, after = generator.normal(0, 1, 60), generator.normal(1, 2, 60)
            found = difference_of_means(list(before), list(after), seed=seed, resamples=1_000)
            holds += found.low <= 1 <= found.high

        assert rate(holds, 200).high >= 0.95
