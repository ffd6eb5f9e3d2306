"""Abuse: words that no company says to its customers.

A short list and not a judge of tone: curses, insults to a reader, and calls to harm oneself. Words
with an innocent meaning ("dummy", "screw", "bastard file", "retarded flame") are left out or only
taken as an insult; slurs are told by their stems. What a cited article says, in a policy on abuse
perhaps, may be quoted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.guardrails.disguises import plain
from app.guardrails.guardrail import ALLOW, Decision, block
from knowledge_base.article import Passage

_CURSES = (
    r"(?:mother)?f+u+c+k\w*|(?:bull)?sh[i1]t(?:ty|s|head)?|assholes?|arseholes?|c[u*]nts?|wankers?"
    r"|bitch(?:es)?"
)
_SLURS = r"n[i1]gg(?:er|a)s?|f[a4]gg?[o0]ts?|k[i1]kes?|tr[a4]nn(?:y|ies)"
_INSULTS = (
    r"(?:you(?:'re| are)|you) (?:an? |such an? |a complete |really |so )?"
    r"(?:idiots?|morons?|stupid|dumb|pathetic|worthless|loser|imbecile|retard(?:ed)?)"
)
_HARM = r"kill yourself|go (?:and )?die|hope you die|drop dead"
_ABUSE = re.compile(rf"(?<!\w)(?:{_CURSES}|{_SLURS}|{_INSULTS}|{_HARM})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AbuseGuardrail:
    """Blocks a sentence that curses or insults."""

    name: ClassVar[str] = "abuse"

    def check(self, text: str, cited: Sequence[Passage], question: str) -> Decision:
        """Return a block where such words stand in no cited article."""
        del question
        said = {match.group().lower() for match in _ABUSE.finditer(plain(text))}
        if all(any(word in one.article.body.lower() for one in cited) for word in said):
            return ALLOW
        return block("the sentence is abusive")
