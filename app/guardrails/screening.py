"""Runs the guardrails in their order: the first that objects decides, and one that fails blocks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import structlog

from app.answer import Outcome
from app.errors import where
from app.guardrails.guardrail import (
    ALLOW,
    Action,
    Decision,
    Guardrail,
    OutputGuardrail,
)
from knowledge_base.article import Passage

_FAILED = "I can't take this question right now. Please ask again, or ask it in other words."
_Check = tuple[str, Callable[[], Decision]]

_log = structlog.get_logger(__name__)


class Screening:
    """Puts a question before the guardrails."""

    def __init__(self, guardrails: Iterable[Guardrail]) -> None:
        self._guardrails = tuple(guardrails)

    def screen(self, question: str) -> Decision:
        """Return the first decision that isn't `ALLOW`, else `ALLOW`."""
        checks = ((each.name, lambda each=each: each.check(question)) for each in self._guardrails)
        return _first_objection(checks)


class OutputScreening:
    """Puts a sentence that the gate would release before the output guardrails."""

    def __init__(self, guardrails: Iterable[OutputGuardrail]) -> None:
        self._guardrails = tuple(guardrails)

    def screen(self, text: str, cited: Sequence[Passage], question: str) -> Decision:
        """Return the first block, else `ALLOW`."""
        checks = (
            (each.name, lambda each=each: each.check(text, cited, question))
            for each in self._guardrails
        )
        return _first_objection(checks)


def _first_objection(checks: Iterable[_Check]) -> Decision:
    for name, check in checks:
        decision = _decided(name, check)
        if decision.action is not Action.ALLOW:
            return replace(decision, guard=name)
    return ALLOW


def _decided(name: str, check: Callable[[], Decision]) -> Decision:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 — whatever goes wrong in here must not let anything by
        _log.error("guardrail_failed", guard=name, error=where(error))
        reason = f"the guardrail failed: {type(error).__name__}"
        return Decision(Action.BLOCK, reason, Outcome.BLOCKED, _FAILED)
