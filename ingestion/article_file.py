"""One file becomes one article: its front matter read, its markup brought into the normal form."""

from collections.abc import Callable
from pathlib import PurePosixPath

from ingestion.content import Content
from ingestion.decoding import decode
from ingestion.documents.formats import DOCUMENTS, WORD, convert, is_document
from ingestion.front_matter import FrontMatter, split_front_matter
from ingestion.markup.characters import clean_characters
from ingestion.markup.markdown import MarkdownReader
from ingestion.markup.plain_text import read_plain_text
from ingestion.markup.templating import is_mdx, strip_templating
from ingestion.markup.web_page import read_page
from knowledge_base.article import Article
from knowledge_base.planted.hidden_text import without_invisible

MARKDOWN = frozenset({".md", ".markdown", ".mdx"})
WEB_PAGES = frozenset({".html", ".htm"})
PLAIN_TEXT = frozenset({".txt"})
TEXTS = MARKDOWN | WEB_PAGES | PLAIN_TEXT
SUFFIXES = TEXTS | DOCUMENTS
"""Endings, in lower case, of the files that are articles."""

Convert = Callable[[str, bytes], str]
"""Returns the text of the document at a path; raises as `ingestion.documents.formats.convert`."""


class ArticleReader:
    """Reads the files of a source, whatever markup they are in."""

    def __init__(self, convert_document: Convert = convert) -> None:
        self._convert = convert_document
        self._markdown = MarkdownReader()
        self._mdx = MarkdownReader(indented_code=False)

    def read(self, path: str, data: bytes) -> Article:
        """Return the article in `data`, the content of the file at `path` below its source.

        Raises:
            UnusableFileError: The file is empty, can't be decoded, or its front matter is broken.
        """
        suffix = PurePosixPath(path).suffix.lower()
        if is_document(path):
            front_matter, text = FrontMatter(), self._convert(path, data)
        else:
            front_matter, text = split_front_matter(decode(data))
        content = self._content(suffix, clean_characters(text))
        title = front_matter.title or content.title_at(path)
        return _article(front_matter, title=title, body=content.body(title), path=path)

    def _content(self, suffix: str, text: str) -> Content:
        if suffix in WEB_PAGES or suffix == WORD:
            page = read_page(text)
            return Content(self._markdown.read(page.markdown), page.title)
        if suffix in PLAIN_TEXT | DOCUMENTS:
            return Content(read_plain_text(text))
        mdx = suffix == ".mdx" or is_mdx(text)
        reader = self._mdx if mdx else self._markdown
        return Content(reader.read(strip_templating(without_invisible(text), mdx=mdx)))


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
