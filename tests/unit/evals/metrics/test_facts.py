from app.answer import Outcome
from evals.metrics.facts import AllFacts, FactsStated, NoForbiddenFact
from evals.metrics.score import ScoreState
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer, an_uncovered_case


class TestNoForbiddenFact:
    def test_names_what_is_wrong_here(self) -> None:
        case = a_case(must_not=("45 days", "60 days"))

        score = NoForbiddenFact().score(case, an_answer(a_sentence("You have 45 days.")))

        assert (score.value, score.reason) == (0.0, "forbidden: 45 days")

    def test_does_not_mistake_a_longer_number_for_a_forbidden_one(self) -> None:
        case = a_case(must_not=("5 days",))

        score = NoForbiddenFact().score(case, an_answer(a_sentence("You have 15 days.")))

        assert score.value == 1.0

    def test_asks_nothing_of_a_case_that_forbids_nothing(self) -> None:
        score = NoForbiddenFact().score(a_case(), an_answer(a_sentence("You have 45 days.")))

        assert (score.state, score.value) == (ScoreState.NOT_APPLICABLE, None)


class TestAllFacts:
    def test_takes_any_wording_of_each_fact(self) -> None:
        case = a_case(must=(("30 days", "thirty days"), ("unworn",)))
        answer = an_answer(a_sentence("Unworn boots come back within thirty days."))

        assert AllFacts().score(case, answer).value == 1.0

    def test_names_each_missing_fact_once(self) -> None:
        case = a_case(must=(("30 days", "thirty days"), ("unworn",)))

        score = AllFacts().score(case, an_answer(a_sentence("Bring unworn boots back.")))

        assert (score.value, score.reason) == (0.0, "missing: 30 days")

    def test_fails_on_a_forbidden_fact_beside_the_right_one(self) -> None:
        case = a_case(must=(("30 days",),), must_not=("45 days",))

        score = AllFacts().score(case, an_answer(a_sentence("It is 30 days, or 45 days.")))

        assert (score.value, score.reason) == (0.0, "forbidden: 45 days")

    def test_counts_an_abstention_as_facts_not_given(self) -> None:
        case = a_case(must=(("our articles",),))

        score = AllFacts().score(case, an_abstention())

        assert (score.value, score.reason) == (0.0, f"outcome {Outcome.ABSTAINED}")

    def test_asks_nothing_of_an_uncovered_case(self) -> None:
        score = AllFacts().score(an_uncovered_case(), an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE


class TestFactsStated:
    def test_counts_each_fact(self) -> None:
        case = a_case(must=(("30 days", "thirty days"), ("unworn",)))

        score = FactsStated().score(case, an_answer(a_sentence("Bring unworn boots back.")))

        assert (score.successes, score.trials, score.reason) == (1, 2, "missing: 30 days")

    def test_asks_nothing_of_a_case_without_facts(self) -> None:
        assert FactsStated().score(a_case(), an_abstention()).state is ScoreState.NOT_APPLICABLE
