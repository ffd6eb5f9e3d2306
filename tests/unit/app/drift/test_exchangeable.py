from statistics import mean

import numpy as np
import pytest

from app.drift.exchangeable import MOST_DRAWS, Sided, look_p


def drawn(seed: int, shift: float = 0.0) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    values = np.random.default_rng(seed).normal(size=(40, 4))
    values[:, -1] += shift
    return values


class TestLookP:
    def test_is_small_as_often_as_it_says_where_nothing_has_changed(self) -> None:
        found = [look_p(drawn(seed), Sided.BOTH, seed=seed) for seed in range(400)]

        assert sum(p <= 0.05 for p in found) <= 35  # 20 are expected, above 35 in 1 of 2,000
        assert sum(p <= 0.5 for p in found) >= 150

    def test_is_tiny_where_everything_has_shifted(self) -> None:
        least = 1 / MOST_DRAWS

        assert look_p(drawn(1, shift=2.0), Sided.BOTH) <= least
        assert look_p(drawn(1, shift=-2.0), Sided.LOWER) <= least

    def test_sees_no_rise_where_only_a_fall_counts(self) -> None:
        assert look_p(drawn(1, shift=2.0), Sided.LOWER) > 0.99

    def test_is_one_where_all_values_are_the_same(self) -> None:
        assert look_p(np.ones((10, 3)), Sided.BOTH) == 1.0

    def test_of_few_changed_rows_is_the_share_of_draws_that_are_as_far_out(self) -> None:
        values = np.ones((50, 4))
        values[:3, -1] = 0.0

        found = [look_p(values, Sided.LOWER, seed=seed) for seed in range(60)]

        assert mean(found) == pytest.approx(1 / 64, rel=0.25)

    @pytest.mark.parametrize("values", [np.ones((3, 1)), np.full((3, 3), np.nan)])
    def test_refuses_what_is_no_look(
        self, values: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    ) -> None:
        with pytest.raises(ValueError, match="no look"):
            look_p(values, Sided.BOTH)
