import numpy as np
import pytest

from app.grounding.support.figures import (
    Scored,
    auroc,
    balanced_accuracy,
    best_cut,
    f1,
    interval,
)

FLAGS = np.array([True, True, False, False])


class TestAuroc:
    def test_is_one_where_all_flagged_are_above(self) -> None:
        assert auroc(np.array([0.9, 0.8, 0.2, 0.1]), FLAGS) == 1

    def test_counts_ties_half(self) -> None:
        assert auroc(np.array([0.5, 0.5, 0.5, 0.5]), FLAGS) == 0.5
        assert auroc(np.array([0.5, 0.9, 0.5, 0.1]), FLAGS) == pytest.approx(0.875)


class TestF1:
    def test_is_the_harmonic_mean_of_precision_and_recall(self) -> None:
        calls = np.array([True, False, True, True])

        assert f1(calls, FLAGS) == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))

    def test_is_nothing_where_nothing_is_right(self) -> None:
        assert f1(~FLAGS, FLAGS) == 0


class TestBalancedAccuracy:
    def test_is_the_mean_of_both_rates(self) -> None:
        assert balanced_accuracy(np.array([True, False, False, False]), FLAGS) == 0.75


class TestBestCut:
    def test_is_where_calling_is_worth_most(self) -> None:
        assert best_cut(np.array([0.9, 0.7, 0.6, 0.1]), FLAGS, f1) == 0.7


class TestInterval:
    def test_holds_the_value_and_repeats_by_its_seed(self) -> None:
        generator = np.random.default_rng(5)
        flags = generator.random(60) < 0.4
        scored = Scored(
            flags + generator.normal(size=60), flags, [str(at // 3) for at in range(60)]
        )

        first, second = (interval("AUROC", scored, auroc, seed=1) for _ in range(2))

        assert first == second
        assert first.low < first.value < first.high
        assert first.n == 60
