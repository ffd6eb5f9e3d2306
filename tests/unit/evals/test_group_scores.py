from dataclasses import replace

from evals.group_scores import with_consistency
from evals.metrics.consistency import CONSISTENCY
from evals.results import Result
from tests.eval_builders import a_case, a_sentence, an_answer


class TestWithConsistency:
    def test_adds_the_agreement_of_each_group_and_nothing_to_an_error(self) -> None:
        case = replace(a_case(must=(("30 days",),)), group="boots")
        results = [
            Result(case, 1.0, an_answer(a_sentence("You have 30 days."))),
            Result(case, 1.0, an_answer(a_sentence("You have 40 days."))),
            Result(case, 1.0, error="TimeoutError"),
        ]

        first, other, failed = with_consistency(results)

        assert [one.score(CONSISTENCY) is None for one in (first, other, failed)] == [0, 0, 1]
        told = other.score(CONSISTENCY)
        assert told is not None
        assert told.value == 0.0
