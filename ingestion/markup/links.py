"""Links of a file as its author wrote them, in Markdown, HTML or both.

The reading of articles keeps a link's words only; where it leads stands in the file alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.planted.hidden_text import find_comments
from knowledge_base.planted.markdown_code import without_code

_SHOWN = re.compile(r"[^\n]")
_LINK = re.compile(
    r"(?<!!)\[(?:[^\[\]\n]|\n(?!\n)|!?\[[^\]\n]{0,500}\](?:\([^)\n]{0,500}\))?){0,1000}\]"
    r"\(\s*<?(?P<inline>[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'][^\n]{0,300}?[\"'])?\s*\)"
    r"|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<reference>\S+?)>?(?=\s|$)"
    r"|<[A-Za-z][^<>]{0,500}?\shref\s*=\s*[\"'](?P<href>[^\"'\n]+)[\"']",
    re.MULTILINE,
)


_MOST_BRACKETS = 20_000
"""What holds more was written by no author of articles."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link, in code points of the text that it was found in."""

    target: str
    """Where it leads, as it is written."""
    start: int
    end: int
    """Exclusive."""


def find_links(text: str) -> Iterator[Link]:
    """Yield the links in `text`, without those to images and those in code and comments."""
    if text.count("[") > _MOST_BRACKETS:
        return
    shown = without_comments(without_code(text))
    for match in _LINK.finditer(shown):
        target = match["inline"] or match["reference"] or match["href"]
        yield Link(target, match.start(), match.end())


def without_comments(text: str) -> str:
    """Return `text` with spaces in place of comments, so that every line and offset stays."""
    shown, end = [], 0
    for comment in sorted(find_comments(text), key=lambda found: found.start):
        start = max(comment.start, end)
        shown += [text[end:start], _SHOWN.sub(" ", text[start : comment.end])]
        end = max(end, comment.end)
    return "".join((*shown, text[end:]))
