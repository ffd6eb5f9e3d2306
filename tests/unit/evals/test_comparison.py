import io

import pytest
from rich.console import Console

from app.statistics import PairedMeans, PairedRates
from evals.comparison import Comparison, MetricComparison, Standing, compare_runs
from evals.comparison_report import comparison_row, print_comparison
from evals.errors import RunFolderError
from evals.metrics.score import Score
from evals.results import Result
from tests.eval_builders import a_case, a_recorded_run, a_scored_result, passed


def only(compared: Comparison) -> MetricComparison:
    (metric,) = compared.metrics
    return metric


def printed(compared: Comparison) -> str:
    console = Console(file=io.StringIO(), width=100)
    print_comparison(console, compared)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class TestCompareRuns:
    def test_counts_what_got_better_and_what_got_worse(self) -> None:
        before = [a_scored_result(a_case(str(i)), passed(right=i < 6)) for i in range(10)]
        after = [a_scored_result(a_case(str(i)), passed(right=i > 3)) for i in range(10)]

        metric = only(compare_runs(a_recorded_run(*before), a_recorded_run(*after)))

        assert isinstance(metric.difference, PairedRates)
        assert (metric.difference.lost, metric.difference.gained, metric.pairs) == (4, 4, 10)
        assert [case.id for case in metric.changed if case.is_worse] == ["0", "1", "2", "3"]

    def test_pairs_by_id_whatever_the_order(self) -> None:
        first = a_scored_result(a_case("a"), passed(right=True))
        second = a_scored_result(a_case("b"), passed(right=False))

        metric = only(compare_runs(a_recorded_run(first, second), a_recorded_run(second, first)))

        assert metric.changed == ()

    def test_keeps_what_has_no_value_out_of_the_pairs_and_in_columns(self) -> None:
        case, other, third = a_case("a"), a_case("b"), a_case("c")
        before = [a_scored_result(each, passed(right=True)) for each in (case, other, third)]
        after = [
            Result(case, 5.0, error="ModelTimeoutError: late"),
            a_scored_result(other, Score.unscored("passed", "the judge was away")),
            a_scored_result(third, Score.not_applicable("passed", "nothing asked")),
        ]

        metric = only(compare_runs(a_recorded_run(*before), a_recorded_run(*after)))

        assert (metric.difference, metric.pairs) == (None, 0)
        assert metric.before == {Standing.SCORED: 3}
        assert metric.after == {
            Standing.ERROR: 1,
            Standing.UNSCORED: 1,
            Standing.NOT_APPLICABLE: 1,
        }
        assert [case.after.reason for case in metric.changed] == [
            "ModelTimeoutError: late",
            "the judge was away",
            "nothing asked",
        ]

    def test_compares_averages_where_values_lie_between_right_and_wrong(self) -> None:
        before = a_scored_result(a_case(), Score.counted("faithfulness", 1, 4))
        after = a_scored_result(a_case(), Score.counted("faithfulness", 3, 4))

        metric = only(compare_runs(a_recorded_run(before), a_recorded_run(after)))

        assert isinstance(metric.difference, PairedMeans)
        assert metric.difference.difference == 0.5

    def test_compares_the_cases_in_common_and_counts_the_others(self) -> None:
        before = [a_scored_result(a_case(each), passed(right=True)) for each in "abc"]
        after = [a_scored_result(a_case(each), passed(right=True)) for each in "cde"]
        reworded = a_scored_result(a_case("b", question="Else?"), passed(right=True))

        compared = compare_runs(
            a_recorded_run(*before), a_recorded_run(*after, reworded, sha256="other")
        )

        assert (compared.common, compared.only_before, compared.only_after) == (1, 1, 2)
        assert (compared.different, compared.same_suite) == (1, False)

    def test_counts_a_metric_that_one_run_lacks_as_not_measured(self) -> None:
        before = a_scored_result(a_case(), passed(right=True))
        after = a_scored_result(a_case(), passed(right=True), Score.measured("judge", 0.5))

        compared = compare_runs(a_recorded_run(before), a_recorded_run(after))

        assert compared.metrics[1].before == {Standing.NOT_MEASURED: 1}

    def test_refuses_runs_without_a_common_case(self) -> None:
        before = a_recorded_run(a_scored_result(a_case("a"), passed(right=True)))
        after = a_recorded_run(a_scored_result(a_case("b"), passed(right=True)), suite="yours.v1")

        with pytest.raises(RunFolderError, match=r"\(mine.v1\).*\(yours.v1\) have no case"):
            compare_runs(before, after)


class TestPrintComparison:
    def test_shows_both_rates_the_change_and_the_cases(self) -> None:
        before = a_scored_result(a_case("a1"), passed(right=True))
        after = a_scored_result(a_case("a1"), passed(right=False, reason="missing: [30 days]"))

        text = printed(compare_runs(a_recorded_run(before), a_recorded_run(after)))

        (line,) = [line for line in text.splitlines() if line.strip().startswith("passed  ")]
        assert line.split()[:4] == ["passed", "100.0%", "0.0%", "-100.0"]
        assert "a1 answerable 1 → 0 missing: [30 days]" in text

    def test_writes_no_number_where_there_is_no_pair(self) -> None:
        before = a_scored_result(a_case(), Score.not_applicable("passed", "nothing asked"))

        compared = compare_runs(a_recorded_run(before), a_recorded_run(before))

        row = comparison_row(compared)["metrics"]
        assert isinstance(row, dict)
        assert set(row["passed"]) == {"pairs", "without_a_value", "changed"}
        assert "NaN" not in printed(compared)
