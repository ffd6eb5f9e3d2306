"""Inline markup becomes text: emphasis, links and code keep their words, images go."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from ingestion.markup.layout import one_line
from ingestion.markup.web_page import DROPPED, is_hidden

_TAG_NAME = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][\w-]*)")
_BREAKING = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "tr", "table", "section", "blockquote", "dt", "dd"}
)
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "embed", "source", "track", "area", "col"})
_ADDRESS = re.compile(r"(?:mailto|tel):(?P<address>[^?]+)")
_HARD_BREAK = "\v"


def inline_lines(tokens: Sequence[Token]) -> list[list[str]]:
    """Return the lines of `tokens`: one list a stretch between hard breaks."""
    text = _Inline().write(tokens)
    return [stretch.split("\n") for stretch in text.split(_HARD_BREAK) if stretch.strip()]


def inline_text(tokens: Sequence[Token]) -> str:
    """Return the text of `tokens` on one line."""
    return one_line(_Inline().write(tokens))


class _Inline:
    """Writes the text of inline tokens, one after the other."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._hidden_by: str | None = None
        self._hidden_depth = 0
        self._links: list[tuple[str, int]] = []

    def write(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            if token.type == "html_inline":
                self._tag(token.content)
            elif self._hidden_by is None:
                self._token(token)
            elif token.type == "s_close" and self._hidden_by == "~~":
                self._hidden_by = None
        return "".join(self._parts)

    def _token(self, token: Token) -> None:
        match token.type:
            case "text" | "code_inline":
                self._parts.append(token.content)
            case "softbreak":
                self._parts.append("\n")
            case "hardbreak":
                self._parts.append(_HARD_BREAK)
            case "s_open":
                self._hidden_by = "~~"
            case "link_open":
                self._links.append((str(token.attrGet("href") or ""), len(self._parts)))
            case "link_close":
                self._close_link()

    def _close_link(self) -> None:
        """Keep a mail address or phone number that the link's own text doesn't show."""
        href, start = self._links.pop()
        match = _ADDRESS.match(href)
        text = "".join(self._parts[start:])
        if match and match["address"].lower() not in text.lower() and text.strip():
            self._parts.append(f" ({match['address']})")

    def _tag(self, tag: str) -> None:
        match = _TAG_NAME.match(tag)
        if match is None:
            return
        name = match["name"].lower()
        if self._hidden_by is not None:
            self._count_hidden(name, closing=bool(match["closing"]))
        elif not match["closing"] and name not in _VOID and (name in DROPPED or _hides(tag)):
            self._hidden_by, self._hidden_depth = name, 1
        elif name in _BREAKING:
            self._parts.append(_HARD_BREAK)

    def _count_hidden(self, name: str, *, closing: bool) -> None:
        if name == self._hidden_by:
            self._hidden_depth += -1 if closing else 1
            if self._hidden_depth == 0:
                self._hidden_by = None


def _hides(tag: str) -> bool:
    return ("hidden" in tag or "style" in tag) and is_hidden(tag)
