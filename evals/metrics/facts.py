"""Facts that an answer must state, and facts that it must not.

The right answer is known by construction, so no judge is asked: a fact is stated when one of
its wordings stands in the answer as words of its own (`evals.wording.states`).
"""

from typing import Protocol

from app.answer import Answer
from evals.case import Case
from evals.metrics.score import Score
from evals.wording import states


class Said(Protocol):
    """An answer, as far as its words go."""

    @property
    def text(self) -> str:
        """What the customer reads."""
        ...


class NoForbiddenFact:
    """Whether an answer states none of the facts that are wrong here."""

    name = "no_forbidden_fact"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 without a forbidden fact; not applicable where the case forbids none."""
        if not case.must_not:
            return Score.not_applicable(self.name, "the case forbids no fact")
        found = forbidden_facts(case, answer)
        return Score.passed(self.name, right=not found, reason=_listed("forbidden", found))


class AllFacts:
    """Whether an answer states all facts of its case and none that is wrong."""

    name = "all_facts"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 for all facts, an expected outcome and nothing forbidden.

        Not applicable where the case isn't answerable or names no fact.
        """
        if not case.is_answerable or not case.must:
            return Score.not_applicable(self.name, "no fact is asked for")
        reasons = [
            "" if answer.outcome in case.outcomes else f"outcome {answer.outcome}",
            _listed("missing", missing_facts(case, answer)),
            _listed("forbidden", forbidden_facts(case, answer)),
        ]
        wrong = [reason for reason in reasons if reason]
        return Score.passed(self.name, right=not wrong, reason="; ".join(wrong))


class FactsStated:
    """The share of a case's facts that an answer states."""

    name = "facts_stated"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return the share; not applicable where the case asks for no fact."""
        if not case.must:
            return Score.not_applicable(self.name, "no fact is asked for")
        missing = missing_facts(case, answer)
        stated = len(case.must) - len(missing)
        return Score.counted(self.name, stated, len(case.must), _listed("missing", missing))


def missing_facts(case: Case, answer: Said) -> tuple[str, ...]:
    """Return the first wording of each fact that the answer doesn't state."""
    return tuple(
        group[0] for group in case.must if not any(states(answer.text, text) for text in group)
    )


def forbidden_facts(case: Case, answer: Said) -> tuple[str, ...]:
    """Return the wordings in the answer that are wrong here."""
    return tuple(text for text in case.must_not if states(answer.text, text))


def _listed(label: str, facts: tuple[str, ...]) -> str:
    return f"{label}: " + ", ".join(facts) if facts else ""
