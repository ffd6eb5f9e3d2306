"""The indent of what stands inside components, which means nothing in MDX.

Markdown would read it as code, or miss that a list goes on. Where a component begins and ends is
marked with control characters, which no cleaned text holds, until its lines are moved to the
column of its tag.
"""

import re

OPENED, CLOSED = "\x02", "\x03"

_MARK = re.compile(f"({OPENED}|{CLOSED})")
_INDENT = re.compile(r"(?<=\n)[ \t]*(?=\S)")
MAX_COLUMN = 200
"""Farthest column at which a tag is taken for the first thing on its line."""
_LINE = re.compile(r"\n(?!\n)")
_LINE_START = re.compile(r"(?:\A|\n)(?P<indent>[ \t]*)\Z")


def indented(text: str, before: str) -> str:
    """Return `text` in the column that `before`, the text in front, ends in, and ending there."""
    tag = _LINE_START.search(before)
    return _LINE.sub("\n" + tag["indent"], text) if tag else text


def move_left(text: str) -> str:
    """Return `text` without marks, the lines of each component as far left as its tag."""
    stack = [""]
    for piece in _MARK.split(text):
        if piece == OPENED:
            stack.append("")
        elif piece != CLOSED:
            stack[-1] += piece
        elif len(stack) > 1:
            _finish(stack)
    while len(stack) > 1:
        _finish(stack)
    return stack[0]


def _finish(stack: list[str]) -> None:
    """Hand the innermost component's text to the one around it."""
    inner = stack.pop()
    tag = _LINE_START.search(stack[-1][-MAX_COLUMN:])
    stack[-1] += _moved_left(inner, len(tag["indent"])) if tag else inner


def _moved_left(text: str, column: int) -> str:
    margin = min((len(indent) for indent in _INDENT.findall(text)), default=0)
    return text.replace("\n" + " " * (margin - column), "\n") if margin > column else text
