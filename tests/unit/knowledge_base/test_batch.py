import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge_base.batch import BatchCount, run_batch
from knowledge_base.errors import BadInputError, StorageError
from knowledge_base.progress import NoProgress
from tests.fakes import RecordedProgress


def upper(row: Mapping[str, object]) -> dict[str, object]:
    if not isinstance(row.get("question"), str):
        raise BadInputError("the row has no `question`,\nsay one")
    return {"answer": str(row["question"]).upper()}


def run(tmp_path: Path, content: bytes) -> list[dict[str, object]]:
    (tmp_path / "in.jsonl").write_bytes(content)
    run_batch(tmp_path / "in.jsonl", tmp_path / "out.jsonl", upper, progress=NoProgress())
    lines = (tmp_path / "out.jsonl").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    return [json.loads(line) for line in lines]


class TestRunBatch:
    def test_writes_one_row_a_row_in_order(self, tmp_path: Path) -> None:
        rows = run(tmp_path, b'{"id": 2, "question": "b"}\n{"id": "1", "question": "a"}\n')

        assert rows == [{"id": 2, "answer": "B"}, {"id": "1", "answer": "A"}]

    def test_makes_a_failing_row_an_error_row_of_one_line(self, tmp_path: Path) -> None:
        rows = run(tmp_path, b'{"id": 1}\n{"id": 2, "question": "b"}')

        assert rows == [
            {"id": 1, "error": "the row has no `question`, say one"},
            {"id": 2, "answer": "B"},
        ]

    def test_goes_on_after_an_error_that_nobody_foresaw(self, tmp_path: Path) -> None:
        (tmp_path / "in").write_text('{"id": 1, "by": 0}\n{"id": 2, "by": 4}\n', "utf-8")

        count = run_batch(
            tmp_path / "in",
            tmp_path / "out",
            lambda row: {"share": 1 / int(str(row["by"]))},
            progress=NoProgress(),
        )

        first, second = (tmp_path / "out").read_text("utf-8").splitlines()
        assert count == BatchCount(rows=2, failed=1)
        assert "unexpected ZeroDivisionError" in json.loads(first)["error"]
        assert json.loads(second) == {"id": 2, "share": 0.25}

    @pytest.mark.parametrize(
        "line",
        [
            b"garbage",
            b"",
            b'{"id": 1, "question": "cut',
            b'["a", "list"]',
            b"\xff\xfe",
            b'{"question": "no id"}',
            b"[" * 100_000,
            b'{"id": ' + b"9" * 5000 + b"}",
            b'{"id": NaN, "question": "a"}',
            b'{"id": 1e999, "question": "a"}',
        ],
        ids=[
            "garbage",
            "blank",
            "cut",
            "list",
            "no UTF-8",
            "no id",
            "deep",
            "huge",
            "NaN",
            "infinite",
        ],
    )
    def test_goes_on_after_a_row_that_can_not_be_read(self, tmp_path: Path, line: bytes) -> None:
        rows = run(tmp_path, line + b'\n{"id": 2, "question": "b"}\n')

        assert [row["id"] for row in rows] == [None, 2]
        assert "\n" not in str(rows[0]["error"])
        assert rows[1] == {"id": 2, "answer": "B"}

    def test_reads_a_byte_order_mark_and_windows_line_ends(self, tmp_path: Path) -> None:
        rows = run(
            tmp_path, b'\xef\xbb\xbf{"id": 1, "question": "a"}\r\n{"id": 2, "question": "b"}'
        )

        assert [row["answer"] for row in rows] == ["A", "B"]

    def test_writes_what_no_encoding_holds_as_an_escape(self, tmp_path: Path) -> None:
        rows = run(tmp_path, b'{"id": 1, "question": "\\ud800 \xe2\x82\xac"}')

        assert rows == [{"id": 1, "answer": "\ud800 €"}]

    def test_writes_nothing_for_no_rows(self, tmp_path: Path) -> None:
        assert run(tmp_path, b"") == []

    def test_counts_rows_and_failures(self, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_text('{"id": 1}\n{"id": 2, "question": "b"}\n', "utf-8")
        progress = RecordedProgress()

        count = run_batch(tmp_path / "in.jsonl", tmp_path / "out", upper, progress=progress)

        assert count == BatchCount(rows=2, failed=1)
        assert progress.steps == {"Rows": (2, 2)}

    def test_shows_a_bar_on_standard_error(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "in.jsonl").write_text('{"id": 2, "question": "b"}\n', "utf-8")

        run_batch(tmp_path / "in.jsonl", tmp_path / "out", upper)

        shown = capsys.readouterr()
        assert shown.out == ""
        assert "1/1" in shown.err

    def test_refuses_to_write_over_its_input(self, tmp_path: Path) -> None:
        rows = tmp_path / "in.jsonl"
        rows.write_text('{"id": 2, "question": "b"}\n', "utf-8")
        (tmp_path / "link").symlink_to(rows)

        with pytest.raises(BadInputError, match="input and output"):
            run_batch(rows, tmp_path / "link", upper, progress=NoProgress())

        assert rows.read_text("utf-8") == '{"id": 2, "question": "b"}\n'

    def test_refuses_a_folder_for_its_output_before_the_first_row(self, tmp_path: Path) -> None:
        (tmp_path / "in").write_text('{"id": 1, "question": "a"}\n', "utf-8")
        progress = RecordedProgress()

        with pytest.raises(BadInputError, match="is a folder"):
            run_batch(tmp_path / "in", tmp_path, upper, progress=progress)

        assert progress.steps == {}

    def test_leaves_the_old_output_where_it_was_stopped(self, tmp_path: Path) -> None:
        (tmp_path / "in").write_text('{"id": 1, "question": "a"}\n', "utf-8")
        (tmp_path / "out").write_text("the old output", "utf-8")

        def stopped(_: Mapping[str, object]) -> dict[str, object]:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_batch(tmp_path / "in", tmp_path / "out", stopped, progress=NoProgress())

        assert (tmp_path / "out").read_text("utf-8") == "the old output"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]

    def test_names_an_input_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(BadInputError, match=r"nothing\.jsonl can't be read"):
            run_batch(tmp_path / "nothing.jsonl", tmp_path / "out", upper, progress=NoProgress())

    def test_names_an_output_that_can_not_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "in").write_text("", "utf-8")

        with pytest.raises(StorageError, match="out can't be written"):
            run_batch(tmp_path / "in", tmp_path / "no" / "out", upper, progress=NoProgress())
