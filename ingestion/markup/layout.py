"""The layout of a normalised body: which lines stand alone, and what lies between blocks.

    headings       `## Refunds`
    paragraphs     on one line each
    list items     `- …` or `1. …`, nested ones indented
    tables         `| a | b |`, the header above a row of dashes
    code           each line behind four spaces

Blocks are parted by one blank line; the lines of a list, a table or a code block are not.
"""

import re
from collections.abc import Sequence

from knowledge_base.lines import CODE_INDENT

_ENDS_SENTENCE = re.compile(r"""[.!?:;,…][)\]"'”’]*$""")
_SPACES = re.compile(r"[ \t]+")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9 /&()'-]*")
MIN_CAPITALS, MAX_CAPITALS = 4, 60
"""Length of a line in capitals that is taken for a heading, in characters."""


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs that the lines of one source paragraph make, each on one line.

    Most line breaks are there because a line was full, and become spaces. One is kept where the
    author broke off: the next word would have fitted, nothing ended, and a capital follows.
    """
    width = max((len(line) for line in lines), default=0)
    result: list[str] = []
    last = ""
    for line in filter(None, map(one_line, lines)):
        if result and not _broke_off(last, line, width):
            result[-1] += " " + line
        else:
            result.append(line)
        last = line
    return result


def _broke_off(line: str, following: str, width: int) -> bool:
    if in_capitals(line):
        return True
    first_word = following.partition(" ")[0]
    return len(line) + 1 + len(first_word) <= width and not flows(line, following)


def flows(before: str, after: str) -> bool:
    """Say whether `after` can follow `before` on one line without running into it."""
    return after[:1].islower() or _ENDS_SENTENCE.search(before) is not None


def one_line(text: str) -> str:
    """Return `text` with each stretch of white space made one space."""
    return " ".join(text.split())


def code_lines(text: str) -> list[str]:
    """Return the lines of a code block, indented; empty ones are left out."""
    return [
        " " * CODE_INDENT + line.expandtabs(CODE_INDENT).rstrip()
        for line in text.split("\n")
        if line.strip()
    ]


def headings_from_capitals(blocks: Sequence[str]) -> list[str]:
    """Return `blocks` with each line in capitals above a text as a heading, if there is no other.

    Plain-text articles head their sections so: `RESOLVING THE PROBLEM`.
    """
    if any(block.startswith("#") for block in blocks):
        return list(blocks)
    return [
        f"## {block}" if below and in_capitals(block) else block
        for block, below in zip(blocks, [*blocks[1:], ""], strict=False)
    ]


def in_capitals(block: str) -> bool:
    """Say whether `block` is one short line in capitals, such as `RELATED INFORMATION`."""
    return (
        MIN_CAPITALS <= len(block) <= MAX_CAPITALS
        and _CAPITALS.fullmatch(block) is not None
        and sum(char.isalpha() for char in block) >= MIN_CAPITALS
    )
