"""Sections and blocks of a normalised body: where it may be cut."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge_base.lines import Line, LineKind, read_lines
from knowledge_base.sentences import Span, split_sentences

CHARS_PER_WORD = 10
"""Text without spaces counts a word for so many characters."""

_SHORT_WORD = 5
"""Characters of a word and its space in a text that can only be cut anywhere."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between two headings, in code points of the body."""

    path: tuple[str, ...]
    """The headings above, outermost first."""
    head: int
    """Where the innermost heading's line begins; `start` if there is none."""
    start: int
    """Where the text below the heading begins."""
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that is better not cut."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, table, code block or heading, and the units that it may be cut into."""

    units: tuple[Unit, ...]
    leads_in: bool = False
    """It announces what follows and is kept with it."""

    @property
    def words(self) -> int:
        """The size of all units together."""
        return sum(unit.words for unit in self.units)


def count_words(text: str) -> int:
    """Return the number of words in `text`, more where it holds no spaces."""
    return max(len(text.split()), math.ceil(len(text) / CHARS_PER_WORD))


def read_sections(body: str) -> list[Section]:
    """Return the sections of `body` that hold text, in order."""
    sections: list[Section] = []
    headings: list[tuple[int, str]] = []
    head, texts = 0, list[Line]()
    for line in read_lines(body):
        if line.kind is LineKind.HEADING:
            sections.extend(_section(headings, head, texts))
            headings = [above for above in headings if above[0] < line.level]
            headings.append((line.level, body[line.content : line.end]))
            head, texts = line.start, []
        elif line.kind is not LineKind.BLANK:
            texts.append(line)
    return [*sections, *_section(headings, head, texts)]


def _section(
    headings: Sequence[tuple[int, str]], head: int, texts: Sequence[Line]
) -> Iterator[Section]:
    if texts:
        path = tuple(title for _, title in headings)
        start = _begin(texts[0])
        yield Section(path, head if path else start, start, texts[-1].end)


def read_blocks(body: str, start: int, end: int) -> list[Block]:
    """Return the blocks of `body[start:end]`, which begins and ends where lines do."""
    # A slice that begins behind its first line's indent must not read that line differently.
    line_start = body.rfind("\n", 0, start) + 1
    blocks: list[Block] = []
    run: list[Line] = []
    for line in read_lines(body, line_start, end):
        if run and _parts(run[-1], line):
            blocks.append(_block(body, run))
            run = []
        if line.kind is not LineKind.BLANK:
            run.append(line)
    return [*blocks, _block(body, run)] if run else blocks


def _parts(before: Line, after: Line) -> bool:
    alone = {LineKind.BLANK, LineKind.HEADING, LineKind.PROSE}
    return before.kind in alone or after.kind in alone


def _block(body: str, lines: Sequence[Line]) -> Block:
    first, last = lines[0], lines[-1]
    if first.kind is LineKind.HEADING:
        return Block((_unit(body, first.start, first.end),), leads_in=True)
    if first.kind is LineKind.PROSE:
        return _paragraph(body, first)
    groups = _grouped(lines)
    units = tuple(_unit(body, _begin(group[0]), group[-1].end) for group in groups)
    return Block(units, leads_in=body[last.content : last.end].endswith(":"))


def _paragraph(body: str, line: Line) -> Block:
    """Return a paragraph whole, or as sentences if its last one announces what follows."""
    text = body[line.content : line.end]
    leads_in = text.endswith(":")
    spans = split_sentences(text) if leads_in else (Span(0, len(text)),)
    units = (_unit(body, line.content + span.start, line.content + span.end) for span in spans)
    return Block(tuple(units), leads_in=leads_in)


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines that belong together: an item and what is below it, a header and a row."""
    groups: list[list[Line]] = []
    before = LineKind.BLANK
    for line in lines:
        inside = line.kind is not LineKind.CODE and line.indent > lines[0].indent
        header = LineKind.TABLE_RULE in {line.kind, before}
        if groups and (header or inside or line.kind is LineKind.CONTINUATION):
            groups[-1].append(line)
        else:
            groups.append([line])
        before = line.kind
    return groups


def _begin(line: Line) -> int:
    """Return where a line begins that may stand first in a chunk: code keeps its indent."""
    return line.start if line.kind is LineKind.CODE else line.start + line.indent


def split_unit(body: str, unit: Unit, limit: int) -> list[Unit]:
    """Return `unit` cut to pieces of at most `limit` words: at lines, sentences, then anywhere."""
    text = body[unit.start : unit.end]
    cuts = [unit.start + line.start for line in read_lines(text) if line.kind is not LineKind.BLANK]
    pieces = _between(body, cuts, unit.end)
    if len(pieces) == 1:
        cuts = [unit.start + span.start for span in split_sentences(text)]
        pieces = _between(body, [unit.start, *cuts[1:]], unit.end)
    if len(pieces) == 1:
        return _split_anywhere(body, unit, limit)
    return [
        part
        for piece in pieces
        for part in (split_unit(body, piece, limit) if piece.words > limit else [piece])
    ]


def _between(body: str, starts: Sequence[int], end: int) -> list[Unit]:
    return [
        _unit(body, start, stop) for start, stop in zip(starts, [*starts[1:], end], strict=True)
    ]


def _unit(body: str, start: int, end: int) -> Unit:
    text = body[start:end]
    return Unit(start, start + len(text.rstrip()), count_words(text))


def _split_anywhere(body: str, unit: Unit, limit: int) -> list[Unit]:
    """Cut at whatever space there is; the pieces follow each other without gap or overlap."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415 - slow

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=limit * _SHORT_WORD,
        chunk_overlap=0,
        keep_separator="end",
        strip_whitespace=False,
    )
    starts, position = list[int](), unit.start
    for piece in splitter.split_text(body[unit.start : unit.end]):
        starts.append(position)
        position += len(piece)
    return _between(body, starts, unit.end)
