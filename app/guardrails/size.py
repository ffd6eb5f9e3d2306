"""Nothing to answer, or far too much: empty and oversized questions."""

from dataclasses import dataclass
from typing import ClassVar

from app.answer import Outcome
from app.guardrails.guardrail import ALLOW, Action, Decision
from app.wording import words


@dataclass(frozen=True, slots=True)
class SizeGuardrail:
    """Asks for a question where there is none, and blocks one that is too long."""

    max_chars: int
    name: ClassVar[str] = "size"

    def check(self, question: str) -> Decision:
        """Return a reply to a question without a word, a block of one over the limit."""
        if len(question) > self.max_chars:
            return Decision(
                Action.BLOCK,
                reason=f"the question has {len(question)} characters",
                outcome=Outcome.BLOCKED,
                text=f"That is too long for me: please ask in at most {self.max_chars} characters.",
            )
        if not words(question):
            return Decision(
                Action.REPLY,
                reason="the question has no word",
                outcome=Outcome.CLARIFY,
                text="What would you like to know?",
            )
        return ALLOW
