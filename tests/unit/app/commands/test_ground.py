import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from app.commands.ground import ground
from app.commands.ground_row import GroundRow
from knowledge_base.errors import BadInputError

COMMAND = Typer()
COMMAND.command()(ground)
TOLD = "Refunds take 5 days."


def grounded(folder: Path, rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    source, output = folder / "rows.jsonl", folder / "verdicts.jsonl"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    result = CliRunner().invoke(COMMAND, ["--input", str(source), "--output", str(output)])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


class TestGround:
    def test_writes_a_verdict_with_its_reason_and_place(self, tmp_path: Path) -> None:
        (row,) = grounded(tmp_path, [{"id": 7, "claim": TOLD, "passages": ["Tents.", TOLD]}])

        assert row == {
            "id": 7,
            "verdict": "SUPPORTED",
            "support": 1.0,
            "claims": [
                {
                    "text": TOLD,
                    "verdict": "SUPPORTED",
                    "support": 1.0,
                    "reason": "stands in the article as it is",
                    "passage": 1,
                    "start": 0,
                    "end": len(TOLD),
                }
            ],
        }

    def test_gives_an_answer_its_worst_claims_verdict(self, tmp_path: Path) -> None:
        answer = f"Happy to help! {TOLD} Refunds take 9 days."

        (row,) = grounded(tmp_path, [{"id": "a", "answer": answer, "passages": [TOLD]}])

        assert (row["verdict"], row["support"]) == ("CONTRADICTED", 0.0)

    def test_supports_what_claims_nothing(self, tmp_path: Path) -> None:
        (row,) = grounded(tmp_path, [{"id": "a", "claim": "Happy to help!", "passages": []}])

        assert (row["verdict"], row["claims"]) == ("SUPPORTED", [])

    def test_supports_nothing_that_the_gate_would_find_no_claim_in(self, tmp_path: Path) -> None:
        (row,) = grounded(tmp_path, [{"id": "a", "claim": "Absolutely!", "passages": [TOLD]}])

        assert (row["verdict"], row["support"]) == ("NOT_ENOUGH_INFO", 0.0)
        assert "found no claim" in str(row["claims"])

    def test_reads_whom_a_passage_is_for(self, tmp_path: Path) -> None:
        passages = [{"text": TOLD, "title": "Refunds", "applies_to": {"plan": "Trail plan"}}]
        passages += [{"text": "Tents.", "title": "T", "applies_to": {"plan": ["Summit plan"]}}]
        asked = {"question": "I am on the Summit plan, how long?", "passages": passages}

        (row,) = grounded(tmp_path, [{"id": "a", "claim": TOLD, **asked}])

        assert row["verdict"] == "CONTRADICTED"

    def test_goes_on_after_a_bad_row(self, tmp_path: Path) -> None:
        good = {"id": 2, "claim": TOLD, "passages": [TOLD]}

        bad, after = grounded(tmp_path, [{"id": 1, "claim": TOLD}, good])

        assert bad == {"id": 1, "error": "the row has no list of `passages`"}
        assert after["verdict"] == "SUPPORTED"


class TestGroundRow:
    @pytest.mark.parametrize(
        ("row", "told"),
        [
            ({"passages": []}, "needs a text"),
            ({"claim": "a", "answer": "b", "passages": []}, "not both"),
            ({"claim": 3, "passages": []}, "needs a text"),
            ({"claim": " ", "passages": []}, "empty"),
            ({"claim": "a", "passages": [3]}, "passage 0"),
            ({"claim": "a", "passages": [{"title": "x"}]}, "passage 0"),
            ({"claim": "a", "passages": [], "question": 3}, "`question`"),
            ({"claim": "a", "passages": [], "at": "soon"}, "not a day"),
            ({"claim": "a", "passages": [{"text": "a", "applies_to": 3}]}, "`applies_to`"),
            ({"claim": "a", "passages": [{"text": "a", "applies_to": {"p": 3}}]}, "`applies_to`"),
            ({"claim": "a", "passages": [{"text": "a", "title": 3}]}, "`title`"),
        ],
    )
    def test_says_what_is_wrong(self, row: dict[str, object], told: str) -> None:
        with pytest.raises(BadInputError, match=told):
            GroundRow.read(row)
