"""Content: an article's blocks in the normal form, and its title, whatever it was read from."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingestion.errors import UnusableFileError
from ingestion.markup.layout import one_line
from knowledge_base.lines import MAX_HEADING

_TITLE = re.compile(r"# (?P<title>.+)")
_SIGNS = re.compile(r"[\W_]+")
_UNNAMED = {"index", "readme"}


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of a body, and the title that stands outside of them."""

    blocks: list[str]
    title: str | None = None
    """The title in a web page's head."""

    def title_at(self, path: str) -> str:
        """Return the first first-level heading, else the head's title, else the path's name.

        A title that is longer than a heading may be is cut.
        """
        headings = (_TITLE.fullmatch(block) for block in self.blocks)
        heading = next((match["title"] for match in headings if match), None)
        return (heading or self.title or _title_from(PurePosixPath(path)))[:MAX_HEADING]

    def body(self, title: str) -> str:
        """Return the text below `title`, which isn't said again.

        Raises:
            UnusableFileError: There is none.
        """
        body = "\n\n".join(_without_title(self.blocks, title))
        if not body:
            raise UnusableFileError("empty: it holds no text")
        return body


def _title_from(path: PurePosixPath) -> str:
    name = path.parent.name if path.stem.lower() in _UNNAMED and path.parent.name else path.stem
    words = one_line(re.sub(r"[-_]+", " ", name))
    return words[:1].upper() + words[1:] or path.name


def _without_title(blocks: list[str], title: str) -> list[str]:
    """Return `blocks` without the first-level heading, or the first line, that says the title."""
    return [
        block
        for index, block in enumerate(blocks)
        if not ((index == 0 or _TITLE.fullmatch(block)) and _same_words(block, title))
    ]


def _same_words(block: str, title: str) -> bool:
    return _SIGNS.sub("", block.casefold()) == _SIGNS.sub("", title.casefold())
