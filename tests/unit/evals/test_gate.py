from pathlib import Path

import pytest

from evals.case import Kind
from evals.errors import GateFileError
from evals.gate import Judged, judge_run
from evals.gate_file import GateFile, read_gates
from evals.gate_summary import gate_lines, gate_markdown
from evals.metrics.score import Score
from evals.recorded import RecordedRun, read_run
from evals.results import Result
from tests.eval_builders import a_case, a_recorded_run, a_scored_result, passed

ROOT = Path(__file__).resolve().parents[3]
FLOOR = {"suite": "mine.v1", "metric": "passed", "min": 0.5}


def gates(
    *thresholds: dict[str, object],
    regressions: tuple[dict[str, object], ...] = ({"metric": "passed"},),
    limits: dict[str, int] | None = None,
) -> GateFile:
    return GateFile.model_validate(
        {"threshold": thresholds or (FLOOR,), "regression": regressions, "limits": limits or {}}
    )


def a_run(right: int, of: int, *, kind: Kind = Kind.ANSWERABLE) -> RecordedRun:
    results = (
        a_scored_result(a_case(str(i), kind=kind), passed(right=i < right, reason="missing: x"))
        for i in range(of)
    )
    return a_recorded_run(*results)


def missed(judged: Judged) -> list[str]:
    return [check.name for check in judged.checks if not check.holds]


class TestJudgeRun:
    def test_passes_a_run_that_reaches_its_thresholds(self) -> None:
        judged = judge_run(a_run(5, 10), None, gates())

        assert judged.passes
        assert gate_lines(judged)[-1] == "mine.v1: all 4 hold"

    def test_fails_a_run_below_a_floor(self) -> None:
        judged = judge_run(a_run(4, 10), None, gates())

        assert missed(judged) == ["passed, all"]
        assert "MISSED passed, all: 40.0% (16.8–68.7, n = 10); at least 50.0%" in gate_lines(judged)

    def test_holds_the_bound_of_the_interval_where_asked(self) -> None:
        on_low = gates(FLOOR | {"on": "low"})
        on_high = gates({"suite": "mine.v1", "metric": "passed", "max": 0.9, "on": "high"})

        low, high = judge_run(a_run(6, 10), None, on_low), judge_run(a_run(8, 10), None, on_high)

        assert (low.passes, high.passes) == (False, False)

    def test_holds_one_kind_alone(self) -> None:
        good, bad = a_run(9, 10), a_run(0, 2, kind=Kind.SCOPE)
        renamed = [
            a_scored_result(a_case(f"s{i}", kind=Kind.SCOPE), passed(right=False)) for i in "ab"
        ]

        judged = judge_run(
            a_recorded_run(*good.results, *renamed), None, gates(FLOOR, FLOOR | {"group": "scope"})
        )

        assert missed(judged) == ["passed, scope"]
        assert not judge_run(bad, None, gates(FLOOR | {"group": "scope"})).passes

    def test_misses_a_threshold_on_a_metric_without_a_value(self) -> None:
        nothing = a_scored_result(a_case(), Score.not_applicable("passed", "nothing asked"))

        judged = judge_run(a_recorded_run(nothing), None, gates())

        assert missed(judged) == ["passed, all"]

    @pytest.mark.parametrize(
        "hidden",
        [
            Result(a_case("x"), 1.0, error="ModelTimeoutError: late"),
            a_scored_result(a_case("x"), Score.unscored("passed", "the judge was away")),
            Result(a_case("x"), 0.0, not_asked="no room"),
        ],
    )
    def test_does_not_let_a_drop_hide_in_cases_without_a_value(self, hidden: Result) -> None:
        run = a_recorded_run(*a_run(10, 10).results, hidden)

        strict, lenient = gates(), gates(limits={"errors": 1, "unscored": 1, "not_asked": 1})

        assert not judge_run(run, None, strict).passes
        assert judge_run(run, None, lenient).passes

    def test_fails_a_drop_that_is_no_noise(self) -> None:
        judged = judge_run(a_run(70, 100), a_run(76, 100), gates())

        assert missed(judged) == ["passed, all, against the baseline"]
        assert [case.id for _, case in judged.worse] == ["70", "71", "72", "73", "74", "75"]

    def test_lets_a_drop_pass_that_may_be_noise(self) -> None:
        assert judge_run(a_run(71, 100), a_run(76, 100), gates()).passes

    def test_lets_a_drop_pass_that_is_allowed(self) -> None:
        allowed = gates(regressions=({"metric": "passed", "max_drop": 0.1},))

        assert judge_run(a_run(70, 100), a_run(76, 100), allowed).passes

    def test_fails_a_run_that_lacks_cases_of_its_baseline(self) -> None:
        judged = judge_run(a_run(9, 9), a_run(9, 10), gates())

        assert missed(judged) == ["the baseline's cases"]

    def test_refuses_a_suite_without_a_threshold(self) -> None:
        with pytest.raises(GateFileError, match=r"no threshold is set for suite mine.v1"):
            judge_run(a_run(1, 1), None, gates(FLOOR | {"suite": "yours.v1"}))

    @pytest.mark.parametrize("wrong", [{"metric": "unknown"}, {"group": "scopes"}])
    def test_refuses_a_name_that_the_run_does_not_have(self, wrong: dict[str, object]) -> None:
        with pytest.raises(GateFileError, match=r"has no (metric|cases) 'unknown|scopes'"):
            judge_run(a_run(1, 1), None, gates(FLOOR | wrong))


class TestGateMarkdown:
    def test_lists_what_was_missed_first_and_what_got_worse(self) -> None:
        text = gate_markdown(judge_run(a_run(2, 10), a_run(9, 10), gates()))

        rows = [line for line in text.splitlines() if line.startswith("| ")]
        assert text.startswith("## Evaluation: mine.v1 **does not pass**")
        assert rows[1].startswith("| **missed** | passed, all |")
        assert "7 scores got worse" in text

    def test_escapes_what_an_answer_may_hold(self) -> None:
        hostile = "</details><img src=x> @team [click](http://evil.example) | `x`"
        before = a_scored_result(a_case("1"), passed(right=True))
        after = a_scored_result(a_case("1"), passed(right=False, reason=hostile))

        text = gate_markdown(judge_run(a_recorded_run(after), a_recorded_run(before), gates()))

        assert "<img" not in text.replace("\\<", "")
        assert "\\@team \\[click\\](http://evil.example) \\|" in text


class TestReadGates:
    def test_reads_the_committed_file_which_the_committed_run_passes(self) -> None:
        run = read_run(ROOT / "docs" / "runs" / "sample.v1-quoting")

        judged = judge_run(run, run, read_gates(ROOT / "evals" / "gates.toml"))

        assert missed(judged) == []
        assert len(judged.checks) > 15

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("threshold =", "is no TOML file"),
            ("", "threshold: Field required"),
            ('[[threshold]]\nsuite = "a"\nmetric = "b"\n', "needs a `min` or a `max`"),
            ('[[threshold]]\nsuite = "a"\nmetric = "b"\nmin = 2\n', "less than or equal to 1"),
            ('[[threshold]]\nsuite = "a"\nmetric = "b"\nmni = 1\n', "mni"),
        ],
    )
    def test_says_what_is_wrong(self, tmp_path: Path, text: str, told: str) -> None:
        file = tmp_path / "gates.toml"
        file.write_text(text, encoding="utf-8")

        with pytest.raises(GateFileError, match=told):
            read_gates(file)

    def test_says_that_a_file_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(GateFileError, match="can't be read"):
            read_gates(tmp_path / "gates.toml")
