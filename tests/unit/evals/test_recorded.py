import json
from pathlib import Path

import pytest

from app.answer import Outcome, Usage
from evals.errors import RunFolderError
from evals.metrics.score import Score
from evals.recorded import read_config, read_results, read_run
from evals.results import Repeat, Result, result_row
from tests.eval_builders import (
    a_case,
    a_scored_result,
    a_sentence,
    a_written_run,
    an_answer,
    passed,
)

ROOT = Path(__file__).resolve().parents[3]


def a_rich_result() -> Result:
    answer = an_answer(
        a_sentence("Dreißig Tage\u2028— 30 days."),
        query="boots",
        usage=(Usage("openai:x", 100, 20, 0.01, cached_tokens=7),),
    )
    return Result(
        a_case("a", history=("Hello",)),
        12.345,
        answer,
        repeats=(
            Repeat(1, Outcome.ABSTAINED, "Ask us.", usage=answer.usage),
            Repeat(2, error="ModelTimeoutError: late"),
        ),
        scores=(
            passed(right=False, reason="missing: 45 days"),
            Score.counted("faithfulness", 2, 3),
            Score.measured("judge", 0.51239),
            Score.not_applicable("all_facts", "no fact is asked for"),
            Score.unscored("relevance", "the judge didn't answer"),
        ),
    )


class TestReadRun:
    def test_reads_back_what_was_written(self, tmp_path: Path) -> None:
        results = (a_rich_result(), Result(a_case("b"), 5.0, error="ModelTimeoutError: late"))

        run = read_run(a_written_run(tmp_path / "one", *results))

        assert [result_row(one) for one in run.results] == [result_row(one) for one in results]
        assert run.results[0].repeats == results[0].repeats
        assert run.metrics == ("passed", "faithfulness", "judge", "all_facts", "relevance")
        assert (run.suite, run.name) == ("mine.v1", "one")

    def test_reads_the_runs_that_are_kept_with_the_documentation(self) -> None:
        run = read_run(ROOT / "docs" / "runs" / "sample.v1-quoting")

        assert len(run.results) == 220
        assert {score.trials for one in run.results if (score := one.score("passed"))} == {1}

    def test_says_that_a_folder_is_no_run(self, tmp_path: Path) -> None:
        with pytest.raises(RunFolderError, match=r"holds no run \(no config.json\)"):
            read_run(tmp_path)

    def test_says_that_a_run_has_not_ended(self, tmp_path: Path) -> None:
        run = a_written_run(tmp_path, a_scored_result(a_case(), passed(right=True)))
        (run / "summary.json").unlink()

        with pytest.raises(RunFolderError, match=r"hasn't ended: finish it with .* --resume"):
            read_run(run)

    def test_says_that_a_run_was_kept_without_its_results(self, tmp_path: Path) -> None:
        run = a_written_run(tmp_path, a_scored_result(a_case(), passed(right=True)))
        (run / "results.jsonl").unlink()

        with pytest.raises(RunFolderError, match="only a summary"):
            read_run(run)

    def test_reads_a_row_as_it_is_written(self) -> None:
        file = ROOT / "docs" / "runs" / "sample.v1-quoting" / "results.jsonl"
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

        written = [json.loads(json.dumps(result_row(result))) for result in read_results(file)]

        assert written == rows

    @pytest.mark.parametrize("text", ["{", "[]", '{"suite": 3, "generation": "g", "day": "d"}'])
    def test_says_that_a_configuration_cannot_be_read(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "config.json").write_text(text, encoding="utf-8")

        with pytest.raises(RunFolderError, match=r"config.json can't be read"):
            read_config(tmp_path)


class TestReadResults:
    def test_drops_a_torn_end_where_it_may(self, tmp_path: Path) -> None:
        line = json.dumps(result_row(a_rich_result()))
        file = tmp_path / "results.partial.jsonl"
        file.write_text(line + "\n" + line[:90], encoding="utf-8")

        (kept,) = read_results(file, drop_torn_end=True)

        assert kept.case.id == "a"

    def test_names_the_line_that_is_no_result(self, tmp_path: Path) -> None:
        file = tmp_path / "results.jsonl"
        file.write_text(json.dumps(result_row(a_rich_result())) + '\n{"id": 1}\n', encoding="utf-8")

        with pytest.raises(RunFolderError, match=r"results.jsonl:2 is no result \(id: "):
            list(read_results(file))
