import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.grounding.support.labels import is_held_out, read_labels
from knowledge_base.errors import BadInputError
from tests.builders import an_article


def a_file(folder: Path, row: Mapping[str, object]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


class TestReadLabels:
    def test_a_claim_that_a_span_touches_is_not_supported(self, tmp_path: Path) -> None:
        text = "Refunds take 5 days. Couriers are insured abroad."
        row = {
            "id": "1",
            "source_id": "s",
            "question": "How long do refunds take?",
            "passages": ["Refunds take 5 days."],
            "answer": text,
            "hallucinated": True,
            "spans": [{"start": 21, "end": 37}],
        }

        (answer,) = read_labels(a_file(tmp_path, row))

        assert [claim.supported for claim in answer.claims] == [True, False]
        assert not answer.supported
        assert answer.group == "s"

    def test_a_row_with_a_claim_is_an_answer_of_one(self, tmp_path: Path) -> None:
        row = {"id": "7", "claim": "Skis melt.", "passages": ["Snow melts."], "supported": False}

        (answer,) = read_labels(a_file(tmp_path, row))

        assert [claim.supported for claim in answer.claims] == [False]
        assert answer.group == "7"

    def test_an_experts_answer_rests_on_its_gold_articles(self, tmp_path: Path) -> None:
        row = {"id": "9", "question": "How?", "answer": "Refunds take 5 days.", "gold": ["refunds"]}

        (answer,) = read_labels(a_file(tmp_path, row), {"refunds": an_article()})

        assert answer.supported
        assert answer.claims[0].overlap == 1

    def test_names_a_file_with_rows_of_another_kind(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, {"id": "1", "text": "Hello"})

        with pytest.raises(BadInputError, match=r"labels\.jsonl holds no labels \(KeyError"):
            read_labels(path)

    def test_names_a_gold_article_that_is_not_there(self, tmp_path: Path) -> None:
        row = {"id": "9", "question": "How?", "answer": "Refunds.", "gold": ["gone"]}

        with pytest.raises(BadInputError, match="gone"):
            read_labels(a_file(tmp_path, row), {})


class TestIsHeldOut:
    def test_is_about_half_of_all_ids(self) -> None:
        held_out = sum(is_held_out(str(number)) for number in range(1000))

        assert 450 < held_out < 550
