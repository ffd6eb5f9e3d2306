"""Turns an article's normalised text into HTML, with the cited words marked.

Everything is escaped: what a model wrote or an article holds can't become markup here,
so no link, image or script reaches the customer's browser through an answer.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_HEADING = re.compile(r"#{1,6} +")
_ITEM = re.compile(r" *(?:[-*+]|\d+[.)]) +")
_ROW = re.compile(r" *\|")
_RULE = re.compile(r" *\|[\s:|-]+\|? *$")
_CELL = re.compile(r"[^|]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text to highlight, in code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    start: int
    text: str


def to_html(text: str, marks: Iterable[Mark] = ()) -> str:
    """Return `text` as escaped HTML: headings, lists, tables and paragraphs, with `<mark>`s."""
    found = tuple(marks)
    blocks = groupby(_lines(text), key=lambda line: line.kind)
    return "".join(_block(kind, tuple(lines), found) for kind, lines in blocks)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.rstrip()
        if stripped and not _RULE.match(stripped):
            yield _Line(_kind(stripped), start, stripped)
        start += len(line)


def _kind(line: str) -> str:
    patterns = {"heading": _HEADING, "item": _ITEM, "row": _ROW}
    return next((kind for kind, pattern in patterns.items() if pattern.match(line)), "paragraph")


def _block(kind: str, lines: Sequence[_Line], marks: Sequence[Mark]) -> str:
    if kind == "row":
        rows = "".join(f"<tr>{_cells(line, marks)}</tr>" for line in lines)
        return f"<table>{rows}</table>"
    if kind == "item":
        return "".join(_item(line, marks) for line in lines)
    if kind == "heading":
        return "".join(f"<h5>{_after(_HEADING, line, marks)}</h5>" for line in lines)
    return "".join(f"<p>{_marked(line.text, line.start, marks)}</p>" for line in lines)


def _cells(line: _Line, marks: Sequence[Mark]) -> str:
    return "".join(
        f"<td>{_marked(cell.group(), line.start + cell.start(), marks)}</td>"
        for cell in _CELL.finditer(line.text)
        if cell.group().strip()
    )


def _item(line: _Line, marks: Sequence[Mark]) -> str:
    bullet = line.text.lstrip().partition(" ")[0]
    depth = (len(line.text) - len(line.text.lstrip())) // 2
    shown = "•" if bullet in "-*+" else html.escape(bullet)
    return (
        f'<div style="display:flex;gap:.5em;margin-left:{depth * 1.2:.1f}em">'
        f"<span>{shown}</span><span>{_after(_ITEM, line, marks)}</span></div>"
    )


def _after(prefix: re.Pattern[str], line: _Line, marks: Sequence[Mark]) -> str:
    found = prefix.match(line.text)
    skipped = found.end() if found else 0
    return _marked(line.text[skipped:], line.start + skipped, marks)


def _marked(text: str, start: int, marks: Sequence[Mark]) -> str:
    """Return `text`, which begins at `start`, escaped and with the marked stretches wrapped."""
    pieces: list[str] = []
    done = 0
    for mark in sorted(marks, key=lambda one: one.start):
        first = max(mark.start - start, done)
        last = min(mark.end - start, len(text))
        if first < last:
            pieces.append(html.escape(text[done:first]))
            pieces.append(f"<mark>{html.escape(text[first:last])}</mark>")
            done = last
    pieces.append(html.escape(text[done:]))
    return "".join(pieces)
