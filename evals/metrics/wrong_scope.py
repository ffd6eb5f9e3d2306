"""Wrong scope: a value of another plan, product, region or day than the one asked about.

The wrong-scope rate is the share of the cases about a scope that fail this metric.
The other scope's values stand in the case (`must_not`), so that nothing is read from the articles.
"""

from app.answer import Answer
from evals.case import Case, Kind
from evals.metrics.facts import forbidden_facts
from evals.metrics.score import Score

_ABOUT_A_SCOPE = frozenset({Kind.SCOPE, Kind.SCOPE_SWAP, Kind.SUPERSEDED, Kind.UPCOMING})


class NoWrongScope:
    """Whether an answer keeps clear of the values that hold for another scope."""

    name = "no_wrong_scope"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 0 for a value of another scope; not applicable where the case knows none."""
        if case.kind not in _ABOUT_A_SCOPE or not case.must_not:
            return Score.not_applicable(self.name, "the case knows no other scope's value")
        found = forbidden_facts(case, answer)
        return Score.passed(
            self.name, right=not found, reason=f"states: {', '.join(found)}" if found else ""
        )
