"""The lines of a normalised body: headings, list items, table rows, code and prose.

`Article.body` keeps every block on lines of its own, so its structure can be read back
line by line, with exact spans, by whoever cuts it into chunks or sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CODE_INDENT = 4
"""Spaces before each line of a code block."""
MAX_HEADING = 1_000
"""Longest line that is a heading, in characters: each chunk below one repeats it."""

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?=\S)")
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")
_LINE = re.compile(r"[^\n]*\n?")


class LineKind(StrEnum):
    """What a line of a body is."""

    BLANK = "blank"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    CONTINUATION = "continuation"
    """A further line of the list item above it."""
    TABLE_ROW = "table_row"
    TABLE_RULE = "table_rule"
    """The row of dashes below a table's header."""
    CODE = "code"
    PROSE = "prose"


_LIST = {LineKind.LIST_ITEM, LineKind.CONTINUATION}
_TABLE = {LineKind.TABLE_ROW, LineKind.TABLE_RULE}


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in code points of the text that it was read from."""

    kind: LineKind
    start: int
    """Where the line begins, its indent included."""
    content: int
    """Where its text begins, behind indent, list marker or `#` signs."""
    end: int
    """Where its text ends, without trailing space and line break."""
    indent: int = 0
    """Number of spaces that the line begins with."""
    level: int = 0
    """Of a heading: 1 to 6."""


def read_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """Yield the lines of `text[start:end]` in order, with their places in `text`."""
    in_list = False
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        if match.start() == match.end():
            return
        line = _read_line(match.group().rstrip(), match.start(), in_list=in_list)
        in_list = line.kind in _LIST or (in_list and line.kind in _TABLE)
        yield line


def _read_line(line: str, start: int, *, in_list: bool) -> Line:
    end = start + len(line)
    if not line:
        return Line(LineKind.BLANK, start, start, end)
    if len(line) <= MAX_HEADING and (heading := _HEADING.match(line)):
        return Line(
            LineKind.HEADING, start, start + heading.end(), end, level=len(heading.group(1))
        )
    indent = len(line) - len(line.lstrip())
    if not in_list and indent >= CODE_INDENT:
        return Line(LineKind.CODE, start, start + indent, end, indent)
    if item := _LIST_ITEM.match(line):
        return Line(LineKind.LIST_ITEM, start, start + item.end(), end, indent)
    return Line(_plain_kind(line, in_list=in_list), start, start + indent, end, indent)


def _plain_kind(line: str, *, in_list: bool) -> LineKind:
    if _TABLE_RULE.match(line):
        return LineKind.TABLE_RULE
    if _TABLE_ROW.match(line):
        return LineKind.TABLE_ROW
    return LineKind.CONTINUATION if in_list else LineKind.PROSE
