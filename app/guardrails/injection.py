"""Attacks on the model: instructions to drop its rules, to be somebody else, to tell its prompt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from app.answer import Outcome
from app.guardrails.disguises import readings
from app.guardrails.guardrail import ALLOW, Action, Decision
from app.guardrails.injection_rules import broken_rules
from knowledge_base.planted.instruction_patterns import Reason
from knowledge_base.planted.instructions import Suspicion, find_instructions

_TELLING = {Reason.ROLE_PLAY, Reason.ROLE_MARK}
"""What in an article gives away an instruction to a model, and in a question does too.

The other reasons don't: customers greet the assistant, ask for a reply in their language, and may
well ask it to ignore what they wrote before.
"""
_FAIR = re.compile(
    r"\s*(?:from now on\b|[>*#_\-\s]*(?:system|assistant)\b[^<\[\n]*:)", re.IGNORECASE
)
"""Of those: "from now on, you should use my new address", "System: Windows 11"."""
_REFUSAL = (
    "I can't take that as a question. "
    "Please tell me in your own words what you would like to know about our products or rules."
)


@dataclass(frozen=True, slots=True)
class InjectionGuardrail:
    """Blocks what is an attack on a model rather than a question."""

    name: ClassVar[str] = "injection"

    def check(self, question: str) -> Decision:
        """Return a block with the rule that gave the attack away."""
        reason = next(_reasons(question), None)
        if reason is None:
            return ALLOW
        return Decision(Action.BLOCK, reason, Outcome.BLOCKED, _REFUSAL)


def _reasons(question: str) -> Iterator[str]:
    for reading in readings(question):
        for rule in broken_rules(reading):
            yield f"{rule.name}: {rule.reason}"
        for found in find_instructions(reading):
            if _is_telling(found, reading):
                yield f"instruction: {found.reason}"


def _is_telling(found: Suspicion, reading: str) -> bool:
    return found.reason in _TELLING and not _FAIR.match(reading[found.start : found.end + 1])
