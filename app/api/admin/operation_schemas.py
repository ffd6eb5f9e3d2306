"""Responses of the routes on operations; the page imports this module too."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.releases.release import NO_RELEASE

SIGNALS = (
    "abstained",
    "blocked",
    "disliked",
    "failed",
    "unknown",
    "similarity",
    "seconds",
    "cost",
)
"""What is watched, day by day."""
SignalName = Literal[
    "abstained", "blocked", "disliked", "failed", "unknown", "similarity", "seconds", "cost"
]
EndName = Literal[
    "ANSWERED", "CLARIFY", "ABSTAINED", "BLOCKED", "HANDED_OFF", "FAILED", "CANCELLED"
]
"""How a turn ended: its outcome, or without one the state in which it ended."""
WITHOUT_RELEASE = NO_RELEASE
"""Asks for the turns that no release answered."""
LONGEST_REASON = 1000
MOST_TURNS = 200
"""The most turns that are told of behind a number."""


class _Schema(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RateBody(_Schema):
    """A share with its 95 % interval."""

    value: float
    n: int
    low: float
    high: float


class DayBody(_Schema):
    """What a day, or a release, comes to."""

    day: date | None
    release: str | None
    turns: int
    outcomes: dict[str, int]
    abstained: RateBody | None
    blocked: RateBody | None
    """Of drafted sentences."""
    disliked: RateBody | None
    failed: RateBody | None
    unknown: RateBody | None
    """Of questions that are like nothing in the articles."""
    similarity: float | None
    """Median cosine of a question and its likest passage."""
    seconds_p50: float | None
    seconds_p95: float | None
    cost_usd: float | None
    """None where no model with a known price was called."""
    tokens: int


class MovedBody(_Schema):
    """A signal that changed on a day."""

    signal: SignalName
    day: date
    before: float
    after: float
    p: float


class ScoredBody(_Schema):
    """What one of the evaluation's metrics says of a sample of the answers."""

    metric: str
    n: int
    mean: float | None
    """None where the metric asked nothing of any of them."""
    low: int
    """Answers that went to the review queue."""


class ArmBody(_Schema):
    """A release that serves."""

    release: str
    weight: float


class BudgetBody(_Schema):
    """What of a budget is used up since midnight UTC, in US dollars."""

    key: str | None
    """Name of the key that it is for, None for that of all keys together."""
    spent_usd: float
    """With what is held back for turns that run."""
    limit_usd: float


class OperationsBody(_Schema):
    """The last days."""

    today: date
    days: tuple[DayBody, ...]
    releases: tuple[DayBody, ...]
    moved: tuple[MovedBody, ...]
    scores: tuple[ScoredBody, ...]
    serving: tuple[ArmBody, ...]
    """Empty where no release was promoted."""
    budgets: tuple[BudgetBody, ...]
    """Those by day and by key that are set."""


class ShiftBody(_Schema):
    """One signal of the canary, then and now."""

    signal: str
    before: float
    now: float
    n: int
    p: float
    is_alarm: bool


class LookBody(_Schema):
    """One run of the canary."""

    look: str
    at: datetime
    number: int
    """0 where too many questions failed to judge it."""
    failed: int
    shifts: tuple[ShiftBody, ...]
    new_models: tuple[str, ...]
    new_fingerprints: tuple[str, ...]
    tokens: int
    cost_usd: float
    """Of its model calls, as far as their prices are known; the canary's own, in no budget."""


class CaseBody(_Schema):
    """A question whose answer moved, side by side."""

    question: str
    before: str
    now: str
    held_before: bool
    holds_now: bool


class AlarmBody(_Schema):
    """What the canary raised."""

    alarm: str
    release: str
    at: datetime
    summary: str
    cases: tuple[CaseBody, ...]
    told: datetime | None
    closed: datetime | None
    closed_by: str | None
    """None while it is open, and where it was closed before this was kept."""
    why: str | None
    """What the one who closed it found."""


class CloseAlarmRequest(_Schema):
    """Why an alarm needs nobody's attention any more."""

    why: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REASON)
    ]


class CanaryBody(_Schema):
    """How the canary stands."""

    reference: str | None
    """Its id, None where there is none yet."""
    release: str | None
    model: str | None
    questions: int
    looks: tuple[LookBody, ...]
    alarms: tuple[AlarmBody, ...]
    frozen: str | None
    """Why nothing may be promoted, None where it may."""


class TurnBody(_Schema):
    """A turn behind a number, without its words."""

    turn: str
    conversation: str
    created: datetime
    outcome: str
    """`FAILED` or `CANCELLED` without one."""
    release: str | None
    seconds: float | None
    cost_usd: float | None
    kept_back: int
    similarity: float | None
