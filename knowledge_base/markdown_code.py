"""Code in Markdown as its author wrote it: what stands in it is shown, and is no markup."""

import re

_CODE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t]*(?P=fence)|\Z)|(?P<ticks>`+)[^`\n]+(?P=ticks)",
    re.DOTALL | re.MULTILINE,
)
_SHOWN = re.compile(r"[^\n]")


def code_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each code block between fences and each piece of inline code."""
    return tuple(match.span() for match in _CODE.finditer(text))


def without_code(text: str) -> str:
    """Return `text` with spaces in place of code, so that every line and offset stays."""
    return _CODE.sub(lambda match: _SHOWN.sub(" ", match.group()), text)
