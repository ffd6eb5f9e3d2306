"""Requests and responses of the routes on releases; the page imports this module too."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.releases.evidence import GateCheck
from app.releases.promotion_log import Entry

GateCheckBody = GateCheck
"""One thing that the gate held against a run, as `candor eval gate` keeps it."""
EntryBody = Entry
"""A line of the log of promotions."""
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class _Schema(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceBody(_Schema):
    """What the gate said of the latest run of one suite with exactly a release's set."""

    run: str
    suite: str
    passes: bool
    counts: bool
    """Whether a failure speaks against the release: not where the suite has no threshold."""
    problem: str | None
    """Why it lets nothing through."""
    checks: tuple[GateCheckBody, ...]


class ReleaseBody(_Schema):
    """A release."""

    release: str
    created: datetime
    note: str
    fingerprint: str
    generation: str
    model: str | None
    """`provider:model`; None where the assistant quotes."""
    prompts: tuple[str, ...]
    weight: float | None
    """Share of the conversations that it gets; None where it doesn't serve."""
    passes: bool
    """Whether it may be promoted without an override."""
    evidence: tuple[EvidenceBody, ...]


class FreezeBody(_Schema):
    """Why nothing may be promoted."""

    reason: str
    since: datetime


class ReleasesBody(_Schema):
    """How the releases stand."""

    serving: tuple[str, ...]
    """Ids of those that serve; empty where the settings and the published generation do."""
    can_roll_back: bool
    goes_back_to: tuple[str, ...]
    """Ids of the releases that serve after a rollback; empty where none does then."""
    frozen: FreezeBody | None
    releases: tuple[ReleaseBody, ...]
    """The newest first."""
    log: tuple[EntryBody, ...]
    """The latest promotions and rollbacks first."""


class DifferenceBody(_Schema):
    """One thing that two releases pin otherwise."""

    name: str
    before: str | None
    after: str | None
    lines: tuple[str, ...]
    """Of a prompt, its changed lines, each with `+`, `-` or a space in front."""


class MeasuredBody(_Schema):
    """A share or a mean, with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


class DistanceBody(_Schema):
    """What lies between two of them, the other one less the first, with its 95 % interval."""

    value: float
    low: float
    high: float


class MeasureBody(_Schema):
    """One measure of the conversations of two releases."""

    name: str
    is_share: bool
    before: MeasuredBody | None
    """None where no conversation has a value, like the next one."""
    after: MeasuredBody | None
    difference: DistanceBody | None


class ArmsBody(_Schema):
    """How the conversations of two releases went."""

    before: str
    after: str
    conversations: tuple[int, int]
    mixed: int
    """Those that more than one release answered; they are left out."""
    measures: tuple[MeasureBody, ...]


class PromptBody(_Schema):
    """A version of a prompt."""

    prompt: str
    purpose: str
    state: Literal["released", "draft", "changed", "gone"]
    text: str


class CreateRequest(_Schema):
    """What a new release is for; it pins the settings and the published generation."""

    note: Reason = ""


class PromoteRequest(_Schema):
    """How a release is to serve, and why."""

    share: float | None = Field(default=None, gt=0, le=1, allow_inf_nan=False)
    """Of the conversations; None for all."""
    override: Reason | None = None
    """Why without a gate that passes."""
    why: Reason = ""


class RollbackOfRelease(_Schema):
    """Why what serves is taken back."""

    why: Reason = ""
