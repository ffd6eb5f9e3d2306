"""Markup: a sentence holds no script and no HTML, but for code that a cited article shows."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.guardrails.disguises import plain
from app.guardrails.guardrail import ALLOW, Decision, block
from knowledge_base.article import Passage

_TAG = re.compile(r"<(?:!--|!doctype\b|\?\w|/?[a-z][\w:-]*(?=[\s/>]|$))[^<>]*>?", re.IGNORECASE)
_HANDLER = re.compile(r"\bon[a-z]{3,20}\s*=\s*[\"'\w]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkupGuardrail:
    """Blocks a sentence with markup that isn't in its articles."""

    name: ClassVar[str] = "markup"

    def check(self, text: str, cited: Sequence[Passage], question: str) -> Decision:
        """Return a block where a tag or an event handler stands in no cited article."""
        del question
        shown = plain(html.unescape(text))
        written = [*_TAG.findall(shown), *_HANDLER.findall(shown)]
        bodies = [plain(html.unescape(passage.article.body)) for passage in cited if written]
        if all(any(one in body for body in bodies) for one in written):
            return ALLOW
        return block("the sentence holds markup that no cited article shows")
