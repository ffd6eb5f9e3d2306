"""Statements: the sentences, list items and table rows of an article, with where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from knowledge_base.lines import Line, LineKind, read_lines
from knowledge_base.sentences import SentenceKind, Span, spans_in

_NUMBER = re.compile(r"\d")
_LIST_KINDS = frozenset({LineKind.LIST_ITEM, LineKind.CONTINUATION})


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that an article says."""

    start: int
    """Code points into the article's body, like `end` (exclusive)."""
    end: int
    kind: SentenceKind
    text: str
    headings: tuple[str, ...]
    """Headings above it, outermost first."""
    lead_in: str
    """What a list item or a table row needs to be understood: the line above, the header row."""
    block: int
    """Number of its paragraph, list or table within the article."""
    section: int
    """Number of the heading it stands below, 0 above the first."""
    is_step: bool = False
    """Whether it belongs to an item of a numbered list."""
    columns: tuple[str, ...] = ()
    """Of a table's row: what the cells of the header row say."""


def statements(body: str) -> tuple[Statement, ...]:
    """Return what an article's body says, in its order; headings and code are no statements."""
    return tuple(_read(body))


def cells(row: str) -> tuple[str, ...]:
    """Return what the cells of a table's row say."""
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


@dataclass(slots=True)
class _Place:
    """Where in an article the reading has got to."""

    headings: tuple[tuple[int, str], ...] = ()
    section: int = 0
    block: int = 0
    lead_in: str = ""
    columns: tuple[str, ...] = ()
    is_step: bool = False
    last: LineKind = LineKind.BLANK

    def enter(self, line: Line, marker: str, text: str) -> None:
        """Take note of a line that is about to be read."""
        if line.kind is LineKind.HEADING:
            above = tuple(known for known in self.headings if known[0] < line.level)
            self.headings = (*above, (line.level, text))
            self.section += 1
            self.lead_in = ""
        if _opens_block(line.kind, self.last):
            self.block += 1
        if line.kind is LineKind.PROSE:
            self.lead_in = text.rpartition(". ")[2] if text.endswith(":") else ""
        if line.kind is not LineKind.CONTINUATION:
            self.is_step = line.kind is LineKind.LIST_ITEM and _NUMBER.search(marker) is not None
        self.last = line.kind if line.kind is not LineKind.BLANK else self._after_blank()

    def _after_blank(self) -> LineKind:
        return self.last if self.last in _LIST_KINDS else LineKind.BLANK


def _opens_block(kind: LineKind, last: LineKind) -> bool:
    if kind in _LIST_KINDS:
        return last not in _LIST_KINDS
    if kind in {LineKind.TABLE_ROW, LineKind.TABLE_RULE}:
        return last not in {LineKind.TABLE_ROW, LineKind.TABLE_RULE}
    return kind is not LineKind.BLANK and kind is not last


def _read(body: str) -> Iterator[Statement]:
    place = _Place()
    lines = tuple(read_lines(body))
    for line, following in zip_longest(lines, lines[1:]):
        place.enter(line, body[line.start : line.content], body[line.content : line.end])
        heads_table = following is not None and following.kind is LineKind.TABLE_RULE
        for span in spans_in(body, line):
            if heads_table:
                place.columns = cells(body[span.start : span.end])
                place.lead_in = f"{place.lead_in} {', '.join(place.columns)}".strip()
            elif span.kind is not SentenceKind.CODE:
                yield _statement(body, span, place)


def _statement(body: str, span: Span, place: _Place) -> Statement:
    is_row = span.kind is SentenceKind.TABLE_ROW
    text = body[span.start : span.end]
    return Statement(
        start=span.start,
        end=span.end,
        kind=span.kind,
        text=", ".join(cells(text)) if is_row else text,
        headings=tuple(heading for _, heading in place.headings),
        lead_in="" if span.kind is SentenceKind.PROSE else place.lead_in,
        block=place.block,
        section=place.section,
        is_step=place.is_step,
        columns=place.columns if is_row else (),
    )
