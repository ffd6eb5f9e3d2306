import json
from pathlib import Path

import pytest

from app.answer import Outcome
from evals.case import Edit, Kind, Origin, Part, case_line, case_schema, load_suite
from evals.commands import SAMPLE_SUITE
from evals.errors import CaseFileError

SCHEMA = SAMPLE_SUITE.with_name("case.schema.json")
GOOD: dict[str, object] = {
    "id": "a1",
    "kind": "answerable",
    "part": "before",
    "question": "How long do I have?",
    "outcomes": ["ANSWERED"],
    "articles": ["returns"],
    "must": [["30 days", "thirty days"]],
    "must_not": ["45 days"],
    "note": "the plain case",
}
EDIT = {"article": "returns", "old": "30 days", "new": "40 days"}


def a_file(folder: Path, *rows: object) -> Path:
    path = folder / "mine.v1.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


class TestLoadSuite:
    def test_reads_a_case_a_line(self, tmp_path: Path) -> None:
        suite = load_suite(a_file(tmp_path, GOOD, "", GOOD | {"id": "a2", "at": "2026-12-01"}))

        first, second = suite.cases
        assert (suite.name, len(suite.sha256)) == ("mine.v1", 64)
        assert (first.kind, first.part) == (Kind.ANSWERABLE, Part.BEFORE)
        assert first.outcomes == (Outcome.ANSWERED,)
        assert first.must == (("30 days", "thirty days"),)
        assert first.at is None
        assert str(second.at) == "2026-12-01"
        assert suite.article_ids == ("returns",)

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("{broken", "Expecting property name"),
            ("[1]", "valid dictionary"),
            (GOOD | {"kind": "weird"}, "kind: Input should be"),
            (GOOD | {"outcomes": []}, "outcomes: "),
            (GOOD | {"question": "  "}, "empty question"),
            (GOOD | {"must": [[]]}, "a fact without wording"),
            (GOOD | {"must_not": [" "]}, "an empty text in `must_not`"),
            (GOOD | {"must_nott": []}, "must_nott: Extra inputs"),
            (GOOD | {"articles": []}, "no gold article"),
            (GOOD | {"kind": "uncovered"}, "doesn't allow ABSTAINED"),
            (GOOD | {"kind": "trap"}, "doesn't allow ABSTAINED"),
            (GOOD | {"origin": {"article": "returns"}}, "origin.start: Field required"),
            (GOOD | {"edit": EDIT | {"place": 1}}, "edit.place: Unexpected"),
            (GOOD | {"edit": EDIT | {"article": "shipping"}}, "edits an article that isn't gold"),
            (GOOD | {"edit": EDIT | {"new": "30 days"}}, "an edit that changes nothing"),
        ],
    )
    def test_names_the_line_of_what_is_no_case(
        self, tmp_path: Path, row: object, said: str
    ) -> None:
        path = a_file(tmp_path, GOOD | {"id": "a0"}, row)

        with pytest.raises(CaseFileError) as told:
            load_suite(path)

        assert str(told.value).startswith(f"{path}:2")
        assert said in str(told.value)
        assert "\n" not in str(told.value)

    def test_refuses_an_id_that_comes_twice(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, GOOD, "", GOOD)

        with pytest.raises(CaseFileError, match=r":3: id a1 stands on line 1 already"):
            load_suite(path)

    def test_says_that_a_file_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(CaseFileError, match=r"none\.jsonl can't be read \(No such file"):
            load_suite(tmp_path / "none.jsonl")

    def test_says_that_a_file_is_not_text(self, tmp_path: Path) -> None:
        path = tmp_path / "image.jsonl"
        path.write_bytes(b"\xff\xfe\x00\x81")

        with pytest.raises(CaseFileError, match="it is not UTF-8"):
            load_suite(path)

    def test_says_that_a_file_is_empty(self, tmp_path: Path) -> None:
        with pytest.raises(CaseFileError, match="is empty"):
            load_suite(a_file(tmp_path, "", " "))


class TestCaseLine:
    def test_writes_what_is_read_again(self, tmp_path: Path) -> None:
        origin = {"article": "returns", "start": 3, "end": 40, "values": ["30 days"]}
        row = GOOD | {"at": "2026-12-01", "origin": origin, "group": "g1", "edit": EDIT}
        (case,) = load_suite(a_file(tmp_path, row)).cases

        written = case_line(case)

        assert load_suite(a_file(tmp_path, written)).cases == (case,)
        assert case.origin == Origin("returns", 3, 40, ("30 days",))
        assert case.edit == Edit("returns", "30 days", "40 days")

    def test_leaves_out_what_says_nothing(self, tmp_path: Path) -> None:
        (case,) = load_suite(a_file(tmp_path, GOOD)).cases

        assert {"origin", "group", "absent", "edit"}.isdisjoint(json.loads(case_line(case)))


class TestCaseSchema:
    def test_stands_beside_the_suites(self) -> None:
        committed = json.loads(SCHEMA.read_text(encoding="utf-8"))

        assert committed == case_schema(), "run `candor eval schema`"
