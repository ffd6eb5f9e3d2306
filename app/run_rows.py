"""Rows of an evaluation run's files: written by the evaluations, read by them and by the API."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Row(BaseModel):
    """What a run's files hold; a later version may have written more."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class RunSuite(Row):
    """The cases that were asked."""

    name: str
    sha256: str


class MeasuredRelease(Row):
    """The set that was measured."""

    fingerprint: str
    id: str | None = None
    """The release that was asked for; None where the settings were measured."""


class RunConfig(Row):
    """What was run."""

    suite: RunSuite
    cases: int
    day: date
    generation: str
    candor: str
    started: datetime
    models: tuple[str, ...] = ()
    """Models that answered; empty while it runs."""
    prompts: tuple[str, ...] = ()
    seconds: float | None = None
    cases_in_suite: int | None = None
    release: MeasuredRelease | None = None
    """None of a run over the network, and of one from before there were releases."""


class Figure(Row):
    """A metric over a group of cases."""

    value: float | None = None
    """None where no case was scored, like the interval."""
    n: int | None = None
    low: float | None = None
    high: float | None = None
    not_applicable: int = 0
    unscored: int = 0
    errors: int = 0


class GroupFigures(Row):
    """The metrics of a group of cases."""

    cases: int
    metrics: dict[str, Figure]


class RunSummary(Row):
    """What a run measured."""

    suite: str
    cases: int
    errors: int
    groups: dict[str, GroupFigures]


class CallRow(Row):
    """What a model call took."""

    model: str
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None
    estimated: bool = False
    cached_tokens: int = 0
    from_cache: bool = False


class CaseScore(Row):
    """A metric of one case."""

    state: str
    value: Annotated[float, Field(ge=0, le=1)] | None = None
    """Between 0 and 1; None unless scored."""
    successes: int | None = None
    """How many of the `trials` were right; None for a value that isn't counted."""
    trials: int | None = None
    usage: tuple[CallRow, ...] = ()
    """What judging took."""
    reason: str | None = None


class CitedSpan(Row):
    """Words of an article that a sentence cites."""

    article: str
    start: int
    end: int


class CaseSentence(Row):
    """A released sentence."""

    text: str
    citations: tuple[CitedSpan, ...] = ()


class Expected(Row):
    """What would have been right."""

    outcomes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class RepeatRow(Row):
    """What came of asking a case again."""

    repeat: int
    """1 for the second time that the case was asked."""
    outcome: str | None = None
    """None where it ended in an error."""
    text: str = ""
    error: str | None = None
    usage: tuple[CallRow, ...] = ()


class CaseResult(Row):
    """What came of one case: a line of `results.jsonl`."""

    id: str
    kind: str
    part: str = ""
    question: str
    history: tuple[str, ...] = ()
    expected: Expected = Expected()
    latency_ms: float
    error: str | None = None
    not_asked: str | None = None
    """Why the case wasn't asked; None where it was."""
    earlier_usage: tuple[CallRow, ...] = ()
    """What the questions of the case's history took."""
    repeats: tuple[RepeatRow, ...] = ()
    """What came of asking it again, where a run does."""
    outcome: str | None = None
    """None where the case has no answer, like what follows but for the scores."""
    text: str | None = None
    query: str | None = None
    sentences: tuple[CaseSentence, ...] = ()
    retrieved: tuple[str, ...] = ()
    """Ids of the articles that search found, best first."""
    usage: tuple[CallRow, ...] = ()
    timings_ms: dict[str, float] = {}
    model: str = ""
    """Empty in a run that was written before it was kept here."""
    prompt: str | None = None
    prompt_fingerprint: str | None = None
    generation: str | None = None
    scores: dict[str, CaseScore] = {}

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the metrics that it didn't meet in full."""
        return tuple(
            name
            for name, score in self.scores.items()
            if score.value is not None and score.value < 1
        )
