"""Requests and responses of the content editor's routes; the page imports this module too."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.answer import CallEnd, Purpose
from app.api.schemas import ArticleBody
from app.lint_results import LintFinding
from knowledge_base.generations.changes import ArticleChanges
from knowledge_base.generations.manifest import Checks
from knowledge_base.generations.plan import Plan, PlantedInstruction

JobKindName = Literal["plan", "reindex", "lint", "evaluate"]

PlanBody = Plan
"""What a reindex is about to do, as the manifest keeps it."""
PlantedBody = PlantedInstruction
"""Words of an article that look like an instruction to a model."""
ChecksBody = Checks
"""What was measured of a generation, as the manifest keeps it."""
ArticlesBody = ArticleChanges
"""Which articles came, changed and went, as the manifest keeps it."""
FindingBody = LintFinding
"""What a lint found, as the linter says it."""


class _Schema(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Overview(_Schema):
    """How the knowledge base stands."""

    generation: str | None
    """The generation that serves; None where nothing has been published."""


class ListedArticle(_Schema):
    """An article as a list names it."""

    article: str
    title: str
    updated: date | None
    findings: int | None
    """How many the latest lint found in it; None where no lint has ended yet."""


class ArticlePage(_Schema):
    """Some of the published articles that were looked for."""

    total: int
    """How many there are in all."""
    articles: tuple[ListedArticle, ...]


class FactBody(_Schema):
    """A policy fact that an article states."""

    said: str
    """The fact in a line: "refund window at most 30 days, EU"."""
    kind: str
    start: int
    end: int
    """Code points of its value in the article's body, end exclusive."""
    sentence_start: int
    sentence_end: int
    """The sentence, list item or table row that states it."""


class ReviewedArticle(ArticleBody):
    """A published article, with what is known of it."""

    generation: str
    applies_to: dict[str, tuple[str, ...]]
    """Scope from the front matter, such as `{"plan": ["Summit"]}`."""
    supersedes: tuple[str, ...]
    facts: tuple[FactBody, ...]
    """In the order of the text."""
    findings: tuple[FindingBody, ...] | None
    """What the latest lint found in it; None where no lint has ended yet."""


class FoundBody(_Schema):
    """A passage that was found for a question."""

    article: str
    start: int
    end: int
    """Code points into the article's normalised body, end exclusive."""
    score: float
    """Higher is better; comparable within one search only."""


class UsageBody(_Schema):
    """What a model call took."""

    model: str
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None
    """None where the model's price isn't known."""
    estimated: bool
    """Whether the tokens were counted here, as the provider didn't say."""
    cached_tokens: int
    from_cache: bool
    purpose: Purpose
    ending: CallEnd
    served_model: str | None
    """The model's id as the provider told it, None where it didn't, as the fingerprint is."""
    served_fingerprint: str | None


class TurnRecordBody(_Schema):
    """How a turn was answered."""

    turn: str
    query: str
    """What was searched for."""
    asked: date
    """The day on which it was asked."""
    model: str
    prompt: str | None
    prompt_fingerprint: str | None
    passages: tuple[FoundBody, ...]
    """Best first."""
    usage: tuple[UsageBody, ...]
    timings_ms: dict[str, float]


class JobRequest(_Schema):
    """What a job is to do."""

    kind: JobKindName
    max_cost_usd: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """Most that an evaluation may cost; None for no limit."""

    @model_validator(mode="after")
    def _limits_an_evaluation_alone(self) -> Self:
        if self.max_cost_usd is not None and self.kind != "evaluate":
            raise ValueError("max_cost_usd: only an evaluation has a cost to limit")
        return self


class StepBody(BaseModel):
    """How far a job is in its present step."""

    model_config = ConfigDict(frozen=True)

    step: str
    done: int
    total: int | None
    """None where it isn't known yet."""
    note: str | None = None
    """What it has cost so far, where it costs anything."""


class ReindexedBody(BaseModel):
    """What is published after a reindex."""

    model_config = ConfigDict(frozen=True)

    generation: str
    published: bool
    """False where nothing had changed."""
    serves: bool = True
    """False where a release serves another one, and this one waits for a release of its own."""
    articles: int
    chunks: int
    embedded: int
    seconds: float
    plan: PlanBody


class LintBody(_Schema):
    """What a lint found in all."""

    at: date
    """The day that was looked at."""
    articles: int
    errors: int
    warnings: int
    notes: int


class JobBody(_Schema):
    """A job as it stands."""

    job: str
    kind: JobKindName
    state: Literal["running", "succeeded", "failed", "cancelled"]
    started: datetime
    ended: datetime | None
    step: StepBody | None
    """None before the first one."""
    error: str | None
    """Why it failed, in one line."""
    plan: PlanBody | None = None
    """What a plan found."""
    reindexed: ReindexedBody | None = None
    """What a reindex did."""
    lint: LintBody | None = None
    """What a lint found."""


class ListedGeneration(_Schema):
    """A generation as a list names it."""

    generation: str
    built: datetime | None
    state: Literal["published", "earlier", "aside", "failed"]
    """Earlier ones were published before; those aside never were, or were taken back."""
    serves: bool
    articles: int | None
    """None, as `chunks`, where it can't be read."""
    chunks: int | None
    problem: str | None
    """What is wrong with it, as far as that is known, in one line."""


class GenerationBody(_Schema):
    """What a generation was built from and with."""

    generation: str
    built: datetime
    candor: str
    """Version of Candor that built it."""
    sources: tuple[str, ...]
    embedder: str
    articles: int
    chunks: int
    plan: PlanBody | None
    """What the run that built it set out to do."""
    checks: ChecksBody | None
    """What was measured of it before it was published."""


class DiffBody(_Schema):
    """What changed from one generation to another."""

    before: str
    after: str
    articles: ArticlesBody
    facts: dict[str, tuple[str, ...]]
    """What changed articles promise otherwise, a line a fact, by article."""
    chunks_before: int
    chunks_after: int


class RollbackRequest(_Schema):
    """Where to go back to."""

    generation: str | None = None
    """None means the generation that was published before."""


class VerifiedBody(_Schema):
    """What is wrong with a generation, and what to do about it."""

    problems: tuple[str, ...]
    """One line each; none where it is whole."""
    advice: str
