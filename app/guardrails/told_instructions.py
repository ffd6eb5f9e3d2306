"""Instructions in articles: what was planted there for a model is never shown as an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.guardrails.guardrail import ALLOW, Decision, block
from knowledge_base.article import Passage
from knowledge_base.planted.instructions import find_instructions


@dataclass(frozen=True, slots=True)
class ToldInstructionsGuardrail:
    """Blocks a sentence that speaks to a model, though an article holds it."""

    name: ClassVar[str] = "instructions"

    def check(self, text: str, cited: Sequence[Passage], question: str) -> Decision:
        """Return a block with what gives the instruction away."""
        del cited, question
        found = find_instructions(text)
        return block(f"the sentence {found[0].reason}") if found else ALLOW
