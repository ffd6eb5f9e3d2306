"""Code in Markdown as its author wrote it: what stands in it is shown, and is no markup."""

import re
from bisect import bisect_right

_CODE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t]*(?P=fence)|\Z)"
    r"|(?<!`)(?P<ticks>`{1,4})(?!`)[^`\n]+(?P=ticks)",
    re.DOTALL | re.MULTILINE,
)
_SHOWN = re.compile(r"[^\n]")


class CodeSpans:
    """The code blocks between fences and the pieces of inline code in a text."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _CODE.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def __contains__(self, place: int) -> bool:
        """Tell whether what stands at `place` is code."""
        number = bisect_right(self._starts, place) - 1
        return number >= 0 and place < self._ends[number]


def without_code(text: str) -> str:
    """Return `text` with spaces in place of code, so that every line and offset stays."""
    return _CODE.sub(lambda match: _SHOWN.sub(" ", match.group()), text)
