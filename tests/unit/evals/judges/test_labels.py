import json
from pathlib import Path

import pytest

from evals.errors import CaseFileError
from evals.judges.labels import load_labels

ROW = {
    "id": "1",
    "passages": ["Boots come back within 30 days.", "Tents are mended."],
    "answer": "You have 30 days. Tents are mended.",
    "hallucinated": False,
}


def a_file(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "mine.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


class TestLoadLabels:
    def test_makes_each_sentence_cite_all_passages(self, tmp_path: Path) -> None:
        (label,) = load_labels(a_file(tmp_path, ROW)).labels

        answer = label.released

        assert [one.text for one in answer.sentences] == ["You have 30 days.", "Tents are mended."]
        assert [cited.quote for cited in answer.sentences[1].citations] == ROW["passages"]

    def test_takes_a_row_without_its_source_for_one_of_its_own(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, {**ROW, "source_id": "s"}, {**ROW, "id": "2"})

        assert [one.source for one in load_labels(path).labels] == ["s", "2"]

    @pytest.mark.parametrize(
        "wrong", [{"passages": []}, {"answer": ""}, {"hallucinated": None}, {"id": ""}]
    )
    def test_names_the_line_that_is_no_label(
        self, tmp_path: Path, wrong: dict[str, object]
    ) -> None:
        path = a_file(tmp_path, ROW, {**ROW, "id": "2", **wrong})

        with pytest.raises(CaseFileError, match=r"mine.jsonl:2 is no label"):
            load_labels(path)
