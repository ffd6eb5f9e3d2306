from dataclasses import replace

from app.answer import Answer
from evals.case import Case
from evals.metrics.consistency import Asked, consistency_scores
from evals.metrics.score import ScoreState
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer

MONTH = an_answer(a_sentence("You have 30 days."))
MONTH_IN_OTHER_WORDS = an_answer(a_sentence("It must be here within 30 days of delivery."))
YEAR = an_answer(a_sentence("You have 365 days."))


def asked(case_id: str, answer: Answer | None, *, knows: bool = True) -> Asked:
    case = a_case(case_id, must=(("30 days",),) if knows else ())
    return answered(replace(case, group="boots"), answer)


def answered(case: Case, answer: Answer | None) -> Asked:
    return Asked(case, answer.outcome if answer else None, answer.text if answer else "")


class TestConsistencyScores:
    def test_compares_each_case_with_the_first_of_its_group(self) -> None:
        first, same, other = consistency_scores(
            [asked("a", MONTH), asked("b", MONTH_IN_OTHER_WORDS), asked("c", YEAR)]
        )

        assert first.state is ScoreState.NOT_APPLICABLE
        assert same.value == 1.0
        assert other.value == 0.0
        assert other.reason == "ANSWERED with no fact, but a: ANSWERED with 30 days"

    def test_finds_another_outcome(self) -> None:
        _, other = consistency_scores([asked("a", MONTH), asked("b", an_abstention())])

        assert other.value == 0.0

    def test_asks_both_answers_for_what_either_case_calls_wrong(self) -> None:
        both = an_answer(a_sentence("You have 30 days, or 365 days with a plan."))
        knows_more = replace(asked("b", both).case, must_not=("365 days",))

        _, other = consistency_scores([asked("a", both), answered(knows_more, both)])

        assert other.value == 1.0

    def test_compares_values_where_the_case_knows_no_fact(self) -> None:
        _, same, other = consistency_scores(
            [
                asked(one, answer, knows=False)
                for one, answer in (("a", MONTH), ("b", MONTH_IN_OTHER_WORDS), ("c", YEAR))
            ]
        )

        assert (same.value, other.value) == (1.0, 0.0)

    def test_compares_the_repeats_of_a_case(self) -> None:
        case = a_case(must=(("30 days",),))

        _, other = consistency_scores([answered(case, MONTH), answered(case, YEAR)])

        assert other.value == 0.0

    def test_counts_a_case_once_however_often_it_is_asked(self) -> None:
        case = a_case(must=(("30 days",),))
        month, year = answered(case, MONTH), answered(case, YEAR)
        steady = replace(month, again=(answered(case, MONTH_IN_OTHER_WORDS),) * 3)
        swinging = replace(month, case=a_case("c2"), again=(month, year, month))

        same, other = consistency_scores([steady, swinging])

        assert (same.successes, same.trials) == (1, 1)
        assert (other.successes, other.trials) == (0, 1)
        assert other.reason.startswith("1 of 3 differ: ANSWERED with no fact, but c2: ")

    def test_compares_the_first_of_a_group_with_its_own_repeats(self) -> None:
        first = asked("a", MONTH)
        swinging = replace(first, again=(replace(first, text="You have 365 days."),))

        of_first, of_second = consistency_scores([swinging, asked("b", MONTH)])

        assert (of_first.value, of_second.value) == (0.0, 1.0)

    def test_leaves_unscored_a_case_with_a_repeat_that_failed(self) -> None:
        first = answered(a_case(), MONTH)

        (score,) = consistency_scores([replace(first, again=(first, answered(a_case(), None)))])

        assert score.state is ScoreState.UNSCORED

    def test_asks_nothing_of_a_case_that_stands_alone(self) -> None:
        first, second = consistency_scores(
            [answered(a_case("a"), MONTH), answered(a_case("b"), YEAR)]
        )

        assert {first.state, second.state} == {ScoreState.NOT_APPLICABLE}

    def test_leaves_unscored_what_ended_in_an_error(self) -> None:
        _, failed = consistency_scores([asked("a", MONTH), asked("b", None)])

        assert (failed.state, failed.value) == (ScoreState.UNSCORED, None)
