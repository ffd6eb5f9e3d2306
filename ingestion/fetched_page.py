"""One page from a website or a help desk becomes one article."""

import codecs
import re
from dataclasses import dataclass
from datetime import date

from ingestion.content import Content
from ingestion.decoding import decode
from ingestion.markup.characters import clean_characters
from ingestion.markup.main_content import main_content
from ingestion.markup.markdown import MarkdownReader
from ingestion.markup.web_page import read_page
from knowledge_base.article import Article

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*(?P<name>[\w-]+)""", re.IGNORECASE)
_HEAD_BYTES = 2048
_DECLARED = re.compile(r"""charset\s*=\s*["']?(?P<name>[\w-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as its host gave it."""

    id: str
    path: str
    url: str | None
    html: str
    title: str | None = None
    """Its title, where the host says it apart from the page; then the page is all article."""
    updated: date | None = None


class PageReader:
    """Reads pages; what stands around an article, such as a menu, is left out."""

    def __init__(self) -> None:
        self._markdown = MarkdownReader()

    def read(self, page: FetchedPage) -> Article:
        """Return the article that `page` holds.

        Raises:
            UnusableFileError: It holds no text.
        """
        whole = page.title is not None
        found = read_page(clean_characters(page.html), None if whole else main_content)
        content = Content(self._markdown.read(found.markdown), found.title)
        title = clean_characters(page.title or "").strip() or content.title_at(page.path)
        return Article(
            id=page.id,
            title=title,
            body=content.body(title),
            path=page.path,
            url=page.url,
            updated=page.updated,
        )


def decode_page(data: bytes, content_type: str) -> str:
    """Return the text of a page, in the encoding that its host or the page itself names.

    Raises:
        UnusableFileError: It names none, and none can be told.
    """
    named = _DECLARED.search(content_type)
    written = _CHARSET.search(data[:_HEAD_BYTES])
    for name in (named and named["name"], written and written["name"].decode("ascii")):
        if name and _is_text_encoding(name):
            return data.decode(name, "replace").replace("\r\n", "\n").replace("\r", "\n")
    return decode(data)


def _is_text_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001 — `bytes.decode` asks the same
    except LookupError:
        return False
