import numpy as np
import pytest

from app.grounding.support.logistic import fit_logistic, folds_of


class TestFitLogistic:
    def test_gives_the_probabilities_of_two_groups(self) -> None:
        rows = np.array([[0.0]] * 10 + [[1.0]] * 10)
        flags = np.array([True] * 2 + [False] * 8 + [True] * 7 + [False] * 3)

        model = fit_logistic(rows, flags, np.ones(20), penalty=1e-6, signs=[0])

        assert model.probabilities(np.array([[0.0], [1.0]])) == pytest.approx([0.2, 0.7], abs=1e-3)

    def test_counts_a_row_as_often_as_it_is_told(self) -> None:
        rows, flags = np.zeros((2, 1)), np.array([True, False])

        model = fit_logistic(rows, flags, np.array([3.0, 1.0]), penalty=1, signs=[0])

        assert model.probabilities(rows)[0] == pytest.approx(0.75)

    def test_leaves_out_a_column_that_speaks_the_wrong_way(self) -> None:
        generator = np.random.default_rng(1)
        rows = generator.normal(size=(200, 2))
        flags = rows[:, 0] - rows[:, 1] > 0

        model = fit_logistic(rows, flags, np.ones(200), penalty=1, signs=[1, 1])

        assert model.weights[0] > 0
        assert model.weights[1] == 0

    def test_shrinks_weights_by_the_penalty(self) -> None:
        rows = np.array([[0.0], [1.0], [0.0], [1.0]])
        flags = np.array([False, True, False, True])

        free, bound = (
            fit_logistic(rows, flags, np.ones(4), penalty=penalty, signs=[0]).weights[0]
            for penalty in (0.1, 10)
        )

        assert 0 < bound < free


class TestFoldsOf:
    def test_keeps_a_group_together(self) -> None:
        groups = [f"source {number % 7}" for number in range(70)]

        folds = folds_of(groups, 5, seed=3)

        assert all(len({folds[at] for at in range(start, 70, 7)}) == 1 for start in range(7))
        assert set(folds) == {0, 1, 2, 3, 4}

    def test_cuts_the_same_folds_by_the_same_seed(self) -> None:
        groups = [str(number) for number in range(20)]

        assert (folds_of(groups, 5, seed=1) == folds_of(groups, 5, seed=1)).all()
        assert (folds_of(groups, 5, seed=1) != folds_of(groups, 5, seed=2)).any()
