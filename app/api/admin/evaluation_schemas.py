"""Requests and responses of the routes on evaluations; the page imports this module too."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.answer import Outcome
from app.run_comparison import ChangedCase, ComparedMetric, Held, RunComparison
from app.run_rows import CaseResult, Figure, GroupFigures

OUTCOMES = tuple(one.value for one in Outcome)
"""Everything that may come of a question."""
FigureBody = Figure
"""A metric over a group of cases, as the run keeps it."""
FiguresBody = GroupFigures
"""The metrics of a group of cases, as the run keeps them."""
CaseBody = CaseResult
"""What came of one case, as the run keeps it."""
ComparisonBody = RunComparison
"""Two runs beside each other, as `candor eval compare` says it."""
ComparedMetricBody = ComparedMetric
ChangedCaseBody = ChangedCase
HeldBody = Held
Wording = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"\w")
]
ArticleId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class _Schema(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RunBody(_Schema):
    """A run."""

    run: str
    suite: str
    state: Literal["ended", "unfinished"]
    day: date
    """The day that cases without their own were asked as of."""
    started: datetime
    seconds: float | None
    models: tuple[str, ...]
    generation: str
    cases: int
    errors: int | None
    groups: dict[str, FiguresBody]
    """Empty where it hasn't ended; the group `all` holds every case."""


class CasesBody(_Schema):
    """Some of the cases of a run."""

    total: int
    """How many there are in all."""
    cases: tuple[CaseBody, ...]


class CandidateBody(_Schema):
    """An answer that may become a case."""

    turn: str
    question: str
    history: tuple[str, ...]
    """Earlier questions of the conversation, oldest first."""
    at: date
    asked: datetime
    outcome: str
    text: str
    articles: tuple[str, ...]
    """Ids of the articles that it cites."""
    occasions: tuple[Literal["thumb_down", "kept_back", "low_score", "sampled"], ...]
    comment: str | None


class RightAnswerBody(_Schema):
    """What the answer should have been."""

    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    articles: tuple[ArticleId, ...] = ()
    """Ids of the articles that hold the answer."""
    must: tuple[Annotated[tuple[Wording, ...], Field(min_length=1)], ...] = ()
    """Facts that it states: of each group, at least one wording."""
    must_not: tuple[Wording, ...] = ()
    note: Annotated[str, StringConstraints(max_length=2000)] = ""

    @model_validator(mode="after")
    def _has_articles_for_its_facts(self) -> Self:
        if self.must and not (self.articles and Outcome.ANSWERED in self.outcomes):
            raise ValueError("facts in `must` need ANSWERED among the outcomes, and an article")
        return self


class ReviewRequest(_Schema):
    """What a person says of an answer."""

    right: RightAnswerBody | None
    """None takes it from the queue without making a case of it."""
