from math import isclose

import numpy as np
import pytest

from evals.errors import JudgeError
from evals.judges.agreement import JudgedLabel, agreement, auroc, kappa
from evals.metrics.score import Score


def counted(source: int, *, hallucinated: bool, called: bool) -> JudgedLabel:
    score = Score.counted("judge", 0 if called else 1, 1)
    return JudgedLabel(str(source), hallucinated, score)


def measured(source: int, value: float, *, hallucinated: bool) -> JudgedLabel:
    return JudgedLabel(str(source), hallucinated, Score.measured("judge", value))


def judged(both: int, missed: int, false: int, neither: int) -> list[JudgedLabel]:
    kinds = [(True, True)] * both + [(True, False)] * missed
    kinds += [(False, True)] * false + [(False, False)] * neither
    return [
        counted(place, hallucinated=so, called=called) for place, (so, called) in enumerate(kinds)
    ]


class TestKappa:
    def test_is_the_textbooks(self) -> None:
        # Cohen's own form: 20, 5, 10, 15 of 50 have observed .7 and chance .5.
        assert isclose(float(kappa(np.array([20.0, 5.0, 10.0, 15.0]))), 0.4)

    def test_is_0_where_chance_alone_agrees(self) -> None:
        assert float(kappa(np.array([10.0, 0.0, 0.0, 0.0]))) == 0.0


class TestAuroc:
    def test_counts_pairs_and_ties_by_half(self) -> None:
        positive = np.array([True, True, False, False])

        value = auroc(positive, np.array([0.1, 0.5, 0.5, 0.9]), np.ones(4))

        assert value == pytest.approx(3.5 / 4)

    def test_weighs_answers_as_often_as_they_were_drawn(self) -> None:
        positive = np.array([True, True, False])

        value = auroc(positive, np.array([0.1, 0.9, 0.5]), np.array([3.0, 1.0, 2.0]))

        assert value == pytest.approx(6 / 8)


class TestAgreement:
    def test_reports_kappa_and_both_rates_with_their_intervals(self) -> None:
        found = agreement(judged(20, 5, 10, 15))

        assert found.kappa.value == pytest.approx(0.4)
        assert found.kappa.low < 0.4 < found.kappa.high
        assert (found.true_positives.successes, found.true_positives.n) == (20, 25)
        assert (found.false_positives.successes, found.false_positives.n) == (10, 25)
        assert (found.n, found.hallucinated, found.fitted_cut) == (50, 25, False)

    def test_draws_answers_from_one_source_together(self) -> None:
        apart = judged(20, 5, 10, 15)
        together = [
            JudgedLabel(str(n // 5), one.hallucinated, one.score) for n, one in enumerate(apart)
        ]

        wide, narrow = agreement(together).kappa, agreement(apart).kappa

        assert wide.high - wide.low > narrow.high - narrow.low

    def test_counts_what_has_no_value_apart(self) -> None:
        without = [
            JudgedLabel("u", hallucinated=True, score=Score.unscored("judge", "unreadable")),
            JudgedLabel("n", hallucinated=True, score=Score.not_applicable("judge", "empty")),
        ]

        found = agreement([*judged(20, 5, 10, 15), *without])

        assert (found.n, found.unscored, found.not_applicable) == (50, 1, 1)

    def test_calls_no_answer_by_a_cut_that_was_chosen_on_it(self) -> None:
        # Within each source the order is right, but where it lies says nothing: a cut chosen on
        # the same answers would do better than chance, one from elsewhere does not.
        generator = np.random.default_rng(3)
        rows = [
            measured(place, float(generator.random()), hallucinated=place % 2 == 0)
            for place in range(200)
        ]

        found = agreement(rows)

        assert found.fitted_cut
        assert found.kappa.low < 0.1

    def test_finds_a_cut_where_there_is_one(self) -> None:
        rows = [
            measured(place, 0.3 if place % 2 else 0.7, hallucinated=place % 2 == 1)
            for place in range(60)
        ]

        assert agreement(rows).kappa.value == 1.0

    def test_refuses_labels_of_one_kind(self) -> None:
        with pytest.raises(JudgeError, match="needs both kinds"):
            agreement(judged(5, 5, 0, 0))
