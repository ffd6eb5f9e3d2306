"""One file becomes one article: its front matter read, its markup brought into the normal form."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingestion.decoding import decode
from ingestion.errors import UnusableFileError
from ingestion.front_matter import FrontMatter, split_front_matter
from ingestion.markup.characters import clean_characters
from ingestion.markup.layout import one_line
from ingestion.markup.markdown import MarkdownReader
from ingestion.markup.plain_text import read_plain_text
from ingestion.markup.templating import is_mdx, strip_templating
from ingestion.markup.web_page import read_page
from knowledge_base.article import Article

MARKDOWN = frozenset({".md", ".markdown", ".mdx"})
WEB_PAGES = frozenset({".html", ".htm"})
PLAIN_TEXT = frozenset({".txt"})
SUFFIXES = MARKDOWN | WEB_PAGES | PLAIN_TEXT
"""Endings, in lower case, of the files that are articles."""

_TITLE = re.compile(r"# (?P<title>.+)")
_SIGNS = re.compile(r"[\W_]+")
_UNNAMED = {"index", "readme"}


@dataclass(frozen=True, slots=True)
class _Content:
    blocks: list[str]
    title: str | None = None
    """The title in a web page's head."""


class ArticleReader:
    """Reads the files of a source, whatever markup they are in."""

    def __init__(self) -> None:
        self._markdown = MarkdownReader()
        self._mdx = MarkdownReader(indented_code=False)

    def read(self, path: str, data: bytes) -> Article:
        """Return the article in `data`, the content of the file at `path` below its source.

        Raises:
            UnusableFileError: The file is empty, can't be decoded, or its front matter is broken.
        """
        front_matter, text = split_front_matter(decode(data))
        content = self._content(PurePosixPath(path).suffix.lower(), clean_characters(text))
        title = _title(front_matter, content, path)
        body = "\n\n".join(_without_title(content.blocks, title))
        if not body:
            raise UnusableFileError("empty: it holds no text")
        return _article(front_matter, title=title, body=body, path=path)

    def _content(self, suffix: str, text: str) -> _Content:
        if suffix in PLAIN_TEXT:
            return _Content(read_plain_text(text))
        if suffix in WEB_PAGES:
            page = read_page(text)
            return _Content(self._markdown.read(page.markdown), page.title)
        mdx = suffix == ".mdx" or is_mdx(text)
        reader = self._mdx if mdx else self._markdown
        return _Content(reader.read(strip_templating(text, mdx=mdx)))


def _title(front_matter: FrontMatter, content: _Content, path: str) -> str:
    """Return the front matter's title, else the first first-level heading, else the file's name."""
    if front_matter.title:
        return clean_characters(front_matter.title)
    headings = (_TITLE.fullmatch(block) for block in content.blocks)
    heading = next((match["title"] for match in headings if match), None)
    return heading or content.title or _title_from(PurePosixPath(path))


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


def _article(front_matter: FrontMatter, *, title: str, body: str, path: str) -> Article:
    return Article(
        id=front_matter.id or path,
        title=title,
        body=body,
        path=path,
        url=front_matter.url,
        updated=front_matter.updated,
        applies_to=front_matter.applies_to,
        valid_from=front_matter.valid_from,
        valid_to=front_matter.valid_to,
        supersedes=front_matter.supersedes,
    )
