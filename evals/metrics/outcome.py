"""Whether a turn ended as it should: answered, abstained, and the case as a whole passed."""

from app.answer import Answer, Outcome
from evals.case import Case
from evals.metrics.facts import forbidden_facts, missing_facts
from evals.metrics.score import Score


class Passed:
    """Whether a case passes: outcome expected, all facts stated, nothing forbidden."""

    name = "passed"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 where the whole case is right, else 0 with everything that is wrong."""
        wrong = []
        if answer.outcome not in case.outcomes:
            wrong.append(f"outcome {answer.outcome}, not {' or '.join(case.outcomes)}")
        if missing := missing_facts(case, answer):
            wrong.append("missing: " + ", ".join(missing))
        if forbidden := forbidden_facts(case, answer):
            wrong.append("forbidden: " + ", ".join(forbidden))
        return Score.passed(self.name, right=not wrong, reason="; ".join(wrong))


class ExpectedOutcome:
    """Whether the outcome is one of those that the case allows."""

    name = "outcome"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 for an allowed outcome."""
        return Score.passed(
            self.name, right=answer.outcome in case.outcomes, reason=str(answer.outcome)
        )


class Abstained:
    """Whether a question that no article covers was abstained from."""

    name = "abstained_when_uncovered"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 for an abstention; not applicable where the question is covered."""
        if not case.is_uncovered:
            return Score.not_applicable(self.name, "the question is covered")
        right = answer.outcome is Outcome.ABSTAINED
        return Score.passed(self.name, right=right, reason=str(answer.outcome))


class NoFalseAbstention:
    """Whether an answerable question got something other than an abstention."""

    name = "no_false_abstention"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 0 for an abstention; not applicable where abstaining is allowed."""
        if not case.is_answerable or Outcome.ABSTAINED in case.outcomes:
            return Score.not_applicable(self.name, "abstaining is allowed")
        right = answer.outcome is not Outcome.ABSTAINED
        return Score.passed(self.name, right=right, reason=str(answer.outcome))
