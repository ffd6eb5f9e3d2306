"""Legibility: what can't be read as it will be shown can't be checked.

Control characters, marks that turn the direction of writing and half characters make a text look
otherwise than it reads.
"""

import unicodedata

from app.answer import Question
from app.grounding.sources import Sources
from app.grounding.verdict import Claim, Finding, Verdict

_ILLEGIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_HARMLESS = frozenset("\n\t\r\u00ad\u200d\ufeff")
"""Breaks, a hyphen shown at a line's end only, and what joins emoji."""


class LegibilityCheck:
    """Refuses what holds characters that aren't shown as they are."""

    def check(self, claim: Claim, _sources: Sources, _asked: Question) -> Finding | None:
        """Return a finding for the first such character."""
        if claim.text.isascii() and claim.text.isprintable():
            return None
        for mark in claim.text:
            if unicodedata.category(mark) in _ILLEGIBLE and mark not in _HARMLESS:
                reason = f"holds the character U+{ord(mark):04X}, which isn't shown"
                return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "legibility")
        return None
