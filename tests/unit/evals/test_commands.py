import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from evals.commands import SAMPLE_DAY, evaluate
from evals.errors import CaseFileError, RunFolderError, UnknownArticleError
from knowledge_base.errors import CandorError, NoGenerationError
from tests.eval_builders import a_case, a_scored_result, a_written_run, passed
from tests.openai_server import an_openai_server, replies

Row = dict[str, object]

CASES: list[Row] = [
    {
        "id": "a1",
        "kind": "answerable",
        "part": "before",
        "question": "How many days do I have to return boots?",
        "outcomes": ["ANSWERED"],
        "articles": ["returns"],
        "must": [["30 days"]],
        "must_not": ["12 days"],
    },
    {
        "id": "a2",
        "kind": "uncovered",
        "part": "after",
        "question": "Do you sell pianos in Vienna?",
        "outcomes": ["ABSTAINED"],
    },
]
ASKED = ("id", "kind", "part", "question", "history", "expected")
QUESTIONS: list[Row] = [
    {"id": "1", "question": "Can I return boots?", "gold": ["returns"]},
    {"id": "3", "question": "When do the shops open?", "gold": ["opening"]},
    {"id": "2", "question": "Why?", "gold": [], "answerable": False},
]


def lines(path: Path, rows: Sequence[Row]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def invoked(data_dir: Path, *arguments: object) -> Result:
    done = CliRunner().invoke(
        evaluate,
        [str(argument) for argument in arguments],
        env={"CANDOR_DATA_DIR": str(data_dir), "COLUMNS": "100"},
    )
    if done.exception and not isinstance(done.exception, CandorError | SystemExit):
        raise done.exception
    return done


def interrupt(run: Path, *, kept: int) -> None:
    """Leave a run as a kill would have left it after some of its results."""
    (run / "summary.json").unlink()
    rows = (run / "results.jsonl").read_bytes().splitlines(keepends=True)
    (run / "results.jsonl").unlink()
    (run / "results.partial.jsonl").write_bytes(b"".join(rows[:kept]) + rows[kept][:50])


def a_gated_run(folder: Path, *, right: bool) -> tuple[Path, Path]:
    """Return a run of one case, and thresholds that it passes where it is right."""
    run = a_written_run(folder / "gated", a_scored_result(a_case(), passed(right=right)))
    gates = folder / "gates.toml"
    threshold = '[[threshold]]\nsuite = "mine.v1"\nmetric = "passed"\nmin = 1\n'
    gates.write_text(threshold, encoding="utf-8")
    return run, gates


def summary_of(done: Result) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary


class TestRun:
    def test_prints_a_report_and_writes_the_run(self, data_dir: Path, tmp_path: Path) -> None:
        suite = lines(tmp_path / "mine.v1.jsonl", CASES)

        done = invoked(data_dir, "run", "--suite", suite, "--run-dir", tmp_path / "run")

        assert done.exit_code == 0
        assert "mine.v1: 2 cases, 0 with a forbidden fact, 0 ended in an error" in done.stdout
        config = json.loads((tmp_path / "run" / "config.json").read_text(encoding="utf-8"))
        assert (config["suite"]["name"], config["models"]) == ("mine.v1", ["quoting"])
        assert config["generations"] == [config["generation"]]
        rows = (tmp_path / "run" / "results.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(row)["id"] for row in rows] == ["a1", "a2"]

    def test_keeps_keys_out_of_the_run(
        self, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CANDOR_MODEL_API_KEY", "sk-very-secret")
        monkeypatch.setenv("CANDOR_DATABASE_URL", "postgresql://me:very-secret@host/db")
        suite = lines(tmp_path / "mine.v1.jsonl", CASES)

        invoked(data_dir, "run", "--suite", suite, "--run-dir", tmp_path / "run")

        written = [path.read_text(encoding="utf-8") for path in (tmp_path / "run").iterdir()]
        assert len(written) == 3
        assert not any("very-secret" in text for text in written)

    def test_prints_the_summary_as_json(self, data_dir: Path, tmp_path: Path) -> None:
        suite = lines(tmp_path / "mine.v1.jsonl", CASES)

        done = invoked(
            data_dir, "run", "--suite", suite, "--run-dir", tmp_path / "run", "--json", "--limit", 1
        )

        summary = json.loads(done.stdout)
        assert summary["cases"] == 1
        assert summary == json.loads((tmp_path / "run" / "summary.json").read_text("utf-8"))

    def test_writes_into_the_data_folder_when_no_folder_is_named(
        self, data_dir: Path, tmp_path: Path
    ) -> None:
        suite = lines(tmp_path / "unnamed.v1.jsonl", CASES)

        invoked(data_dir, "run", "--suite", suite, "--at", "2026-05-01")

        (run,) = (data_dir / "runs").glob("*-unnamed.v1")
        config = json.loads((run / "config.json").read_text(encoding="utf-8"))
        assert config["day"] == "2026-05-01"

    def test_asks_no_model_again_what_it_answered_before(
        self, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        suite = lines(tmp_path / "mine.v1.jsonl", CASES)
        asking = ("run", "--suite", suite, "--json", "--run-dir")
        with an_openai_server(replies("Boots come back within 30 days. [1]")) as server:
            monkeypatch.setenv("CANDOR_MODEL", "openai:scripted")
            monkeypatch.setenv("CANDOR_MODEL_BASE_URL", server.base_url)
            monkeypatch.setenv("CANDOR_MODEL_API_KEY", "none")
            first = summary_of(invoked(data_dir, *asking, tmp_path / "first"))
            asked = len(server.requests)
            again = summary_of(invoked(data_dir, *asking, tmp_path / "again"))
            kept = len(server.requests)
            invoked(data_dir, "run", "--suite", suite, "--json", "--no-cache")

        assert first["spending"]["prompt_tokens"] > 0
        assert (again["spending"]["prompt_tokens"], again["spending"]["cost_usd"]) == (0, 0.0)
        assert again["spending"]["cached_calls"] == asked == kept
        assert again["groups"] == first["groups"]
        assert len(server.requests) > kept

    def test_asks_the_model_each_question_whatever_customers_are_answered_from(
        self, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        twice = [CASES[0], {**CASES[0], "id": "a3"}]
        suite = lines(tmp_path / "mine.v1.jsonl", twice)
        monkeypatch.setenv("CANDOR_ANSWER_CACHE", "100")
        monkeypatch.setenv("CANDOR_MODEL", "openai:scripted")
        monkeypatch.setenv("CANDOR_MODEL_API_KEY", "none")
        said = "Unworn boots can be returned within 30 days of delivery. [1]"
        with an_openai_server(replies(said)) as server:
            monkeypatch.setenv("CANDOR_MODEL_BASE_URL", server.base_url)

            done = invoked(data_dir, "run", "--suite", suite, "--no-cache", "--json")

            assert done.exit_code == 0
            assert len(server.requests) == len(twice)

    def test_asks_a_model_each_time_that_a_case_is_repeated(
        self, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        suite = lines(tmp_path / "mine.v1.jsonl", CASES[:1])
        asking = ("run", "--suite", suite, "--json", "--repeats", 3, "--run-dir")
        with an_openai_server(replies("Boots come back within 31 days. [1]")) as server:
            monkeypatch.setenv("CANDOR_MODEL", "openai:repeated")
            monkeypatch.setenv("CANDOR_MODEL_BASE_URL", server.base_url)
            monkeypatch.setenv("CANDOR_MODEL_API_KEY", "none")
            first = summary_of(invoked(data_dir, *asking, tmp_path / "first"))
            asked = len(server.requests)
            again = summary_of(invoked(data_dir, *asking, tmp_path / "again"))
            kept = len(server.requests)
            once = ("run", "--suite", suite, "--json", "--run-dir", tmp_path / "once")
            alone = summary_of(invoked(data_dir, *once))

        (row,) = map(json.loads, (tmp_path / "first" / "results.jsonl").read_bytes().splitlines())
        consistency = first["groups"]["all"]["metrics"]["consistency"]
        assert [one["repeat"] for one in row["repeats"]] == [1, 2]
        assert (consistency["value"], consistency["n"]) == (1.0, 1)
        assert (asked % 3, kept) == (0, asked)
        assert again["spending"]["cached_calls"] == asked
        assert alone["spending"]["cached_calls"] == asked // 3

    def test_goes_on_with_the_repeats_of_a_run_that_was_interrupted(
        self, data_dir: Path, tmp_path: Path
    ) -> None:
        suite, run = lines(tmp_path / "mine.v1.jsonl", CASES), tmp_path / "run"
        invoked(data_dir, "run", "--suite", suite, "--run-dir", run, "--repeats", 2)
        interrupt(run, kept=1)

        invoked(data_dir, "run", "--suite", suite, "--resume", run)

        rows = map(json.loads, (run / "results.jsonl").read_bytes().splitlines())
        assert [len(row["repeats"]) for row in rows] == [1, 1]

    def test_goes_on_with_a_run_that_was_interrupted(self, data_dir: Path, tmp_path: Path) -> None:
        suite, run = lines(tmp_path / "mine.v1.jsonl", CASES), tmp_path / "run"
        invoked(data_dir, "run", "--suite", suite, "--run-dir", run, "--at", "2026-05-01")
        whole = (run / "results.jsonl").read_bytes()
        interrupt(run, kept=1)

        done = invoked(data_dir, "run", "--suite", suite, "--resume", run)

        first, second = (run / "results.jsonl").read_bytes().splitlines()
        assert done.exit_code == 0
        assert first == whole.splitlines()[0]
        assert json.loads(second)["scores"] == json.loads(whole.splitlines()[1])["scores"]

    def test_asks_again_what_ended_in_an_error(self, data_dir: Path, tmp_path: Path) -> None:
        suite, run = lines(tmp_path / "mine.v1.jsonl", CASES), tmp_path / "run"
        invoked(data_dir, "run", "--suite", suite, "--run-dir", run, "--at", "2026-05-01")
        first, second = map(json.loads, (run / "results.jsonl").read_bytes().splitlines())
        failed = {name: first[name] for name in ASKED} | {"error": "RemoteError: lost"}
        rows = (failed | {"latency_ms": 1.0, "scores": {}}, second)
        written = "".join(json.dumps(row) + "\n" for row in rows)
        (run / "results.jsonl").write_text(written, encoding="utf-8")

        invoked(data_dir, "run", "--suite", suite, "--resume", run)

        again, kept = map(json.loads, (run / "results.jsonl").read_bytes().splitlines())
        assert (again["error"], again["text"]) == (None, first["text"])
        assert kept == second

    def test_does_not_go_on_with_another_suite(self, data_dir: Path, tmp_path: Path) -> None:
        suite, run = lines(tmp_path / "mine.v1.jsonl", CASES), tmp_path / "run"
        invoked(data_dir, "run", "--suite", suite, "--run-dir", run)
        interrupt(run, kept=1)
        changed = lines(tmp_path / "mine.v1.jsonl", CASES[:1])

        done = invoked(data_dir, "run", "--suite", changed, "--resume", run)

        assert isinstance(done.exception, RunFolderError)
        assert "suite was" in str(done.exception)

    def test_refuses_a_suite_about_other_articles(self, data_dir: Path) -> None:
        done = invoked(data_dir, "run")

        assert isinstance(done.exception, UnknownArticleError)
        assert "articles that sample.v1 asks about aren't in the published index" in str(
            done.exception
        )
        assert "candor reindex" in str(done.exception)

    def test_says_that_nothing_is_published(self, tmp_path: Path) -> None:
        done = invoked(tmp_path / "empty", "run")

        assert isinstance(done.exception, NoGenerationError)

    def test_says_which_line_of_a_suite_is_wrong(self, data_dir: Path, tmp_path: Path) -> None:
        suite = lines(tmp_path / "mine.v1.jsonl", [CASES[0], {"id": "x"}])

        done = invoked(data_dir, "run", "--suite", suite)

        assert isinstance(done.exception, CaseFileError)
        assert f"{suite}:2 is no case" in str(done.exception)

    def test_asks_the_sample_as_of_its_own_day(self) -> None:
        assert SAMPLE_DAY.isoformat() == "2026-11-01"


class TestRetrieval:
    def test_measures_a_help_centre_and_leaves_the_published_one_alone(
        self, data_dir: Path, help_centre: Path, tmp_path: Path
    ) -> None:
        questions = lines(tmp_path / "questions.jsonl", QUESTIONS)
        serving = (data_dir / "current.json").read_bytes()

        done = invoked(
            data_dir,
            *("retrieval", "--help-centre", help_centre, "--questions", questions, "--json"),
            *("--output", tmp_path / "ranked.jsonl"),
        )

        measured = json.loads(done.stdout)
        assert measured["groups"]["all"]["hit@1"]["n"] == 2
        assert measured["groups"]["all"]["hit@1"]["value"] == 1.0
        assert (measured["articles"], measured["unanswerable"]) == (3, 1)
        assert (data_dir / "current.json").read_bytes() == serving
        ranked = (tmp_path / "ranked.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(row)["articles"][0]["id"] for row in ranked] == ["returns", "opening"]
        assert "Can I return" not in "".join(ranked)

    def test_prints_the_halves_apart(
        self, data_dir: Path, help_centre: Path, tmp_path: Path
    ) -> None:
        questions = lines(tmp_path / "questions.jsonl", QUESTIONS)

        done = invoked(
            data_dir,
            *("retrieval", "--help-centre", help_centre, "--questions", questions, "--split"),
        )

        first_words = [line.split()[0] for line in done.stdout.splitlines() if line.strip()]
        assert {"all", "odd", "even"} <= set(first_words)
        assert "1 unanswerable questions" in done.stdout

    def test_refuses_questions_about_other_articles(
        self, data_dir: Path, help_centre: Path, tmp_path: Path
    ) -> None:
        rows: list[Row] = [{"id": "1", "question": "Why?", "gold": ["elsewhere"]}]
        questions = lines(tmp_path / "questions.jsonl", rows)

        done = invoked(
            data_dir, "retrieval", "--help-centre", help_centre, "--questions", questions
        )

        assert isinstance(done.exception, UnknownArticleError)
        assert "(elsewhere)" in str(done.exception)


class TestCompare:
    def test_compares_two_runs(self, tmp_path: Path) -> None:
        right = a_written_run(tmp_path / "a", a_scored_result(a_case(), passed(right=True)))
        wrong = a_written_run(tmp_path / "b", a_scored_result(a_case(), passed(right=False)))

        done = invoked(tmp_path, "compare", right, wrong, "--json")

        compared = json.loads(done.stdout)["metrics"]["passed"]
        assert (compared["difference"], compared["lost"], compared["p"]) == (-1, 1, 1)
        assert "1 cases in common" in invoked(tmp_path, "compare", right, wrong).stdout

    def test_says_that_a_folder_is_no_run(self, tmp_path: Path) -> None:
        done = invoked(tmp_path, "compare", tmp_path, tmp_path)

        assert isinstance(done.exception, RunFolderError)


class TestGate:
    def test_passes_a_run_and_writes_its_summary(self, tmp_path: Path) -> None:
        run, gates = a_gated_run(tmp_path, right=True)

        done = invoked(
            tmp_path,
            *("gate", run, "--gates", gates, "--baseline", run, "--summary", tmp_path / "pr.md"),
        )

        assert done.exit_code == 0
        assert "mine.v1 passes" in (tmp_path / "pr.md").read_text(encoding="utf-8")

    def test_exits_with_1_for_a_run_that_misses_a_threshold(self, tmp_path: Path) -> None:
        run, gates = a_gated_run(tmp_path, right=False)

        done = invoked(tmp_path, "gate", run, "--gates", gates)

        assert done.exit_code == 1
        assert "MISSED passed, all" in done.stdout

    @pytest.mark.parametrize("arguments", [["--gates", "none.toml"], ["--baseline", "none"]])
    def test_exits_with_2_for_what_cannot_be_judged(
        self, tmp_path: Path, arguments: list[str]
    ) -> None:
        run, gates = a_gated_run(tmp_path, right=True)

        done = invoked(tmp_path, "gate", run, "--gates", gates, *arguments)

        assert done.exit_code == 2
        assert "none" in done.stderr


class TestReport:
    def test_writes_one_file_into_the_run(self, tmp_path: Path) -> None:
        run, _ = a_gated_run(tmp_path, right=False)

        done = invoked(tmp_path, "report", run, "--baseline", run)

        assert done.exit_code == 0
        assert "1 of 1 wrong" in (run / "report.html").read_text(encoding="utf-8")
