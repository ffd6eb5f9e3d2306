"""Links of a file as its author wrote them, in Markdown, HTML or both.

The reading of articles keeps a link's words only; where it leads stands in the file alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.markdown_code import without_code

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?\*/\}", re.DOTALL)
_SHOWN = re.compile(r"[^\n]")
_LINK = re.compile(
    r"(?<!!)\[(?:[^\[\]\n]|\n(?!\n)|!?\[[^\]\n]*\](?:\([^)\n]*\))?)*\]"
    r"\(\s*<?(?P<inline>[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'][^\n]*?[\"'])?\s*\)"
    r"|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<reference>\S+?)>?(?=\s|$)"
    r"|<[A-Za-z][^>]*?\shref\s*=\s*[\"'](?P<href>[^\"'\n]+)[\"']",
    re.MULTILINE,
)


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
    shown = without_comments(without_code(text))
    for match in _LINK.finditer(shown):
        target = match["inline"] or match["reference"] or match["href"]
        yield Link(target, match.start(), match.end())


def without_comments(text: str) -> str:
    """Return `text` with spaces in place of comments, so that every line and offset stays."""
    return _COMMENT.sub(lambda match: _SHOWN.sub(" ", match.group()), text)
