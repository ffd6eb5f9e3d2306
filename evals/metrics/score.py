"""Score: what a metric says about one answer, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol, Self

from app.answer import Answer, Usage
from evals.case import Case


class ScoreState(StrEnum):
    """Whether there is a value, and if not, why not."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    """The metric asks nothing of this case or answer."""
    UNSCORED = "unscored"
    """A value should be there, but couldn't be had."""


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's value for one answer with its reason; never 0 where there is no value."""

    metric: str
    state: ScoreState
    value: float | None
    """Between 0 and 1; None unless scored."""
    reason: str
    successes: int | None = None
    """How many of the `trials` were right; None for a value that isn't counted."""
    trials: int | None = None
    usage: tuple[Usage, ...] = ()
    """What a judge's calls took; empty where no model was asked."""

    @classmethod
    def counted(cls, metric: str, successes: int, trials: int, reason: str = "") -> Self:
        """Return the share of `trials` that were right."""
        share = successes / trials
        return cls(metric, ScoreState.SCORED, share, reason, successes, trials)

    @classmethod
    def passed(cls, metric: str, *, right: bool, reason: str = "") -> Self:
        """Return 1 where the answer is right and 0 where it isn't."""
        return cls.counted(metric, int(right), 1, reason)

    @classmethod
    def measured(cls, metric: str, value: float, reason: str = "") -> Self:
        """Return a value that is measured, not counted."""
        return cls(metric, ScoreState.SCORED, value, reason)

    @classmethod
    def not_applicable(cls, metric: str, reason: str) -> Self:
        """Return that the metric asks nothing here."""
        return cls(metric, ScoreState.NOT_APPLICABLE, None, reason)

    @classmethod
    def unscored(cls, metric: str, reason: str) -> Self:
        """Return that a value couldn't be had."""
        return cls(metric, ScoreState.UNSCORED, None, reason)

    def taking(self, usage: Sequence[Usage]) -> Self:
        """Return the score with what the calls for it took."""
        return replace(self, usage=tuple(usage))


class Metric(Protocol):
    """Scores one answer against its case, without a model."""

    @property
    def name(self) -> str:
        """The metric's name in results and reports."""
        ...

    def score(self, case: Case, answer: Answer) -> Score:
        """Return the score with its reason."""
        ...
