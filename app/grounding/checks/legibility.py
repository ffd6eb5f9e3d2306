"""Legibility: what can't be read as it will be shown can't be checked.

Control characters, marks that turn the direction of writing and half characters make a text look
otherwise than it reads.
"""

import re
import unicodedata

from app.answer import Question
from app.grounding.sources import Sources
from app.grounding.verdict import Claim, Finding, Verdict

_ILLEGIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_LONGEST_WORD = 500
"""Characters without a space that may follow one another: an address may be long, no word is."""
_RUN = re.compile(rf"\S{{{_LONGEST_WORD}}}")
_LOST = "\ufffd"
"""What stands for a character that got lost."""
_HARMLESS = frozenset("\n\t\r\u00ad\u200d\ufeff")
"""Breaks, a hyphen shown at a line's end only, and what joins emoji."""


class LegibilityCheck:
    """Refuses what holds characters that aren't shown as they are."""

    def check(self, claim: Claim, _sources: Sources, _asked: Question) -> Finding | None:
        """Return a finding for the first such character."""
        if _RUN.search(claim.text):
            return _illegible(claim, f"holds a word of more than {_LONGEST_WORD} characters")
        if claim.text.isascii() and claim.text.isprintable():
            return None
        for mark in claim.text:
            if mark == _LOST or (
                unicodedata.category(mark) in _ILLEGIBLE and mark not in _HARMLESS
            ):
                return _illegible(claim, f"holds U+{ord(mark):04X}, which can't be shown")
        return None


def _illegible(claim: Claim, reason: str) -> Finding:
    return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "legibility")
