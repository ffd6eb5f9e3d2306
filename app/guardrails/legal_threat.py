"""Legal threats: a person answers these, since what a machine says may harm the case."""

import re
from dataclasses import dataclass
from typing import ClassVar

from app.answer import Outcome
from app.guardrails.disguises import plain
from app.guardrails.guardrail import ALLOW, Action, Decision

_WILL = (
    r"(?:will|'ll|shall|am|'m|are|'re|going to|gonna|have to|want to|intend to|ready to|about to"
    r"|consider(?:ing)?|forced to|prepared to)"
)
_THREAT = re.compile(
    rf"{_WILL} (?:be )?(?:suing|sue) (?:you|your|the (?:company|store|shop|bank))\b"
    rf"|{_WILL} (?:\w+ )?(?:take|taking|bring|bringing) (?:you|this|the matter"
    rf"|it) to (?:\w+ ){{0,2}}court\b"
    rf"|{_WILL} (?:\w+ )?(?:take|taking|start|starting|pursue|pursuing|file|filing|begin|seek"
    rf"|seeking)"
    r" (?:\w+ ){0,2}(?:legal (?:action|proceedings)|lawsuit|suit against you|legal claim)\b"
    r"|\blegal (?:action|proceedings) against (?:you|your)\b|\bsee you in court\b"
    r"|\bhear(?:ing)? from (?:my|our) (?:lawyer|attorney|solicitor|legal)"
    r"|\b(?:my|our) (?:lawyers?|attorneys?|solicitors?) (?:will|is going to|are going to"
    r"|has advised|have advised"
    r"|says?|is suing|is preparing|is drafting)\b"
    rf"|{_WILL} (?:press(?:ing)? charges|contact(?:ing)? (?:my|our|a) (?:lawyer|attorney"
    rf"|solicitor))"
    r"|\b(?:cease and desist|letter before action|statement of claim)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LegalThreatGuardrail:
    """Passes a legal threat on to a person."""

    contact: str
    name: ClassVar[str] = "legal_threat"

    def check(self, question: str) -> Decision:
        """Return a reply that names a person, where legal steps are announced."""
        if not _THREAT.search(plain(question)):
            return ALLOW
        return Decision(
            Action.REPLY,
            "legal steps are announced",
            Outcome.ABSTAINED,
            "This needs a person, and I'm sorry that it has come to this. "
            f"Please contact {self.contact}.",
        )
