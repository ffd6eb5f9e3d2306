"""Reading JSX tags and `{expressions}`, as far as their text goes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_EXPRESSION = 10_000
"""Longest expression that is read as one, in characters."""

_NAME = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][\w.:-]*)?")
_END = re.compile(r"\s*(?P<self_closing>/?)\s*>")
_ATTRIBUTE = re.compile(
    r"""\s+(?P<name>[A-Za-z_@:][\w.:@-]*)
        (?:\s*=\s*(?:"(?P<double>[^"]{0,5000})"|'(?P<single>[^']{0,5000})'
                    |(?P<brace>(?=\{))|(?P<bare>[^\s"'<>{}`]+)))?
      |\s*(?P<spread>(?=\{))""",
    re.VERBOSE,
)
_SCRIPT = re.compile(
    r"""[{}]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|/\*.*?\*/""", re.DOTALL
)
_LITERAL = re.compile(r"""\{\s*(["'`])(?P<text>(?:(?!\1|\$\{)[^\\]|\\.)*)\1\s*\}""", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>|[{}]")


@dataclass(frozen=True, slots=True)
class JsxTag:
    """One tag, opening or closing; an attribute that holds no plain text is empty."""

    name: str
    attributes: Mapping[str, str]
    end: int
    """Where the text behind the tag begins."""
    closing: bool = False
    self_closing: bool = False
    has_braces: bool = False


def read_tag(text: str, start: int) -> JsxTag | None:
    """Return the tag that begins at `start`, or None if none does."""
    opening = _NAME.match(text, start)
    if opening is None:
        return None
    attributes: dict[str, str] = {}
    position, has_braces = opening.end(), False
    while (attribute := _ATTRIBUTE.match(text, position)) is not None:
        position = attribute.end()
        value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
        if attribute["brace"] is not None or attribute["spread"] is not None:
            end = expression_end(text, position)
            if end is None:
                return None
            value, position, has_braces = literal(text[position:end]), end, True
        attributes[attribute["name"] or "..."] = value
    return _tag(opening, attributes, _END.match(text, position), has_braces=has_braces)


def _tag(
    opening: re.Match[str],
    attributes: Mapping[str, str],
    end: re.Match[str] | None,
    *,
    has_braces: bool,
) -> JsxTag | None:
    if end is None:
        return None
    return JsxTag(
        name=opening["name"] or "",
        attributes=attributes,
        end=end.end(),
        closing=bool(opening["closing"]),
        self_closing=bool(end["self_closing"]),
        has_braces=has_braces,
    )


def expression_end(text: str, start: int) -> int | None:
    """Return where the expression that begins at `start` ends; None if it doesn't."""
    depth = 0
    for match in _SCRIPT.finditer(text, start, min(len(text), start + MAX_EXPRESSION)):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end()
    return None


def literal(expression: str) -> str:
    """Return the text of `{"…"}` or `{<>…</>}`; any other expression has none."""
    match = _LITERAL.fullmatch(expression)
    if match:
        return re.sub(r"\\(.)", r"\1", match["text"])
    inner = expression[1:-1].strip()
    return _MARKUP.sub(" ", inner).strip() if inner.startswith("<") else ""
