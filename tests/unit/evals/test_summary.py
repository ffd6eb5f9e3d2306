import json

import pytest

from app.answer import Answer, Usage
from app.statistics import Mean, Rate
from evals.case import Case, Kind, Part
from evals.metrics.facts import AllFacts, NoForbiddenFact
from evals.metrics.faithfulness import Faithfulness
from evals.metrics.outcome import Abstained, Passed
from evals.metrics.score import Score
from evals.results import Result
from evals.summary import ALL_CASES, OTHER_WORDS, Summary, summarise, summary_row
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer, an_uncovered_case

METRICS = (Passed(), AllFacts(), NoForbiddenFact(), Abstained(), Faithfulness())
NAMES = tuple(metric.name for metric in METRICS)


def a_result(case: Case, answer: Answer, *more: Score, latency_ms: float = 10.0) -> Result:
    scores = tuple(metric.score(case, answer) for metric in METRICS)
    return Result(case, latency_ms, answer, scores=(*scores, *more))


def summarised(*results: Result, names: tuple[str, ...] = NAMES) -> Summary:
    return summarise("mine.v1", results, names, {"returns": "Return of boots"})


class TestSummarise:
    def test_counts_what_has_no_value_in_columns_of_its_own(self) -> None:
        summary = summarised(
            a_result(a_case("a", must=(("30 days",),)), an_answer(a_sentence("30 days."))),
            a_result(an_uncovered_case(), an_abstention()),
            Result(a_case("b"), 5.0, error="ModelTimeoutError: no answer"),
        )

        facts = summary.group(ALL_CASES).metric("all_facts")
        assert isinstance(facts.estimate, Rate)
        assert (facts.estimate.successes, facts.estimate.n) == (1, 1)
        assert (facts.scored, facts.not_applicable, facts.unscored, facts.errors) == (1, 1, 0, 1)
        assert summary.errors == 1

    def test_counts_unscored_answers_apart_from_zeros(self) -> None:
        names = (*NAMES, "judge")
        answer = an_answer(a_sentence("30 days."))
        summary = summarised(
            a_result(a_case("a"), answer, Score.measured("judge", 0.5)),
            a_result(a_case("b"), answer, Score.unscored("judge", "timeout")),
            names=names,
        )

        judged = summary.group(ALL_CASES).metric("judge")
        assert isinstance(judged.estimate, Mean)
        assert (judged.estimate.value, judged.estimate.n) == (0.5, 1)
        assert (judged.scored, judged.unscored) == (1, 1)

    def test_has_no_estimate_where_nothing_was_scored(self) -> None:
        summary = summarised(a_result(an_uncovered_case(), an_abstention()))

        faithfulness = summary.group(ALL_CASES).metric("faithfulness")
        assert (faithfulness.estimate, faithfulness.not_applicable) == (None, 1)

    def test_counts_faithfulness_by_sentence(self) -> None:
        answer = an_answer(a_sentence("30 days."), a_sentence("Free.", cites="Something else."))

        summary = summarised(a_result(a_case(), answer))

        estimate = summary.group(ALL_CASES).metric("faithfulness").estimate
        assert isinstance(estimate, Rate)
        assert (estimate.successes, estimate.n) == (1, 2)

    def test_reports_parts_and_kinds_apart(self) -> None:
        right = an_answer(a_sentence("30 days."))
        summary = summarised(
            a_result(a_case("a", part=Part.BEFORE, must=(("30 days",),)), right),
            a_result(a_case("b", part=Part.AFTER, kind=Kind.SCOPE, must=(("60 days",),)), right),
        )

        passed = {group.name: group.metric("passed").estimate for group in summary.groups}
        assert {name: found.value for name, found in passed.items() if found} == {
            "all": 0.5,
            "before the answerer": 1.0,
            "after the answerer": 0.0,
            "answerable": 1.0,
            "scope": 0.0,
        }

    def test_finds_the_answerable_cases_that_share_no_word_with_the_title(self) -> None:
        answer = an_answer(a_sentence("30 days."))
        summary = summarised(
            a_result(a_case("a", question="Can I return boots?"), answer),
            a_result(a_case("b", question="They pinch. May I bring them back?"), answer),
            a_result(a_case("c", question="And in the EU?", history=("Return boots?",)), answer),
            a_result(an_uncovered_case(), an_abstention()),
        )

        assert summary.group(OTHER_WORDS).cases == 1

    def test_counts_cases_with_a_forbidden_fact(self) -> None:
        case = a_case(must_not=("45 days",))

        summary = summarised(
            a_result(case, an_answer(a_sentence("45 days."))),
            a_result(case, an_answer(a_sentence("30 days."))),
        )

        assert summary.forbidden_cases == 1

    def test_adds_up_what_was_spent(self) -> None:
        usage = (Usage("m", 100, 10, 0.25), Usage("m", 50, 5, None))
        answered = an_answer(a_sentence("30 days."), usage=usage)

        spent = summarised(
            a_result(a_case("a"), answered, latency_ms=10.0),
            a_result(a_case("b"), an_abstention(), latency_ms=30.0),
        ).spending

        assert (spent.latency_p50_ms, spent.latency_p95_ms) == (10.0, 30.0)
        assert (spent.prompt_tokens, spent.completion_tokens) == (150, 15)
        assert (spent.cost_usd, spent.unpriced_calls) == (0.25, 1)

    def test_has_no_latency_where_nothing_was_answered(self) -> None:
        summary = summarised(Result(a_case(), 5.0, error="ModelTimeoutError: no answer"))

        assert summary.spending.latency_p50_ms is None


class TestSummaryRow:
    def test_is_json_without_nan(self) -> None:
        summary = summarised(
            a_result(an_uncovered_case(), an_abstention()), Result(a_case(), 5.0, error="X: y")
        )

        row = json.loads(json.dumps(summary_row(summary), allow_nan=False))

        assert row["groups"]["all"]["metrics"]["faithfulness"] == {
            "scored": 0,
            "not_applicable": 1,
            "unscored": 0,
            "errors": 1,
            "not_asked": 0,
        }
        passed = row["groups"]["all"]["metrics"]["passed"]
        assert (passed["value"], passed["n"], passed["successes"]) == (1.0, 1, 1)
        assert passed["low"] == pytest.approx(0.2065)
