"""Distress: somebody who may harm herself, or whose life is in danger, is told whom to call.

The patterns are narrow, because "this zipper is killing me" is a question about a zipper.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from app.answer import Outcome
from app.guardrails.disguises import plain
from app.guardrails.guardrail import ALLOW, Action, Decision

_DISTRESS = re.compile(
    r"\b(?:kill|hang|shoot|drown)(?:ing)? myself\b(?! laughing)"
    r"|\b(?:end|take|taking|ending) my (?:own )?life\b|\bend it all\b"
    r"|\b(?:want|wish|going|ready|rather|try|trying|prefer) (?:to )?(?:die|be dead"
    r"|disappear forever)\b"
    r"(?! (?:of|for|laughing))"
    r"|\b(?:do not|don't|no longer) want to (?:live|be alive)\b(?! (?:in|at|with|on|near|here"
    r"|there))"
    r"|\b(?:feel|feeling|am|i'm|being) suicidal\b|\bcommit(?:ting)? suicide\b|\bsuicidal thoughts\b"
    r"|\b(?:want|going|urge|need) to (?:hurt|harm|cut) myself\b|\bself-?harming\b"
    r"|\b(?:no|not a) reason to (?:live|go on living)\b"
    r"|\b(?:he|she|they|someone|somebody|my \w+) (?:is|are|'s|'re)? ?(?:going to|will"
    r"|threatens? to|wants? to"
    r"|threatening to|trying to) (?:kill|hurt|beat|stab|shoot) (?:me|us|my (?:child|children|kids"
    r"|son|daughter))\b"
    r"|\b(?:i am|i'm|he is|she is|is) (?:having a (?:heart attack|stroke|seizure)|not breathing"
    r"|unconscious|bleeding (?:to death|badly|heavily))\b"
    r"|\b(?:i )?(?:can't|cannot) breathe\b(?! in (?:this|the|that|it))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DistressGuardrail:
    """Names emergency services and a person to somebody in distress."""

    contact: str
    name: ClassVar[str] = "distress"

    def check(self, question: str) -> Decision:
        """Return a reply that names whom to call, where somebody seems to be in danger."""
        if not _DISTRESS.search(plain(question)):
            return ALLOW
        return Decision(
            Action.REPLY,
            "somebody may be in danger",
            Outcome.ABSTAINED,
            "I'm a machine and can't help with this, but people can. If your life or somebody "
            "else's is in danger, please call the emergency services now (112 in Europe, 911 in "
            "the United States, 999 in the United Kingdom), or talk to somebody you trust. "
            f"For a person at our company, contact {self.contact}.",
        )
