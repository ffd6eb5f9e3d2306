"""Hidden text: what an article's file holds and no reader of the page sees.

It is looked for in the file as its author wrote it: the reading of articles leaves most of it out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.planted.markdown_code import CodeSpans

_HTML_COMMENT = re.compile(r"<!--(?P<said>.*?)(?:-->|\Z)", re.DOTALL)
_JSX_COMMENT = re.compile(r"\{/\*(?P<said>.*?)\*/\}", re.DOTALL)
_MARKDOWN_COMMENT = re.compile(
    r"^\[(?://|comment)\]:[ ]*(?:#|<>)[ ]*(?P<said>[^\n]*)$", re.MULTILINE
)
_LETTER = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"<[^<>]*>")
_ELEMENT_END = re.compile(r"</([a-z][\w-]{0,40})")

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060-\u2064\ufeff\u180e"
# Joiners are spelling in some scripts and among emoji: between ASCII letters they only split words.
_SPLIT_WORD = re.compile(
    rf"(?<![A-Za-z])[A-Za-z]+(?:[{_ZERO_WIDTH}]+[A-Za-z]+)+|[{_ZERO_WIDTH}]{{4,}}"
)
_ZERO_WIDTH_ONE = re.compile(rf"[{_ZERO_WIDTH}]")
_TAGS = re.compile("(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
"""Tag characters, but for those that make a flag of a black flag."""
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_FEW, _MANY, _MANY_STAND_FOR = 0xFE00, 0xE0100, 16
"""The first of 16 and the first of 240 selectors, and the byte that the latter stands for."""
_TURNED = re.compile("[\u202d\u202e][^\u202c\n]*\u202c?")

_INVISIBLE = re.compile(
    r"display['\"\s]*:['\"\s]*none|visibility['\"\s]*:['\"\s]*hidden"
    r"|(?:font-?size|opacity)['\"\s]*:['\"\s]*0(?![\d.]*[1-9])"
    r"|(?:left|top|text-indent)['\"\s]*:['\"\s]*-\d{3,}",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![-\w])color['\"\s]*:['\"\s]*"
    r"(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"background|bgcolor", re.IGNORECASE)
_AROUND = 500
"""Characters before an element in which another one may give it a background."""
_STYLED = re.compile(
    r"<(?P<name>[a-z][\w-]{0,40})(?=\s)(?P<attributes>[^<>]{0,1000}?"
    r"(?:\bstyle\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|\{\{(?P<jsx>[^}]*)\}\})"
    r"|\s(?P<hidden>hidden)(?=[\s>=]))[^<>]{0,1000})>",
    re.IGNORECASE | re.DOTALL,
)


class Hiding(StrEnum):
    """How a text is hidden."""

    COMMENT = "a comment"
    SPLIT_WORD = "characters without width"
    SMUGGLED = "characters that nothing shows"
    TURNED = "a turned writing direction"
    STYLE = "an invisible style"


@dataclass(frozen=True, slots=True)
class HiddenText:
    """A stretch of a file that its page doesn't show, or shows as something else."""

    hiding: Hiding
    start: int
    """Code points into the text that was searched, like `end` (exclusive)."""
    end: int
    text: str
    """What is hidden, decoded where it was encoded."""


def find_hidden_text(text: str) -> tuple[HiddenText, ...]:
    """Return what is hidden in the text of a file, in its order; code shows its comments."""
    found = [*_comments(text), *_styled(text)]
    if not text.isascii():
        found += [*_split_words(text), *_smuggled(text), *_turned(text)]
    return tuple(sorted(found, key=lambda hidden: (hidden.start, hidden.end)))


def without_invisible(text: str) -> str:
    """Return `text` without the elements whose style hides them, with all they hold."""
    shown = text
    for hidden in reversed(tuple(_styled(text))):
        shown = shown[: hidden.start] + shown[hidden.end :]
    return shown


