import json
from pathlib import Path

from typer.testing import CliRunner

from app.commands.gate import gate
from app.grounding.support.model import load_support_model, read_model_file
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


class TestFit:
    def test_writes_a_model_with_its_labels_and_figures(self, tmp_path: Path) -> None:
        output = tmp_path / "model.json"

        done = CliRunner().invoke(
            gate, ["fit", "--labels", str(labels(tmp_path)), "--output", str(output)]
        )

        held = read_model_file(output)
        assert done.exit_code == 0, done.output
        assert held.fit.labels[0].claims == 60
        assert held.fit.labels[0].unsupported == 24
        assert "claim balanced accuracy" in done.output
        assert load_support_model(output).threshold == held.threshold

    def test_writes_the_same_model_again(self, tmp_path: Path) -> None:
        read = labels(tmp_path)
        outputs = [tmp_path / "one.json", tmp_path / "two.json"]

        for output in outputs:
            CliRunner().invoke(gate, ["fit", "--labels", str(read), "--output", str(output)])

        assert outputs[0].read_text("utf-8") == outputs[1].read_text("utf-8")

    def test_asks_for_the_articles_of_experts_answers(self, tmp_path: Path) -> None:
        read = str(labels(tmp_path))

        done = CliRunner().invoke(gate, ["fit", "--labels", read, "--experts", read])

        assert isinstance(done.exception, BadInputError)
        assert "--help-centre" in str(done.exception)
