"""Markdown becomes the normal form: markdown-it's tokens, written out as plain blocks."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from ingestion.markup.inline import inline_lines, inline_text
from ingestion.markup.layout import code_lines, one_line, paragraphs
from ingestion.markup.parser import MarkdownParser, TooMuchMarkupError
from ingestion.markup.plain_text import read_plain_text
from ingestion.markup.web_page import fragment_to_markdown

_ALERT = re.compile(r"\[!\w+\]\s*")
_CHECKBOX = re.compile(r"\[[ xX]\]\s+")
_CONTAINER = re.compile(r"\s*[\w-]*\s*(?:\[(?P<bracketed>.*)\]|(?P<plain>.*?))\s*$")
_LISTS = {"bullet_list", "ordered_list"}
_MAX_ANNOUNCEMENT = 60
"""Longest paragraph that is taken to announce a table of contents, in characters."""


class MarkdownReader:
    """Reads Markdown into the blocks of a normalised body."""

    def __init__(self, *, indented_code: bool = True) -> None:
        self._parser = MarkdownParser(indented_code=indented_code)

    def read(self, markdown: str) -> list[str]:
        """Return the blocks that `markdown` holds, in order."""
        return read_plain_text("\n\n".join(self._parse(markdown)))

    def _parse(self, markdown: str) -> list[str]:
        try:
            return self._blocks(SyntaxTreeNode(self._parser.parse(markdown)).children)
        except TooMuchMarkupError:
            return read_plain_text(markdown)

    def _blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[str]:
        blocks: list[str] = []
        for node in nodes:
            if _is_contents(node):
                _drop_announcement(blocks)
            else:
                blocks.extend(self._block(node))
        return blocks

    def _block(self, node: SyntaxTreeNode) -> list[str]:
        if node.type == "html_block":
            return self._parse(fragment_to_markdown(node.content))
        if node.type in _LISTS:
            return _one_block(self._list(node))
        write = _WRITERS.get(node.type)
        if write is not None:
            return write(node)
        return [*self._container_title(node), *self._blocks(node.children)]

    def _container_title(self, node: SyntaxTreeNode) -> list[str]:
        """Return the title behind `:::note`, in brackets or not."""
        match = _CONTAINER.match(node.info) if node.type.startswith("container_") else None
        title = (match["bracketed"] or match["plain"]) if match else ""
        return [inline_text(self._parser.parse_inline(title))] if title else []

    def _list(self, node: SyntaxTreeNode) -> Iterator[str]:
        number = int(node.attrs.get("start", 1))
        for position, item in enumerate(node.children):
            marker = "- " if node.type == "bullet_list" else f"{number + position}. "
            lines = self._item(item)
            if item.children and item.children[0].type in _LISTS:
                yield from lines
            elif lines:
                yield marker + _CHECKBOX.sub("", lines[0].lstrip(), count=1)
                yield from (" " * len(marker) + line for line in lines[1:])

    def _item(self, item: SyntaxTreeNode) -> list[str]:
        lines: list[str] = []
        for child in item.children:
            prose = child.type in {"paragraph", "heading"}
            lines.extend(_item_text(child) if prose else self._item_blocks(child))
        return lines

    def _item_blocks(self, node: SyntaxTreeNode) -> list[str]:
        return [line for block in self._blocks([node]) for line in block.split("\n")]


def _tokens(node: SyntaxTreeNode) -> Sequence[Token]:
    """Return the inline tokens of a heading, a paragraph or a table cell."""
    inline = node.children[0].token if node.children else None
    return inline.children or () if inline else ()


def _paragraph(node: SyntaxTreeNode) -> list[str]:
    stretches = inline_lines(_tokens(node))
    if stretches and node.parent and node.parent.type == "blockquote":
        stretches[0][0] = _ALERT.sub("", stretches[0][0], count=1)
    return [text for lines in stretches for text in paragraphs(lines)]


def _item_text(node: SyntaxTreeNode) -> list[str]:
    return [one_line(" ".join(lines)) for lines in inline_lines(_tokens(node))]


def _heading(node: SyntaxTreeNode) -> list[str]:
    text = inline_text(_tokens(node))
    return [f"{'#' * int(node.tag[1])} {text}"] if text else []


def _code(node: SyntaxTreeNode) -> list[str]:
    return _one_block(code_lines(node.content))


def _one_block(lines: Iterable[str]) -> list[str]:
    block = "\n".join(lines)
    return [block] if block.strip() else []


def _table(node: SyntaxTreeNode) -> list[str]:
    return _one_block(row for part in node.children for row in _rows(part))


def _rows(part: SyntaxTreeNode) -> Iterator[str]:
    """Yield a row with words in it; the header's is followed by a row of dashes."""
    for row in part.children:
        cells = [inline_text(_tokens(cell)).replace("|", "\\|") for cell in row.children]
        if any(cells):
            yield one_line(f"| {' | '.join(cells)} |")
        if any(cells) and part.type == "thead":
            yield f"| {' | '.join('---' for _ in cells)} |"


def _admonition_title(node: SyntaxTreeNode) -> list[str]:
    title = inline_text(_tokens(node))
    kind = node.parent.meta.get("tag", "") if node.parent else ""
    return [] if title.lower() == kind else [title]


def _is_contents(node: SyntaxTreeNode) -> bool:
    """Say whether `node` is a list of links to headings of its own page."""
    return node.type in _LISTS and all(
        _is_contents(child) or _is_page_link(child)
        for item in node.children
        for child in item.children
    )


def _is_page_link(node: SyntaxTreeNode) -> bool:
    tokens = _tokens(node) if node.type == "paragraph" else ()
    return (
        len(tokens) > 1
        and tokens[0].type == "link_open"
        and str(tokens[0].attrGet("href")).startswith("#")
        and [token.type for token in tokens].index("link_close") == len(tokens) - 1
    )


def _drop_announcement(blocks: list[str]) -> None:
    """Take out the `In this article:` above a table of contents that is left out."""
    if blocks and blocks[-1].endswith(":") and len(blocks[-1]) <= _MAX_ANNOUNCEMENT:
        blocks.pop()


_WRITERS = {
    "paragraph": _paragraph,
    "heading": _heading,
    "table": _table,
    "fence": _code,
    "code_block": _code,
    "admonition_title": _admonition_title,
}
