"""Anchors: the places within an article that a link can lead to.

How a heading becomes an anchor differs between publishing systems (`#refund-times`,
`#h_01HZ_refund-times`, `#refundtimes`); compared are its letters and digits only.
"""

import re

from ingestion.lint.manuscript import Manuscript

_HEADING = re.compile(r"^[ \t>]*#{1,6}[ \t]+(?P<text>.+)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?P<text>\S.*)\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_CUSTOM = re.compile(r"\{\s?#(?P<id>[^{}\s]{1,200})[^{}]{0,200}\}")
_NAMED = re.compile(
    r"\b(?:id|name|slug|title|label|anchor|value)\s*=\s*\{?[\"'`](?P<id>[^\"'`]+)[\"'`]",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"<(?P<tag>h[1-6]|summary|dt)\b[^<>]{0,300}>(?P<text>.{0,300}?)</(?P=tag)>", re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")
_LINKED = re.compile(r"\[(?P<text>[^\[\]]{0,300})\]\([^()]{0,500}\)")
_SIGNS = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"-\d+$")
_ELSEWHERE = re.compile(r"^\s*import\s.+\bfrom\s+[\"'][^\"']+\.mdx?[\"']", re.MULTILINE)
_TOP = frozenset({"", "top"})
_STATE = re.compile(r"[=/:!?&]")


class Anchors:
    """The anchors of the articles of a help centre; those of an article are read once."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def has(self, manuscript: Manuscript, anchor: str) -> bool:
        """Tell whether an anchor is there, or can't be known not to be: text from other files."""
        if manuscript.text is None or anchor in _TOP or _STATE.search(anchor):
            return True
        if manuscript.article.id not in self._known:
            self._known[manuscript.article.id] = _anchors(manuscript, manuscript.text)
        known = self._known[manuscript.article.id]
        return (
            _plain(anchor) in known
            or _plain(_REPEATED.sub("", anchor)) in known
            or _ELSEWHERE.search(manuscript.text) is not None
        )


def _anchors(manuscript: Manuscript, text: str) -> frozenset[str]:
    written = (
        *(_LINKED.sub(r"\g<text>", match["text"]) for match in _HEADING.finditer(text)),
        *(match["text"] for match in _UNDERLINED.finditer(text)),
        *(_TAG.sub("", match["text"]) for match in _TAGGED.finditer(text)),
        *(heading for _, heading in manuscript.headings),
    )
    named = [match["id"] for pattern in (_CUSTOM, _NAMED) for match in pattern.finditer(text)]
    headings = (_TAG.sub("", _CUSTOM.sub("", heading)) for heading in written)
    return frozenset(map(_plain, (*headings, *named, manuscript.article.title)))


def _plain(text: str) -> str:
    return _SIGNS.sub("", text.casefold())