def holds_unseen(text: str) -> bool:
    """Tell whether `text` holds characters without width, or tag characters."""
    return not text.isascii() and any(
        pattern.search(text) is not None for pattern in (_ZERO_WIDTH_ONE, _TAGS)
    )


def without_zero_width(text: str) -> tuple[str, list[int]]:
    """Return `text` without characters of no width, and where each of its characters stood."""
    kept = [index for index, char in enumerate(text) if not _ZERO_WIDTH_ONE.match(char)]
    return "".join(text[index] for index in kept), kept


def decoded_tags(text: str) -> str:
    """Return `text` with each tag character as the ASCII character that it stands for."""
    return _TAGS.sub(lambda match: _untagged(match.group()), text)


def find_comments(text: str) -> Iterator[HiddenText]:
    """Yield the comments of HTML, JSX and Markdown, but for those that code shows."""
    code = CodeSpans(text)
    matches = (
        *_HTML_COMMENT.finditer(text),
        *_JSX_COMMENT.finditer(text, 0, text.rfind("*/}") + len("*/}")),
        *_MARKDOWN_COMMENT.finditer(text),
    )
    for match in matches:
        if match.start() not in code:
            yield HiddenText(Hiding.COMMENT, *match.span(), match["said"].strip())


def _comments(text: str) -> Iterator[HiddenText]:
    return (comment for comment in find_comments(text) if _LETTER.search(comment.text))


def _styled(text: str) -> Iterator[HiddenText]:
    """Yield the elements that hide text; what another one hides already isn't told again."""
    if "style" not in text and "hidden" not in text:
        return
    code, small, last = CodeSpans(text), text.lower(), 0
    closed = {name: small.rfind(f"</{name}") for name in set(_ELEMENT_END.findall(small))}
    for match in _STYLED.finditer(text):
        name = match["name"].lower()
        if match.start() in code or match.start() < last or closed.get(name, -1) < match.end():
            continue
        style = match["double"] or match["single"] or match["jsx"] or ""
        if match["hidden"] or _INVISIBLE.search(style) or _is_white(text, match, style):
            inner_end = small.index(f"</{name}", match.end())
            last = small.find(">", inner_end) + 1 or len(text)
            said = " ".join(_TAG.sub(" ", text[match.end() : inner_end]).split())
            if _LETTER.search(said):
                yield HiddenText(Hiding.STYLE, match.start(), last, said)


def _is_white(text: str, tag: re.Match[str], style: str) -> bool:
    """Tell whether an element's text is white on what is, for all that is known, white."""
    if not _WHITE.search(style):
        return False
    return not _BACKGROUND.search(text, max(0, tag.start() - _AROUND), tag.end())


def _split_words(text: str) -> Iterator[HiddenText]:
    for match in _SPLIT_WORD.finditer(text):
        joined = _ZERO_WIDTH_ONE.sub("", match.group())
        yield HiddenText(Hiding.SPLIT_WORD, *match.span(), joined)


def _smuggled(text: str) -> Iterator[HiddenText]:
    for match in _TAGS.finditer(text):
        yield HiddenText(Hiding.SMUGGLED, *match.span(), _untagged(match.group()))
    for match in _SELECTORS.finditer(text):
        yield HiddenText(Hiding.SMUGGLED, *match.span(), _unselected(match.group()))


def _untagged(tags: str) -> str:
    return "".join(chr(ord(char) - 0xE0000) for char in tags)


def _unselected(selectors: str) -> str:
    """Return the text whose bytes variation selectors stand for, as they are used to smuggle."""
    numbers = (ord(char) for char in selectors)
    data = bytes(one - _FEW if one < _MANY else one - _MANY + _MANY_STAND_FOR for one in numbers)
    return data.decode("utf-8", "replace")


def _turned(text: str) -> Iterator[HiddenText]:
    for match in _TURNED.finditer(text):
        yield HiddenText(Hiding.TURNED, *match.span(), match.group().strip("\u202c-\u202e"))
