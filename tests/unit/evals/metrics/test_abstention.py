import pytest

from app.answer import Outcome
from evals.metrics.abstention import AbstentionPrecision, AbstentionRecall, NoFalseRefusal
from evals.metrics.score import ScoreState
from tests.eval_builders import a_case, an_abstention, an_answer, an_uncovered_case


class TestAbstentionPrecision:
    def test_is_met_where_the_case_allows_it(self) -> None:
        assert AbstentionPrecision().score(an_uncovered_case(), an_abstention()).value == 1.0

    def test_takes_a_handoff_for_an_abstention(self) -> None:
        answer = an_answer(outcome=Outcome.HANDED_OFF)

        assert AbstentionPrecision().score(an_uncovered_case(), answer).value == 1.0

    def test_is_missed_where_an_answer_was_wanted(self) -> None:
        score = AbstentionPrecision().score(a_case(), an_abstention())

        assert (score.value, score.reason) == (0.0, "the case wants ANSWERED")

    def test_asks_nothing_of_an_answer(self) -> None:
        score = AbstentionPrecision().score(an_uncovered_case(), an_answer())

        assert score.state is ScoreState.NOT_APPLICABLE


class TestAbstentionRecall:
    @pytest.mark.parametrize(
        ("outcome", "value"),
        [(Outcome.ABSTAINED, 1.0), (Outcome.HANDED_OFF, 1.0), (Outcome.ANSWERED, 0.0)],
    )
    def test_wants_uncovered_questions_turned_away(self, outcome: Outcome, value: float) -> None:
        answer = an_answer(outcome=outcome)

        assert AbstentionRecall().score(an_uncovered_case(), answer).value == value

    def test_asks_nothing_of_a_case_that_may_be_answered(self) -> None:
        case = a_case(outcomes=(Outcome.ANSWERED, Outcome.ABSTAINED))

        assert AbstentionRecall().score(case, an_answer()).state is ScoreState.NOT_APPLICABLE


class TestNoFalseRefusal:
    @pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.ABSTAINED, Outcome.HANDED_OFF])
    def test_finds_an_ordinary_question_that_was_refused(self, outcome: Outcome) -> None:
        score = NoFalseRefusal().score(a_case(), an_answer(outcome=outcome))

        assert (score.value, score.reason) == (0.0, f"outcome {outcome}")

    def test_passes_a_question_back(self) -> None:
        answer = an_answer(outcome=Outcome.CLARIFY)

        assert NoFalseRefusal().score(a_case(), answer).value == 1.0

    def test_asks_nothing_of_a_case_that_allows_a_refusal(self) -> None:
        score = NoFalseRefusal().score(an_uncovered_case(), an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE
