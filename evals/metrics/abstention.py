"""Abstention and refusal: whether those cases are turned away that should be, and no others.

An answer turns a question away when it abstains or hands over to a person.
Precision is the share of those answers whose case allows it, recall the share of the cases that
may not be answered which are turned away: over cases, these are the metrics' rates.
"""

from app.answer import Answer, Outcome
from evals.case import Case
from evals.metrics.score import Score

_TURNED_AWAY = frozenset({Outcome.ABSTAINED, Outcome.HANDED_OFF})
_REFUSED = _TURNED_AWAY | {Outcome.BLOCKED}


class AbstentionPrecision:
    """Whether an abstention or a handoff is one that the case allows."""

    name = "abstention_precision"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 for an allowed abstention; not applicable to any other outcome."""
        if answer.outcome not in _TURNED_AWAY:
            return Score.not_applicable(self.name, f"outcome {answer.outcome}")
        allowed = not _TURNED_AWAY.isdisjoint(case.outcomes)
        reason = "" if allowed else f"the case wants {' or '.join(case.outcomes)}"
        return Score.passed(self.name, right=allowed, reason=reason)


class AbstentionRecall:
    """Whether a case that must be turned away is."""

    name = "abstention_recall"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 for an abstention or a handoff; not applicable where an answer is right too."""
        if Outcome.ANSWERED in case.outcomes or _TURNED_AWAY.isdisjoint(case.outcomes):
            return Score.not_applicable(self.name, "the case needn't be abstained from")
        right = answer.outcome in _TURNED_AWAY
        return Score.passed(self.name, right=right, reason=f"outcome {answer.outcome}")


class NoFalseRefusal:
    """Whether an ordinary question is heard: not blocked, abstained from or handed over."""

    name = "no_false_refusal"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 0 for a refusal; not applicable where the case allows one."""
        if Outcome.ANSWERED not in case.outcomes or not _REFUSED.isdisjoint(case.outcomes):
            return Score.not_applicable(self.name, "the case allows a refusal")
        right = answer.outcome not in _REFUSED
        return Score.passed(self.name, right=right, reason=f"outcome {answer.outcome}")
