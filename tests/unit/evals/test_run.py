import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evals.errors import EvalsError, RunFolderError
from evals.metrics.roster import METRICS
from evals.results import Repeat, Result
from evals.run import RunFolder, new_run_dir
from evals.summary import Summary, summarise
from tests.eval_builders import a_case, a_recorded_run, a_sentence, an_answer

CONFIG: dict[str, object] = {"suite": "mine.v1"}
WHOLE_CONFIG: dict[str, object] = dict(a_recorded_run().config)


def a_result(case_id: str) -> Result:
    case = a_case(case_id, question="Wie viele Tage — für Stiefel?")
    answer = an_answer(a_sentence("30 days."))
    scores = tuple(metric.score(case, answer) for metric in METRICS)
    return Result(case, 12.345, answer, scores=scores)


def a_summary(*results: Result) -> Summary:
    return summarise("mine.v1", results, [metric.name for metric in METRICS], {})


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class TestRunFolder:
    def test_holds_results_as_they_come(self, tmp_path: Path) -> None:
        folder = RunFolder(tmp_path / "runs" / "one")

        folder.begin(CONFIG)
        folder.append(a_result("b"))

        written = rows(folder.path / "results.partial.jsonl")
        assert [row["id"] for row in written] == ["b"]
        assert not (folder.path / "summary.json").exists()

    def test_holds_the_three_files_in_the_end(self, tmp_path: Path) -> None:
        folder, results = RunFolder(tmp_path / "one"), (a_result("a"), a_result("b"))

        folder.begin(CONFIG)
        for result in reversed(results):
            folder.append(result)
        folder.finish(CONFIG | {"seconds": 1.5}, results, a_summary(*results))

        assert sorted(path.name for path in folder.path.iterdir()) == [
            "config.json",
            "results.jsonl",
            "summary.json",
        ]
        first, second = rows(folder.path / "results.jsonl")
        assert (first["id"], second["id"]) == ("a", "b")
        assert first["question"] == "Wie viele Tage — für Stiefel?"
        assert first["sentences"] == [
            {"text": "30 days.", "citations": [{"article": "returns", "start": 0, "end": 8}]}
        ]
        config = json.loads((folder.path / "config.json").read_text(encoding="utf-8"))
        assert config == {"suite": "mine.v1", "seconds": 1.5}

    def test_writes_an_error_as_its_row(self, tmp_path: Path) -> None:
        folder = RunFolder(tmp_path / "one")

        folder.begin(CONFIG)
        folder.append(Result(a_case("a"), 5.0, error="ModelTimeoutError: no answer"))

        (row,) = rows(folder.path / "results.partial.jsonl")
        assert (row["error"], row["scores"]) == ("ModelTimeoutError: no answer", {})

    def test_does_not_write_over_another_run(self, tmp_path: Path) -> None:
        (tmp_path / "summary.json").write_text("{}", encoding="utf-8")

        with pytest.raises(EvalsError, match="isn't empty"):
            RunFolder(tmp_path).begin(CONFIG)

    def test_says_in_one_line_that_it_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")

        with pytest.raises(EvalsError, match=r"can't be written to .*--run-dir"):
            RunFolder(tmp_path / "file" / "run").begin(CONFIG)


