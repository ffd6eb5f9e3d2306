"""HTML becomes Markdown: whole pages, and the pieces that stand inside Markdown."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter

from ingestion.markup.layout import one_line

Extract = Callable[[str], str | None]
"""Returns the part of a page that is its article, as HTML."""

DROPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "nav", "footer", "dialog", "menu"),
        *("iframe", "object", "embed", "svg", "canvas", "audio", "video"),
        *("form", "button", "select", "textarea", "input"),
        *("del", "s", "strike"),
    }
)
"""Elements whose text is no part of an article; what is struck out no longer holds."""

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![\d.])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_SECTIONING = ["h1", "h2", "h3", "h4", "h5", "h6", "table"]
_BLOCKS = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre", "dt", "dd", "div"]
_CELLS = ["thead", "tbody", "tfoot", "tr", "th", "td"]
_PROLOG = re.compile(r"\s*<\?xml[^>]*>")
_TAG = re.compile(r"<[^>]*>|<!--.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page's article as Markdown, and the title in its head."""

    markdown: str
    title: str | None


def read_page(html: str, extract: Extract | None = None) -> WebPage:
    """Return what the page says, without what stands around its article.

    Args:
        html: The page.
        extract: Finds the article where no one element of the page is marked as holding it.
    """
    soup = _parse(html)
    title = one_line(soup.title.get_text()) if soup.title else ""
    _drop_unseen(soup)
    article = _marked(soup) or _located(soup, extract) or soup.body or soup
    return WebPage(_convert(_Converter, article), title or None)


def fragment_to_markdown(html: str) -> str:
    """Return the Markdown of a piece of HTML; tags may be missing on either side."""
    if not _TAG.sub("", html).strip():
        return ""
    soup = _parse(html)
    _drop_unseen(soup)
    return _convert(_FragmentConverter, soup)


def is_hidden(tag: str) -> bool:
    """Say whether the opening tag `tag`, as it is written, hides its element."""
    body = _parse(tag).body
    element = body.find() if body else None
    return element is not None and _hides(element)


def _parse(html: str) -> BeautifulSoup:
    """Return the tree of `html`; the comment says that it is markup and no file name."""
    prolog = _PROLOG.match(html)
    return BeautifulSoup(html[prolog.end() if prolog else 0 :] + "<!-- -->", "lxml")


def _hides(element: Tag) -> bool:
    return (
        element.has_attr("hidden")
        or element.get("aria-hidden") == "true"
        or _HIDING.search(str(element.get("style", ""))) is not None
    )


def _drop_unseen(soup: BeautifulSoup) -> None:
    for element in soup.find_all():
        if element.name in DROPPED or _hides(element):
            element.extract()
    _unwrap_layout(soup)


def _unwrap_layout(soup: BeautifulSoup) -> None:
    """Make blocks of the cells of tables that only lay out a page: they hold headings or tables."""
    tables = (element.find_parent("table") for element in soup.find_all(_SECTIONING))
    layout = {id(table) for table in tables if table is not None}
    parts = [
        element
        for element in soup.find_all(["table", *_CELLS] if layout else [])
        if id(element if element.name == "table" else element.find_parent("table")) in layout
    ]
    for element in parts:
        element.name = "div"


def _marked(soup: BeautifulSoup) -> Tag | None:
    """Return the one element that the page holds its article in."""
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1 and found[0].get_text(strip=True):
            return found[0]
    return None


def _located(soup: BeautifulSoup, extract: Extract | None) -> Tag | None:
    """Return the smallest element that holds everything that `extract` finds.

    What it returns says where the article is, and isn't the article itself: on some pages it
    leaves out headings, and sentences that come again.
    """
    found = extract(str(soup)) if extract else None
    said = {_words(block) for block in _blocks(_parse(found))} if found else set()
    holding = [block for block in _blocks(soup) if _words(block) in said - {""}]
    return _common_element(holding) if holding else None


def _blocks(tree: Tag) -> Iterator[Tag]:
    """Yield the elements of `tree` that hold text and no further block."""
    return (block for block in tree.find_all(_BLOCKS) if block.find(_BLOCKS) is None)


def _words(block: Tag) -> str:
    return "".join(block.get_text().split())


def _common_element(elements: Sequence[Tag]) -> Tag:
    common = list(elements[0].parents)[::-1]
    for element in elements[1:]:
        above = set(map(id, element.parents))
        while id(common[-1]) not in above:
            common.pop()
    return common[-1]


def _convert(converter: "type[_Converter]", element: Tag) -> str:
    try:
        return converter(
            heading_style=ATX,
            bullets="-",
            strong_em_symbol="",
            escape_misc=True,
            wrap=True,  # each stretch of white space becomes one space …
            wrap_width=None,  # … and no line is broken
        ).convert_soup(element)
    except RecursionError:
        return _escape_tags(element.get_text("\n"))


def _escape_tags(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class _Converter(MarkdownConverter):
    """Writes Markdown that reads back as the same text, without emphasis and images."""

    def convert_img(self, *_: object, **__: object) -> str:
        return ""

    def convert_a(self, el: Tag, text: str, **_: object) -> str:
        address = str(el.get("href") or "")
        if not address.startswith(("#", "mailto:", "tel:")) or not text.strip():
            return text
        return f"[{text.strip()}](<{address}>)"

    def convert_dt(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        return f" {text.strip()} " if "_inline" in parent_tags else f"\n\n{text.strip()}\n\n"

    def convert_li(self, el: Tag, text: str, **_: object) -> str:
        """Give every item its list's first number: Markdown counts on by itself."""
        ordered = el.parent is not None and el.parent.name == "ol"
        start = str(el.parent.get("start", "")) if el.parent is not None else ""
        marker = f"{start if start.isdecimal() else 1}. " if ordered else "- "
        return marker + text.strip().replace("\n", "\n" + " " * len(marker)) + "\n"

    convert_dd = convert_dt
    convert_summary = convert_dt
    convert_header = convert_dt
    convert_blockquote = convert_dt
    convert_figcaption = convert_dt
    convert_caption = convert_dt


class _FragmentConverter(_Converter):
    """Leaves Markdown inside HTML as it is; only what would read as HTML is escaped."""

    def escape(self, text: str, _parent_tags: set[str]) -> str:
        return _escape_tags(text)
