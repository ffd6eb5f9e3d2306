"""The lines of a normalised body."""

import pytest

from knowledge_base.lines import LineKind, read_lines


def kinds(text: str) -> list[LineKind]:
    return [line.kind for line in read_lines(text)]


class TestReadLines:
    @pytest.mark.parametrize(
        ("line", "kind", "content"),
        [
            ("## Refunds", LineKind.HEADING, "Refunds"),
            ("- a receipt", LineKind.LIST_ITEM, "a receipt"),
            ("   12. a receipt", LineKind.LIST_ITEM, "a receipt"),
            ("| a | b |", LineKind.TABLE_ROW, "| a | b |"),
            ("| --- | :-: |", LineKind.TABLE_RULE, "| --- | :-: |"),
            ("    # a comment", LineKind.CODE, "# a comment"),
            ("Refunds take 5 days.", LineKind.PROSE, "Refunds take 5 days."),
            ("#hashtag", LineKind.PROSE, "#hashtag"),
            ("# " + "on and " * 200, LineKind.PROSE, ("# " + "on and " * 200).rstrip()),
            ("-5 degrees", LineKind.PROSE, "-5 degrees"),
            ("  ", LineKind.BLANK, ""),
        ],
    )
    def test_tells_what_a_line_is_and_where_its_text_begins(
        self, line: str, kind: LineKind, content: str
    ) -> None:
        (read,) = read_lines(line)

        assert (read.kind, line[read.content : read.end]) == (kind, content)

    def test_knows_further_lines_of_a_list_item(self) -> None:
        assert kinds("- one\n  more\n      code\n- two\n\n    code") == [
            LineKind.LIST_ITEM,
            LineKind.CONTINUATION,
            LineKind.CONTINUATION,
            LineKind.LIST_ITEM,
            LineKind.BLANK,
            LineKind.CODE,
        ]

    def test_gives_a_heading_its_level(self) -> None:
        assert [line.level for line in read_lines("# A\n### B")] == [1, 3]
