"""Components and templating are taken out of Markdown, and their text is kept.

MDX and Docusaurus pages hold JSX (`<Step title="…">`, `{expressions}`, `import …`), Jekyll and
Shopify pages hold Liquid (`{{ … }}`, `{% … %}`). What is inside code stays as it is. What looks
like a tag and is none, such as `<ORDER NUMBER>`, is escaped, so that it stays text.
"""

import re
from bisect import bisect_left
from collections import defaultdict

from ingestion.markup.components import (
    MAX_LEVEL,
    SECTIONS,
    as_code,
    component_text,
    component_title,
)
from ingestion.markup.elements import ELEMENTS, OPTIONAL_END, SWALLOWED
from ingestion.markup.indent import CLOSED, MAX_COLUMN, OPENED, indented, move_left
from ingestion.markup.jsx import MAX_EXPRESSION, JsxTag, expression_end, literal, read_tag

_POINT = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})"
    r"|(?P<ticks>`+)"
    r"|(?P<comment><!--)"
    r"|(?P<tag></?[A-Za-z]|</?>)"
    r"|(?P<brace>\{)"
    r"|^(?P<script>import|export)\b"
    r"|^[ \t]*(?P<heading>\#{1,6})[ \t]"
    r"|\\(?P<escaped>[`<{\\])",
    re.MULTILINE,
)
_ATTRIBUTES = re.compile(r"\{[:#.][^{}\n]*\}")
_IMPORT = re.compile(r"import\b[^;'\"]{0,2000}['\"][^'\"\n]*['\"];?[ \t]*$", re.MULTILINE)
_EXPORT = re.compile(r"export\s+(?:const|let|var|default|(?:async\s+)?function|class)\b")
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|\Z)")
_MDX = re.compile(r"^import\s[^;'\"\n]*['\"][^'\"\n]*['\"];?[ \t]*$|^[ \t]*\{/\*", re.MULTILINE)
_CONTENTS = re.compile(r"^[ \t]*\[\[?_?toc_?\]?\][ \t]*$", re.MULTILINE | re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*['\"]?none")
_CLOSING = re.compile(r"</([A-Za-z][\w.:-]*)")
_CAMEL = re.compile(r"[A-Z]\w*[a-z]")
_LIQUID_COMMENT = re.compile(r"\{%-?\s*comment\b")
_TICKS = re.compile("`+")
_MAX_OPEN = 100
"""Components that are kept track of inside each other."""
_PATIENCE = 50
"""How often a tag or an expression may turn out to have no end before all are taken for text."""


def is_mdx(markdown: str) -> bool:
    """Say whether `markdown` is written for MDX, whatever its file is called."""
    return _MDX.search(markdown) is not None


def strip_templating(markdown: str, *, mdx: bool) -> str:
    """Return `markdown` without components, expressions and templating, their text kept."""
    return _Stripper(_CONTENTS.sub("", markdown), mdx=mdx).strip()


class _Stripper:
    """Goes through a text once, from one point of interest to the next."""

    def __init__(self, text: str, *, mdx: bool) -> None:
        self._text = text
        self._mdx = mdx
        self._out: list[str] = []
        self._found: dict[str, int] = {}
        self._ticks_by_length = _runs_by_length(text)
        self._closed = frozenset(_CLOSING.findall(text))
        self._level = 1
        self._open: list[tuple[str, int]] = []
        self._patience = _PATIENCE

    def strip(self) -> str:
        handlers = {
            "fence": self._fence,
            "ticks": self._ticks,
            "comment": self._comment,
            "tag": self._tag,
            "brace": self._brace,
            "script": self._script,
            "heading": self._heading,
            "escaped": self._copied,
        }
        position = 0
        while (match := _POINT.search(self._text, position)) is not None:
            self._out.append(self._text[position : match.start()])
            position = handlers[str(match.lastgroup)](match)
        self._out.append(self._text[position:])
        return move_left("".join(self._out))

    def _copied(self, match: re.Match[str]) -> int:
        return self._copy(match.start(), match.end())

    def _copy(self, start: int, end: int) -> int:
        self._out.append(self._text[start:end])
        return end

    def _find(self, needle: str, start: int) -> int:
        """Return where `needle` comes next, or -1; every character is looked at once a needle."""
        known = self._found.get(needle)
        if known is None or 0 <= known < start:
            known = self._found[needle] = self._text.find(needle, start)
        return known

    def _fence(self, match: re.Match[str]) -> int:
        mark = match["fence"]
        closing = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        end = closing.search(self._text, match.end())
        return self._copy(match.start(), end.end() if end else len(self._text))

    def _ticks(self, match: re.Match[str]) -> int:
        """Copy a code span; one never goes on behind a blank line."""
        runs = self._ticks_by_length[len(match["ticks"])]
        following = bisect_left(runs, match.end())
        end = self._find("\n\n", match.end())
        if following < len(runs) and (end < 0 or runs[following] < end):
            return self._copy(match.start(), runs[following] + len(match["ticks"]))
        return self._copied(match)

    def _comment(self, match: re.Match[str]) -> int:
        end = self._find("-->", match.end())
        if end >= 0:
            return end + len("-->")
        self._out.append("&lt;!--")
        return match.end()

    def _heading(self, match: re.Match[str]) -> int:
        self._level = len(match["heading"])
        return self._copied(match)

    def _script(self, match: re.Match[str]) -> int:
        """Take out an `import`, and in MDX an `export` with its block."""
        start = match.start()
        if (whole := _IMPORT.match(self._text, start)) is not None:
            return whole.end()
        if self._mdx and _EXPORT.match(self._text, start):
            end = _BLANK_LINE.search(self._text, start)
            return end.start() if end else len(self._text)
        return self._copied(match)

    def _brace(self, match: re.Match[str]) -> int:
        start = match.start()
        attributes = _ATTRIBUTES.match(self._text, start)
        if attributes is not None:
            return attributes.end()
        for opening, closing in (("{%", "%}"), ("{{", "}}"), ("{/*", "*/}")):
            if self._text.startswith(opening, start):
                end = self._find(closing, start)
                if 0 <= end <= start + MAX_EXPRESSION:
                    return self._template(start, end + len(closing))
        expression = self._mdx or self._text.startswith("{`", start)
        end_of_expression = self._expression_end(start) if expression else None
        if end_of_expression is None:
            return self._copied(match)
        self._out.append(as_code(literal(self._text[start:end_of_expression])))
        return end_of_expression

    def _template(self, start: int, end: int) -> int:
        """Take out a Liquid tag, a comment with all it holds, or an output that is no string."""
        template = self._text[start:end]
        if _LIQUID_COMMENT.match(template):
            closing = self._find("%}", max(end, self._find("endcomment", end)))
            return closing + len("%}") if closing > end else end
        if template.startswith("{{"):
            self._out.append(literal(template[1:-1]))
        return end

    def _expression_end(self, start: int) -> int | None:
        if self._patience == 0:
            return None
        end = expression_end(self._text, start)
        self._patience -= end is None
        return end

    def _tag(self, match: re.Match[str]) -> int:
        start = match.start()
        tag = read_tag(self._text, start) if self._patience else None
        if tag is None:
            self._patience -= bool(self._patience)
            self._out.append("&lt;")
            return start + 1
        if tag.name == "" or self._is_component(tag):
            return self._component(tag, start)
        if tag.name.lower() not in ELEMENTS or self._is_placeholder(tag):
            self._out.append("&lt;")
            return start + 1
        return self._element(tag, start)

    def _is_component(self, tag: JsxTag) -> bool:
        """Say whether a tag whose name is no HTML element's is used like one."""
        if tag.name.lower() in ELEMENTS and not _CAMEL.match(tag.name):
            return False
        if not (tag.name[0].isupper() or "-" in tag.name or "." in tag.name):
            return False
        evident = tag.closing or tag.self_closing or any(tag.attributes.values())
        return evident or self._is_closed(tag)

    def _is_placeholder(self, tag: JsxTag) -> bool:
        """Say whether a bare `<title>` or `<address>` stands for something to be filled in."""
        bare = not (tag.closing or tag.self_closing or tag.attributes)
        return bare and tag.name.lower() not in OPTIONAL_END and not self._is_closed(tag)

    def _is_closed(self, tag: JsxTag) -> bool:
        return tag.name in self._closed

    def _component(self, tag: JsxTag, start: int) -> int:
        if tag.closing:
            self._close(tag.name)
            return tag.end
        before = self._text[max(0, start - MAX_COLUMN) : start]
        self._out.append(indented(component_text(tag, self._level), before))
        if not tag.self_closing and len(self._open) < _MAX_OPEN:
            self._open.append((tag.name, self._level))
            self._out.append(OPENED)
        if tag.name in SECTIONS and component_title(tag):
            self._level = min(self._level + 1, MAX_LEVEL)
        return tag.end

    def _close(self, name: str) -> None:
        """Go back to the heading level from before the component that ends here."""
        names = [opened for opened, _ in self._open]
        if name in names:
            index = len(names) - 1 - names[::-1].index(name)
            self._level = self._open[index][1]
            self._out.append(CLOSED * (len(names) - index))
            del self._open[index:]

    def _element(self, tag: JsxTag, start: int) -> int:
        """Keep an HTML tag for the Markdown reader, without what only JSX understands."""
        name = tag.name.lower()
        if name in SWALLOWED and not tag.closing and not tag.self_closing:
            end = self._find(">", max(tag.end, self._find(f"</{tag.name}", tag.end)))
            if end >= 0 and self._is_closed(tag):
                return end + 1
        if not tag.has_braces:
            return self._copy(start, tag.end)
        hidden = " hidden" if _HIDDEN_STYLE.search(self._text, start, tag.end) else ""
        self._out.append(f"<{name}{hidden}{' /' * tag.self_closing}>")
        return tag.end


def _runs_by_length(text: str) -> dict[int, list[int]]:
    """Return where backticks stand, by how many stand together."""
    runs = defaultdict[int, list[int]](list)
    for run in _TICKS.finditer(text):
        runs[len(run.group())].append(run.start())
    return runs
