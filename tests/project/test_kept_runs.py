from pathlib import Path

import pytest

from evals.case import load_suite
from evals.comparison import compare_runs
from evals.metrics.roster import METRICS
from evals.recorded import read_run
from scripts.evaluate import GATED, Gated


class TestKeptRuns:
    @pytest.mark.parametrize("gated", GATED, ids=lambda gated: gated.suite.stem)
    def test_hold_a_score_of_each_metric_for_each_case_of_their_suite(self, gated: Gated) -> None:
        suite, run = load_suite(gated.suite), read_run(gated.baseline)

        assert run.suite_sha256 == suite.sha256
        assert [result.case.id for result in run.results] == [case.id for case in suite.cases]
        assert {metric.name for metric in METRICS} <= set(run.metrics)

    @pytest.mark.parametrize("gated", GATED, ids=lambda gated: gated.suite.stem)
    def test_can_be_compared_with_pair_by_pair(self, gated: Gated) -> None:
        run = read_run(gated.baseline)

        compared = compare_runs(run, run)

        assert (compared.common, compared.different) == (len(run.results), 0)

    def test_keep_the_held_out_answers_to_themselves(self) -> None:
        rows = (GATED[1].baseline / "results.jsonl").read_text(encoding="utf-8")

        assert not any(f'"{name}":' in rows for name in ("text", "sentences", "reason"))


def test_runs_are_read_from_the_repository() -> None:
    assert all(gated.baseline.is_relative_to(Path(__file__).parents[2]) for gated in GATED)
