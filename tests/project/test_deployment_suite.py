"""The suite of tone and limits is whole: what its datasheet says of it holds."""

from pathlib import Path

from app.answer import Outcome
from evals.case import load_suite

SUITES = Path(__file__).resolve().parents[2] / "evals" / "suites"
SUITE = load_suite(SUITES / "deployment.v1.jsonl")
SAMPLE = {case.question for case in load_suite(SUITES / "sample.v1.jsonl").cases}


class TestDeploymentSuite:
    def test_asks_what_the_sample_asks(self) -> None:
        assert len(SUITE.cases) == 20
        assert {case.question for case in SUITE.cases} <= SAMPLE

    def test_wants_its_facts_whatever_the_tone(self) -> None:
        toned = [case for case in SUITE.cases if case.id.startswith("tone-")]

        assert len(toned) == 12
        assert all(case.must and Outcome.ANSWERED in case.outcomes for case in toned)

    def test_wants_an_abstention_without_the_fact_beyond_the_limits(self) -> None:
        limited = [case for case in SUITE.cases if case.id.startswith("limits-")]

        assert len(limited) == 8
        assert all(case.must_not and Outcome.ANSWERED not in case.outcomes for case in limited)
