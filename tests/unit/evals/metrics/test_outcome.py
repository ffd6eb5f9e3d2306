from app.answer import Outcome
from evals.case import Kind
from evals.metrics.outcome import Abstained, ExpectedOutcome, NoFalseAbstention, Passed
from evals.metrics.score import ScoreState
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer, an_uncovered_case


class TestPassed:
    def test_needs_outcome_facts_and_nothing_forbidden(self) -> None:
        case = a_case(must=(("30 days",),), must_not=("45 days",))

        assert Passed().score(case, an_answer(a_sentence("30 days."))).value == 1.0

    def test_says_everything_that_is_wrong(self) -> None:
        case = a_case(must=(("30 days",),), must_not=("45 days",), outcomes=(Outcome.CLARIFY,))

        score = Passed().score(case, an_answer(a_sentence("45 days.")))

        assert score.value == 0.0
        assert score.reason == (
            "outcome ANSWERED, not CLARIFY; missing: 30 days; forbidden: 45 days"
        )


class TestExpectedOutcome:
    def test_takes_any_outcome_that_the_case_allows(self) -> None:
        case = a_case(outcomes=(Outcome.CLARIFY, Outcome.ABSTAINED))

        assert ExpectedOutcome().score(case, an_abstention()).value == 1.0
        assert ExpectedOutcome().score(case, an_answer(a_sentence("Yes."))).value == 0.0


class TestAbstained:
    def test_counts_uncovered_and_off_topic_cases_only(self) -> None:
        covered = Abstained().score(a_case(), an_abstention())
        off_topic = Abstained().score(an_uncovered_case(kind=Kind.OFF_TOPIC), an_abstention())

        assert covered.state is ScoreState.NOT_APPLICABLE
        assert off_topic.value == 1.0

    def test_counts_an_answer_to_an_uncovered_question_as_wrong(self) -> None:
        score = Abstained().score(an_uncovered_case(), an_answer(a_sentence("Sure!")))

        assert (score.value, score.reason) == (0.0, "ANSWERED")


class TestNoFalseAbstention:
    def test_counts_an_abstention_from_an_answerable_question_as_wrong(self) -> None:
        assert NoFalseAbstention().score(a_case(), an_abstention()).value == 0.0

    def test_asks_nothing_where_abstaining_is_allowed(self) -> None:
        either = a_case(outcomes=(Outcome.ANSWERED, Outcome.ABSTAINED))

        score = NoFalseAbstention().score(either, an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE
