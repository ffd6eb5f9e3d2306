"""Plain text becomes the normal form: what its lines look like is all that is known of them.

A body in the normal form comes out as it went in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.markup.layout import flows, headings_from_capitals, one_line, paragraphs
from knowledge_base.lines import CODE_INDENT, Line, LineKind, read_lines

_ALONE = {LineKind.BLANK, LineKind.HEADING}
_FLOWING = {LineKind.LIST_ITEM, LineKind.CONTINUATION}
_UNDERLINE = re.compile(r"(?P<first>=)={2,}|-{3,}")


@dataclass(frozen=True, slots=True)
class _Row:
    kind: LineKind
    lead: str
    """Indent and marker."""
    text: str


def read_plain_text(text: str) -> list[str]:
    """Return the blocks that `text` holds, in order."""
    blocks: list[str] = []
    run: list[_Row] = []
    for line in read_lines(text):
        row = _row(text, line)
        if run and _parts(run[-1].kind, row.kind):
            blocks.extend(_blocks(run))
            run = []
        if row.kind is not LineKind.BLANK:
            run.append(row)
    return headings_from_capitals([*blocks, *_blocks(run)])


def _row(text: str, line: Line) -> _Row:
    content = text[line.content : line.end]
    lead = text[line.start : line.content].expandtabs(CODE_INDENT)
    if line.kind in {LineKind.PROSE, LineKind.TABLE_ROW} and not lead.strip():
        lead = lead if line.kind is LineKind.TABLE_ROW else ""
    return _Row(line.kind, lead, content if line.kind is LineKind.CODE else one_line(content))


def _parts(before: LineKind, after: LineKind) -> bool:
    """Say whether a new block begins between a line of one kind and a line of the other."""
    prose = LineKind.PROSE
    return before in _ALONE or after in _ALONE or (before is prose) != (after is prose)


def _blocks(run: Sequence[_Row]) -> list[str]:
    if run and run[0].kind is LineKind.PROSE:
        return _prose([row.text for row in run])
    return ["\n".join(_lines(run))] if run else []


def _prose(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of `lines`; what is underlined is a heading."""
    blocks: list[str] = []
    begin = 0
    for index, line in enumerate(lines):
        underline = _UNDERLINE.fullmatch(line) if index > begin else None
        if underline is not None:
            level = "#" if underline["first"] else "##"
            blocks += [*paragraphs(lines[begin : index - 1]), f"{level} {lines[index - 1]}"]
            begin = index + 1
    return [*blocks, *paragraphs(lines[begin:])]


def _lines(run: Sequence[_Row]) -> list[str]:
    """Return the lines of a list, table or code block; what flows on joins its item's line."""
    lines: list[str] = []
    offset, running = 0, False
    for row in run:
        lead = row.lead
        code = row.kind is LineKind.CONTINUATION and len(lead) >= offset + CODE_INDENT
        if row.kind is LineKind.CONTINUATION and not code:
            if running and _joins(lines[-1], row, offset):
                lines[-1] += " " + row.text
                continue
            lead = lead or " " * offset
        lines.append(lead + row.text)
        offset, running = (offset, False) if code else (len(lead), row.kind in _FLOWING)
    return lines


def _joins(line: str, row: _Row, offset: int) -> bool:
    """Say whether `row` goes on with the item on `line`, and not with one further out."""
    return (not row.lead or len(row.lead) >= offset) and flows(line, row.text)
