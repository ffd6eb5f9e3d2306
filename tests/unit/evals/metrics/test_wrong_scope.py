from evals.case import Kind
from evals.metrics.score import ScoreState
from evals.metrics.wrong_scope import NoWrongScope
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer


class TestNoWrongScope:
    def test_finds_the_other_scopes_value(self) -> None:
        case = a_case(kind=Kind.SCOPE_SWAP, must=(("14 days",),), must_not=("30 days",))

        score = NoWrongScope().score(case, an_answer(a_sentence("You have 30 days.")))

        assert (score.value, score.reason) == (0.0, "states: 30 days")

    def test_passes_an_abstention(self) -> None:
        case = a_case(kind=Kind.SCOPE_SWAP, must_not=("30 days",))

        assert NoWrongScope().score(case, an_abstention()).value == 1.0

    def test_asks_nothing_of_cases_that_are_about_no_scope(self) -> None:
        case = a_case(kind=Kind.TRAP, must_not=("30 days",))

        score = NoWrongScope().score(case, an_answer(a_sentence("You have 30 days.")))

        assert (score.state, score.value) == (ScoreState.NOT_APPLICABLE, None)
