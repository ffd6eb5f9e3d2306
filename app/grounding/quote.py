"""A quote is text of an article as it stands there, with what makes it readable on its own.

A list item keeps the sentence that introduces its list, one that ends in a colon (or else the
heading above it), and the items it is nested in; a table row keeps its table's header. Otherwise
"Gift cards" might stand alone, without the "You can't return:" that gave it its meaning. A
sentence that begins with a pronoun keeps the sentence before it: "It costs 20 USD" is said of what
that one names.
"""

import re
from dataclasses import dataclass

from app.answer import Citation, DraftSentence
from app.wording import POINTS_BACK
from knowledge_base.article import Passage
from knowledge_base.sentences import split_sentences

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•]|\d+[.)])[ \t]+")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)")


def quote(passage: Passage, start: int, end: int, *, read: str | None = None) -> DraftSentence:
    """Return the words from `start` to `end` of the passage's article, made readable.

    Text and citations hold the article's own characters only: the first citation is the quoted
    span itself (widened to the whole row in a table, back to its marker in a list item, back to
    what a pronoun stands for), the others are the lead-ins that stand before it in the text.

    Args:
        passage: The passage that is quoted; its article's body is what the span counts in.
        start: First code point of the quoted words.
        end: The code point after the last one.
        read: What is read before the quote: a pronoun's sentence gets the one before it unless
            that is what was read last. None where the words are to stay alone.
    """
    body = passage.article.body
    first, last = _trimmed(body, start, end)
    line = _first_line_of_item(body, _line_at(body, first))
    parts = [_Part(first if read is None else _antecedent(body, line, first, read), last)]
    if _is_row(body, line):
        parts = _row_parts(body, line, _line_at(body, last - 1).end)
    elif _indent(body, line) is not None:
        parts = _item_parts(body, line, last)
    return DraftSentence(_text(body, parts), _citations(passage, parts))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a body, `start` to `end`, that a quote is put together from."""

    start: int
    end: int
    is_heading: bool = False


def _trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    words = body[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, first + len(words.strip())


def _antecedent(body: str, line: "_Part", first: int, read: str) -> int:
    """Return where the sentence begins that names what a pronoun at `first` stands for.

    That is the nearest one before it in its line that doesn't begin with a pronoun itself, or the
    line's first; where it was read last, it is `first`.
    """
    if not POINTS_BACK.match(body, first):
        return first
    starts = [line.start + one.start for one in split_sentences(body[line.start : line.end])]
    before = [start for start in starts if start <= first]
    if first not in before:
        return first
    while len(before) > 1 and POINTS_BACK.match(body, before[-1]):
        before.pop()
    was_read = read.rstrip().endswith(body[before[-1] : first].rstrip())
    return first if was_read else before[-1]


def _line_at(body: str, position: int) -> _Part:
    start = body.rfind("\n", 0, position) + 1
    end = body.find("\n", position)
    return _Part(start, len(body) if end < 0 else end)


def _first_line_of_item(body: str, line: _Part) -> _Part:
    """Return the line that opens the list item in which `line` stands, or else `line`."""
    above: _Part | None = line
    while above and _indent(body, above) is None and _continues(body, above):
        above = _line_before(body, above)
    return above if above and _indent(body, above) is not None else line


def _line_before(body: str, line: _Part) -> _Part | None:
    return _line_at(body, line.start - 1) if line.start > 0 else None


def _is_row(body: str, line: _Part) -> bool:
    return body[line.start : line.end].lstrip().startswith("|")


def _is_blank(body: str, line: _Part) -> bool:
    return not body[line.start : line.end].strip()


def _row_parts(body: str, row: _Part, end: int) -> list[_Part]:
    """Return a table's lead-in and header, then the rows from `row` to `end`."""
    top = row
    while (above := _line_before(body, top)) and _is_row(body, above):
        top = above
    lead_in = _lead_in(body, top)
    header = _header(body, top)
    parts = [_Part(top.start, header.end), _Part(row.start, end)] if header else []
    if header is None or row.start <= header.end:
        parts = [_Part(row.start, end)]
    return [lead_in, *parts] if lead_in else parts


def _header(body: str, top: _Part) -> _Part | None:
    rule = _line_at(body, top.end + 1) if top.end < len(body) else top
    return rule if rule != top and _TABLE_RULE.match(body, rule.start, rule.end) else None


def _item_parts(body: str, line: _Part, end: int) -> list[_Part]:
    """Return a list's lead-in and the items that `line` is nested in, then the item up to `end`."""
    parts = [_Part(line.start, end)]
    indent, above, top = _indent(body, line), _above_in_list(body, line), line
    while above:
        outer = _indent(body, above)
        if outer is not None and indent is not None and outer < indent:
            parts.insert(0, above)
            indent = outer
        top, above = above, _above_in_list(body, above)
    lead_in = _lead_in(body, top)
    return [lead_in, *parts] if lead_in else parts


def _above_in_list(body: str, line: _Part) -> _Part | None:
    """Return the line above within the same list, over blank lines between its items."""
    above = _line_before(body, line)
    while above and _is_blank(body, above):
        above = _line_before(body, above)
    in_list = above and (_indent(body, above) is not None or _continues(body, above))
    return above if in_list else None


def _indent(body: str, line: _Part) -> int | None:
    """Return how far a list item is indented; None where the line isn't a list item."""
    item = _ITEM.match(body, line.start, line.end)
    return len(item["indent"].expandtabs(4)) if item else None


def _continues(body: str, line: _Part) -> bool:
    return body[line.start : line.end].startswith((" ", "\t")) and not _is_blank(body, line)


def _lead_in(body: str, top: _Part) -> _Part | None:
    """Return the sentence with a colon above a list or a table, or else the heading."""
    above = _line_before(body, top)
    while above and _is_blank(body, above):
        above = _line_before(body, above)
    if above is None or _is_row(body, above) or _indent(body, above) is not None:
        return None
    return _introduction(body, above) or _heading(body, above)


def _introduction(body: str, line: _Part) -> _Part | None:
    """Return the last sentence of a line of prose if it announces what follows."""
    if _HEADING.match(body, line.start, line.end) or not body[: line.end].rstrip().endswith(":"):
        return None
    last = split_sentences(body[line.start : line.end])[-1]
    return _Part(line.start + last.start, line.start + last.end)


def _heading(body: str, line: _Part) -> _Part | None:
    above: _Part | None = line
    while above and not _HEADING.match(body, above.start, above.end):
        above = _line_before(body, above)
    heading = _HEADING.match(body, above.start, above.end) if above else None
    return _Part(heading.end(), heading.endpos, is_heading=True) if heading else None


def _text(body: str, parts: list[_Part]) -> str:
    text = ""
    for before, part in zip([None, *parts], parts, strict=False):
        text += _joint(body, before, part) + body[part.start : part.end]
        text += ":" if part.is_heading and text[-1].isalnum() else ""
    return text.strip()


def _joint(body: str, before: _Part | None, part: _Part) -> str:
    """Return what stands between two parts: a blank line after a block, else a line break."""
    if before is None:
        return ""
    blank = "\n\n" in body[before.end : part.start]
    nested = _indent(body, before) is not None or _is_row(body, before)
    return "\n\n" if blank and not nested else "\n"


def _citations(passage: Passage, parts: list[_Part]) -> tuple[Citation, ...]:
    """Return the quoted span's citation first, then those of its lead-ins."""
    *lead_ins, quoted = parts
    return tuple(Citation(passage, part.start, part.end) for part in [quoted, *lead_ins])
