"""The ports of the guardrails: checks on what comes in, and on each sentence that goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.answer import Outcome
from knowledge_base.article import Passage


class Action(StrEnum):
    """What a guardrail wants done."""

    ALLOW = "ALLOW"
    REPLY = "REPLY"
    """Answer with a fixed text: there is nothing to look up."""
    BLOCK = "BLOCK"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a guardrail decided, with its reason."""

    action: Action
    reason: str = ""
    """Never holds the customer's words: it is logged."""
    outcome: Outcome | None = None
    """How the turn ends; None where it goes on."""
    text: str = ""
    """What the customer reads where the turn ends here."""
    guard: str = ""
    """Name of the guardrail; empty where all of them allow."""


ALLOW = Decision(Action.ALLOW)


class Guardrail(Protocol):
    """One check on a question."""

    @property
    def name(self) -> str:
        """What the settings and the log call it."""
        ...

    def check(self, question: str, /) -> Decision:
        """Return whether the question goes on to search, and if not, how the turn ends."""
        ...


class OutputGuardrail(Protocol):
    """One check on a sentence that the gate would release."""

    @property
    def name(self) -> str:
        """What the settings and the log call it."""
        ...

    def check(self, text: str, cited: Sequence[Passage], question: str, /) -> Decision:
        """Return `ALLOW`, or `BLOCK` with the reason.

        `cited` are the passages that the sentence cites, `question` is what the customer asked.
        """
        ...


def block(reason: str) -> Decision:
    """Return the decision that a sentence isn't shown."""
    return Decision(Action.BLOCK, reason)
