"""Sentences of a normalised body, each with its span: prose, list items and table rows.

Headings are no sentences, nor are a list's markers and a table's row of dashes.
Everything else lies in exactly one span, so that nothing an article says gets lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]  # ships no types

from knowledge_base.lines import Line, LineKind, read_lines

_LANGUAGE = "en"
_WINDOW = 2000
"""Characters that are looked at together; a sentence that is longer gets cut."""
_GLIMPSE = 20
"""Characters on either side of a sentence's end that tell whether it goes on."""
# Abbreviations that sentencex 1.0 takes for the end of a sentence, and that never end one.
_OPEN_END = re.compile(r"\b(?:approx|incl|excl|resp|ca|tel|ext|vs|cf|e\.g|i\.e)\.$", re.IGNORECASE)


class SentenceKind(StrEnum):
    """What a sentence stands in."""

    PROSE = "prose"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CODE = "code"
    """A line of a code block."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in code points, end exclusive."""

    start: int
    end: int
    kind: SentenceKind = SentenceKind.PROSE


_KINDS = {
    LineKind.PROSE: SentenceKind.PROSE,
    LineKind.LIST_ITEM: SentenceKind.LIST_ITEM,
    LineKind.CONTINUATION: SentenceKind.LIST_ITEM,
    LineKind.TABLE_ROW: SentenceKind.TABLE_ROW,
    LineKind.CODE: SentenceKind.CODE,
}


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences in `text`, in order and without overlap.

    A list item or a further line of it gives one span a sentence, its marker left out; a table
    row and a line of code give one span each.
    """
    return tuple(span for line in read_lines(text) for span in spans_in(text, line))


def spans_in(text: str, line: Line) -> Iterator[Span]:
    """Yield the spans of the sentences in one line of `text`; see `split_sentences`."""
    kind = _KINDS.get(line.kind)
    if kind is None:
        return
    if kind in {SentenceKind.TABLE_ROW, SentenceKind.CODE}:
        yield Span(line.content, line.end, kind)
        return
    for start, end in _sentences(text[line.content : line.end]):
        yield Span(line.content + start, line.content + end, kind)


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for end in _boundaries(line):
        last = line[max(begin, end - _GLIMPSE) : end].rstrip()
        if not _goes_on(last, line[end : end + _GLIMPSE].lstrip()):
            yield from _stripped(line, begin, end)
            begin = end
    yield from _stripped(line, begin, len(line))


def _boundaries(line: str) -> Iterator[int]:
    """Yield where sentences end, in windows: sentencex takes the square of a text's length."""
    start = 0
    while start < len(line):
        window = line[start : start + _WINDOW]
        ends = [
            start + boundary["end_index"] for boundary in get_sentence_boundaries(_LANGUAGE, window)
        ]
        if start + len(window) < len(line) and len(ends) > 1:
            ends.pop()
        yield from ends
        start = ends[-1] if ends else len(line)


def _goes_on(last: str, rest: str) -> bool:
    """Say whether `rest` belongs to the sentence that ends in `last`: nothing has ended there."""
    if not last.endswith(".") or last.endswith(".."):
        return False
    begins_small = rest[:1].islower() and not rest[1:2].isupper()
    return begins_small or _OPEN_END.search(last) is not None


def _stripped(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = line[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        yield begin, begin + len(stripped)
