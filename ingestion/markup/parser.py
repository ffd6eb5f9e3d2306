"""The Markdown parser, which gives up on markup that nobody writes.

Ten thousand open brackets take markdown-it the square of their number. Steps are counted, and a
text that takes far more of them than articles do is not read as Markdown.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin

STEPS_PER_CHAR = 5
"""Steps a character after which the parser gives up; articles take less than one."""

_STEPS_LEFT = "steps_left"
_FREE_STEPS = 500
_MANY_BRACKETS = 50
_CHARS_PER_STEP = 20
"""Characters behind an open bracket that are passed over in the time of one step."""
_BRACKET = re.compile(r"[\[\]]")


class TooMuchMarkupError(Exception):
    """The markup takes more work than any that a person writes."""


class MarkdownParser:
    """Parses GitHub's Markdown, `:::` containers and `!!!` admonitions, HTML included."""

    def __init__(self, *, indented_code: bool) -> None:
        self._parser = _LinksAsWritten("js-default", {"html": True})
        self._parser.use(container_plugin, "any", validate=_any_container).use(admon_plugin)
        self._parser.inline.ruler.before("text", _STEPS_LEFT, _count_step)
        if not indented_code:
            self._parser.disable("code")

    def parse(self, markdown: str) -> list[Token]:
        """Return the tokens of `markdown`.

        Raises:
            TooMuchMarkupError: Reading it as Markdown takes too long.
        """
        return self._parser.parse(markdown, _budget(markdown))

    def parse_inline(self, text: str) -> Sequence[Token]:
        """Return the inline tokens of `text`.

        Raises:
            TooMuchMarkupError: Reading it as Markdown takes too long.
        """
        return self._parser.parseInline(text, _budget(text))[0].children or ()


class _LinksAsWritten(MarkdownIt):
    """Leaves addresses as they are: they are only looked at, never followed."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's hook
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - markdown-it's hook
        return link


def _any_container(_params: str, _markup: str) -> bool:
    return True


def _budget(text: str) -> dict[str, int]:
    return {_STEPS_LEFT: STEPS_PER_CHAR * len(text) + _FREE_STEPS}


def _count_step(state: StateInline, _silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    cost = 1 if state.pos else 1 + _bracket_steps(state.src)
    state.env[_STEPS_LEFT] -= cost
    if state.env[_STEPS_LEFT] < 0:
        raise TooMuchMarkupError
    return False


def _bracket_steps(text: str) -> int:
    """Return the steps that brackets inside each other cost: each looks for its end anew."""
    depth = deepest = 0
    if text.count("[") > _MANY_BRACKETS:
        for bracket in _BRACKET.findall(text):
            depth += 1 if bracket == "[" else -min(1, depth)
            deepest = max(deepest, depth)
    return deepest * len(text) // _CHARS_PER_STEP
