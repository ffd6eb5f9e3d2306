"""The port of a guardrail: a check on what comes in, before anything is searched."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.answer import Outcome


class Action(StrEnum):
    """What a guardrail wants done with a question."""

    ALLOW = "ALLOW"
    REPLY = "REPLY"
    """Answer with a fixed text: there is nothing to look up."""
    BLOCK = "BLOCK"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a guardrail decided, with its reason."""

    action: Action
    reason: str = ""
    outcome: Outcome | None = None
    """How the turn ends; None where it goes on."""
    text: str = ""
    """What the customer reads where the turn ends here."""


ALLOW = Decision(Action.ALLOW)


class Guardrail(Protocol):
    """One check on a question."""

    def check(self, question: str) -> Decision:
        """Return whether the question goes on to search, and if not, how the turn ends."""
        ...
