import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.commands.gate import gate
from app.grounding.support.model import read_model_file
from app.grounding.thresholds import read_thresholds_file
from knowledge_base.errors import BadInputError

SAID = ("Refunds take 5 days", "Skis go back by mail", "Gift cards never expire")
INVENTED = ("Couriers insure orbital parcels", "Loyal members fly with penguins")


def labels(folder: Path) -> Path:
    rows = [
        {
            "id": str(number),
            "question": f"Question {number}?",
            "claim": f"{text} in shop {number}.",
            "passages": [f"{said} in shop {number}." for said in SAID],
            "supported": text in SAID,
        }
        for number in range(12)
        for text in (*SAID, *INVENTED)
    ]
    path = folder / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def claims(folder: Path) -> Path:
    told = "The fee for a transfer is 20 USD."
    rows = [
        {
            "id": f"{number} {said}",
            "origin": str(number),
            "question": "What is the fee for a transfer?",
            "claim": said,
            "passages": [f"{told} Shop {number} is open every day."],
            "supported": said == told,
        }
        for number in range(6)
        for said in (told, "The fee for a transfer is 30 USD.")
    ]
    path = folder / "claims.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def _is(row: str, supported: bool) -> bool:  # noqa: FBT001 — a row's field
    return json.loads(row)["supported"] is supported


class TestFit:
    def test_writes_a_model_with_its_labels_and_figures(self, tmp_path: Path) -> None:
        done = CliRunner().invoke(
            gate, ["fit", "--labels", str(labels(tmp_path)), "--output", str(tmp_path)]
        )

        held = read_model_file(tmp_path / "model.json")
        assert done.exit_code == 0, done.output
        assert held.fit.labels[0].claims == 60
        assert held.fit.labels[0].unsupported == 24
        assert "claim balanced accuracy" in done.output

    def test_keeps_the_models_threshold_with_the_run_that_chose_it(self, tmp_path: Path) -> None:
        rate = ["--support-false-block-rate", "0.1"]

        CliRunner().invoke(
            gate, ["fit", "--labels", str(labels(tmp_path)), *rate, "--output", str(tmp_path)]
        )

        run = read_thresholds_file(tmp_path / "thresholds.json").runs.support
        assert run.false_block_rate == pytest.approx(0.1)
        assert run.labels[0].claims == 60
        assert "supported claims blocked at the threshold" in {one.name for one in run.figures}

    def test_chooses_the_rules_thresholds_on_claims(self, tmp_path: Path) -> None:
        done = CliRunner().invoke(
            gate, ["fit", "--claims", str(claims(tmp_path)), "--output", str(tmp_path)]
        )

        run = read_thresholds_file(tmp_path / "thresholds.json").runs.rules
        figures = {one.name: one.value for one in run.figures}
        assert done.exit_code == 0, done.output
        assert run.labels[0].claims == 12
        assert figures["all, chosen on: unsupported claims caught"] == 1
        assert figures["claims.jsonl, held out: supported claims blocked"] == 0

    def test_leaves_what_it_has_no_rows_for(self, tmp_path: Path) -> None:
        CliRunner().invoke(
            gate, ["fit", "--claims", str(claims(tmp_path)), "--output", str(tmp_path)]
        )

        assert read_model_file(tmp_path / "model.json") == read_model_file()
        runs = read_thresholds_file(tmp_path / "thresholds.json").runs
        assert runs.support == read_thresholds_file().runs.support

    def test_writes_the_same_files_again(self, tmp_path: Path) -> None:
        read = ["--labels", str(labels(tmp_path)), "--claims", str(claims(tmp_path))]
        outputs = [tmp_path / "one", tmp_path / "two"]

        for output in outputs:
            CliRunner().invoke(gate, ["fit", *read, "--output", str(output)])

        for name in ("model.json", "thresholds.json"):
            one, two = ((output / name).read_text("utf-8") for output in outputs)
            assert one == two

    @pytest.mark.parametrize("supported", [True, False])
    def test_wants_both_kinds_of_rows(self, tmp_path: Path, *, supported: bool) -> None:
        for option, rows in {"--labels": labels(tmp_path), "--claims": claims(tmp_path)}.items():
            kept = [row for row in rows.read_text().splitlines() if _is(row, supported)]
            rows.write_text("\n".join(kept), encoding="utf-8")

            done = CliRunner().invoke(gate, ["fit", option, str(rows), "--output", str(tmp_path)])

            assert isinstance(done.exception, BadInputError), done.exception
            assert "that aren't" in str(done.exception)
        assert not (tmp_path / "thresholds.json").exists()

    def test_asks_for_rows(self) -> None:
        done = CliRunner().invoke(gate, ["fit"])

        assert isinstance(done.exception, BadInputError)
        assert "--claims" in str(done.exception)

    def test_takes_no_claims_without_a_label(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.jsonl"
        path.write_text('{"id": "1", "claim": "It is free.", "passages": ["It is free."]}')

        done = CliRunner().invoke(gate, ["fit", "--claims", str(path), "--output", str(tmp_path)])

        assert isinstance(done.exception, BadInputError)
        assert "supported" in str(done.exception)

    def test_asks_for_the_articles_of_experts_answers(self, tmp_path: Path) -> None:
        read = str(labels(tmp_path))

        done = CliRunner().invoke(gate, ["fit", "--labels", read, "--experts", read])

        assert isinstance(done.exception, BadInputError)
        assert "--help-centre" in str(done.exception)
