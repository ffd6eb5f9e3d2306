import json
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from evals.commands import evaluate
from evals.errors import JudgeError
from evals.judge_records import judge_records
from evals.judges.claim_judge import ClaimJudge
from evals.judges.identity import JudgeIdentity
from evals.judges.ragas_loading import RAGAS_STRINGS
from evals.judging import JudgingRequest, measure_judges
from evals.settings import EvalsSettings
from knowledge_base.progress import NoProgress
from tests.openai_server import OpenAIServer, an_openai_server, replies

PASSAGE = "Boots come back within 30 days."
HELD = json.dumps({"supported": [1], "unsupported": {}})
NOT_HELD = json.dumps({"supported": [], "unsupported": {"1": "it says 30"}})


def labels(folder: Path) -> Path:
    path = folder / "mine.jsonl"
    answers = {"held": PASSAGE, "invented": "Boots come back within 90 days."}
    rows = [
        {"id": name, "passages": [PASSAGE], "answer": answer, "hallucinated": name == "invented"}
        for name, answer in answers.items()
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def a_request(folder: Path, *judges: str) -> JudgingRequest:
    return JudgingRequest(labels(folder), judges, None, None, 1, None, None)


def with_model(folder: Path, server: OpenAIServer) -> EvalsSettings:
    return EvalsSettings(data_dir=folder, judge_model="scripted", judge_base_url=server.base_url)


class TestMeasureJudges:
    def test_measures_a_model_and_keeps_what_it_found_for_runs(self, tmp_path: Path) -> None:
        with an_openai_server(replies(HELD), replies(NOT_HELD)) as server:
            settings = with_model(tmp_path, server)
            (measured,) = measure_judges(
                settings, a_request(tmp_path, "judged_faithfulness"), NoProgress()
            )
            identity = ClaimJudge.from_settings(settings).identity

        assert measured.agreement.kappa.value == 1.0
        (row,) = judge_records([identity], tmp_path / "judges")
        assert row["model"] == "scripted"
        assert row["prompt"] == "faithfulness.v1"
        assert isinstance(row["agreement"], dict)
        assert row["agreement"]["n"] == 2
        assert row["agreement"]["kappa"]["value"] == 1.0

    def test_measures_scores_without_a_model(self, tmp_path: Path) -> None:
        settings = EvalsSettings(data_dir=tmp_path)

        measured = measure_judges(
            settings, a_request(tmp_path, "faithfulness", "word_overlap"), NoProgress()
        )

        assert measured[0].agreement.true_positives.value == 1.0
        assert [one.agreement.fitted_cut for one in measured] == [False, True]

    def test_leaves_out_what_is_not_installed_and_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "ragas.metrics.collections", None)

        with capture_logs() as logs:
            measured = measure_judges(
                EvalsSettings(data_dir=tmp_path), a_request(tmp_path), NoProgress()
            )

        assert [one.identity.name for one in measured] == ["faithfulness", "word_overlap"]
        assert [line["judge"] for line in logs] == list(RAGAS_STRINGS)
        assert "ragas isn't installed" in logs[0]["reason"]

    def test_says_that_what_is_named_is_not_installed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "ragas.metrics.collections", None)

        with pytest.raises(JudgeError, match="ragas isn't installed"):
            measure_judges(
                EvalsSettings(data_dir=tmp_path), a_request(tmp_path, "ragas_rouge"), NoProgress()
            )

    def test_refuses_what_it_cannot_measure(self, tmp_path: Path) -> None:
        with pytest.raises(JudgeError, match="vibes can't be measured: name one of faithfulness"):
            measure_judges(
                EvalsSettings(data_dir=tmp_path), a_request(tmp_path, "vibes"), NoProgress()
            )


class TestJudgeRecords:
    def test_says_that_another_prompts_agreement_does_not_count(self, tmp_path: Path) -> None:
        settings = EvalsSettings(data_dir=tmp_path)
        measure_judges(settings, a_request(tmp_path, "faithfulness"), NoProgress())
        known = JudgeIdentity("faithfulness")
        other = JudgeIdentity("faithfulness", prompt="faithfulness.v2")

        rows = judge_records([known, other], tmp_path / "judges")

        assert rows[0]["agreement"] is not None
        assert rows[1]["agreement"] is None

    def test_passes_over_a_file_that_is_no_agreement(self, tmp_path: Path) -> None:
        (tmp_path / "faithfulness-1.json").write_text("{", encoding="utf-8")

        (row,) = judge_records([JudgeIdentity("faithfulness")], tmp_path)

        assert row["agreement"] is None


class TestJudgeCommand:
    def test_prints_a_table_or_json(self, tmp_path: Path) -> None:
        arguments = ["judge", "--labels", str(labels(tmp_path)), "--judge", "faithfulness"]
        env = {"CANDOR_DATA_DIR": str(tmp_path), "COLUMNS": "100"}

        table = CliRunner().invoke(evaluate, arguments, env=env)
        as_json = CliRunner().invoke(evaluate, [*arguments, "--json"], env=env)

        assert "faithfulness" in table.stdout
        assert "1.000" in table.stdout
        (row,) = json.loads(as_json.stdout)
        assert row["judge"]["name"] == "faithfulness"
        assert row["false_positives"] == {
            "value": 0.0,
            "successes": 0,
            "n": 1,
            "low": 0.0,
            "high": 0.7935,
        }