class TestResume:
    def test_keeps_whole_results_and_drops_a_cut_one(self, tmp_path: Path) -> None:
        interrupted = RunFolder(tmp_path / "one")
        interrupted.begin(WHOLE_CONFIG)
        interrupted.append(a_result("a"))
        with (interrupted.path / "results.partial.jsonl").open("a", encoding="utf-8") as file:
            file.write('{"id": "b", "kind": "ans')

        resumed = RunFolder(tmp_path / "one")
        resumed.resume(WHOLE_CONFIG | {"started": "later", "concurrency": 4})
        resumed.append(a_result("b"))

        assert [result.case.id for result in resumed.results()] == ["a", "b"]

    def test_begins_where_the_kill_came_before_the_configuration(self, tmp_path: Path) -> None:
        (tmp_path / ".config.json.tmp").write_text("{", encoding="utf-8")

        RunFolder(tmp_path).resume(WHOLE_CONFIG)

        assert json.loads((tmp_path / "config.json").read_text(encoding="utf-8")) == WHOLE_CONFIG

    def test_goes_on_where_the_kill_came_between_results_and_summary(self, tmp_path: Path) -> None:
        folder = RunFolder(tmp_path / "one")
        folder.begin(WHOLE_CONFIG)
        folder.append(a_result("a"))
        (folder.path / "results.jsonl").write_text("", encoding="utf-8")

        folder.resume(WHOLE_CONFIG)

        assert [result.case.id for result in folder.results()] == ["a"]

    def test_refuses_to_mix_two_runs(self, tmp_path: Path) -> None:
        folder = RunFolder(tmp_path / "one")
        folder.begin(WHOLE_CONFIG | {"generation": "g1"})

        with pytest.raises(RunFolderError, match=r"two runs in one \(generation was g1, is g2\)"):
            folder.resume(WHOLE_CONFIG | {"generation": "g2"})

    def test_refuses_a_run_that_has_ended(self, tmp_path: Path) -> None:
        folder = RunFolder(tmp_path / "one")
        folder.begin(WHOLE_CONFIG)
        folder.finish(WHOLE_CONFIG, (a_result("a"),), a_summary(a_result("a")))

        with pytest.raises(RunFolderError, match="has ended"):
            folder.resume(WHOLE_CONFIG)

    def test_says_that_a_folder_holds_no_run(self, tmp_path: Path) -> None:
        with pytest.raises(RunFolderError, match="holds no run"):
            RunFolder(tmp_path / "none").resume(WHOLE_CONFIG)


class TestResumeAfterErrors:
    @pytest.mark.parametrize(
        "failed",
        [
            Result(a_case("b"), 0.0, error="RemoteError: lost"),
            Result(
                a_case("b"),
                0.0,
                an_answer(a_sentence("30 days.")),
                repeats=(Repeat(1, error="RemoteError: lost"),),
            ),
        ],
        ids=["the first time", "a repeat"],
    )
    def test_takes_up_a_run_in_which_a_case_failed(self, tmp_path: Path, failed: Result) -> None:
        results = (a_result("a"), failed)
        folder = RunFolder(tmp_path / "one")
        folder.begin(WHOLE_CONFIG)
        folder.finish(WHOLE_CONFIG, results, a_summary(*results))

        folder.resume(WHOLE_CONFIG)

        assert [result.is_whole for result in folder.results()] == [True, False]
        assert not (folder.path / "summary.json").exists()


class TestDefaultRunDir:
    def test_is_named_after_the_time_and_the_suite(self, tmp_path: Path) -> None:
        started = datetime(2026, 11, 1, 12, 30, 5, tzinfo=UTC)

        path = new_run_dir(tmp_path / "data", "sample.v1", started)

        assert path == tmp_path / "data" / "runs" / "20261101T123005Z-sample.v1"
        assert path.is_dir()

    def test_is_another_one_for_each_run_of_a_second(self, tmp_path: Path) -> None:
        started = datetime(2026, 11, 1, 12, 30, 5, tzinfo=UTC)

        paths = [new_run_dir(tmp_path, "sample.v1", started) for _ in range(3)]

        names = [path.name.removeprefix("20261101T123005Z-") for path in paths]
        assert names == ["sample.v1", "sample.v1-2", "sample.v1-3"]


class TestResumeAfterABudget:
    def test_asks_what_was_not_asked(self, tmp_path: Path) -> None:
        results = (a_result("a"), Result(a_case("b"), 0.0, not_asked="no room"))
        folder = RunFolder(tmp_path / "one")
        folder.begin(WHOLE_CONFIG)
        folder.finish(WHOLE_CONFIG, results, a_summary(*results))

        folder.resume(WHOLE_CONFIG)

        assert [result.case.id for result in folder.results()] == ["a"]
        assert not (folder.path / "summary.json").exists()


class TestLocked:
    def test_lets_one_process_at_a_time_write_a_run(self, tmp_path: Path) -> None:
        run = tmp_path / "runs" / "one"

        with RunFolder(run).locked():
            with (
                pytest.raises(RunFolderError, match=r"another process .* --run-dir"),
                RunFolder(run).locked(),
            ):
                raise AssertionError
            with RunFolder(tmp_path / "runs" / "two").locked():
                assert run.is_dir()

        with RunFolder(run).locked():
            assert list(run.iterdir()) == []
