"""Requests and responses of the content editor's routes; the page imports this module too."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.api.schemas import ArticleBody
from knowledge_base.plan import Plan

JobKindName = Literal["plan", "reindex", "lint"]

PlanBody = Plan
"""What a reindex is about to do; the same words that the manifest keeps."""


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
    valid_from: date | None
    """First day in force, inclusive; None means always."""
    valid_to: date | None
    """Last day in force, inclusive; None means for good."""
    applies_to: dict[str, tuple[str, ...]]
    """Scope from the front matter, such as `{"plan": ["Summit"]}`."""
    supersedes: tuple[str, ...]
    facts: tuple[FactBody, ...]
    """In the order of the text."""


class JobRequest(_Schema):
    """What a job is to do."""

    kind: JobKindName


class StepBody(BaseModel):
    """How far a job is in its present step."""

    model_config = ConfigDict(frozen=True)

    step: str
    done: int
    total: int | None
    """None where it isn't known yet."""


class ReindexedBody(BaseModel):
    """What serves after a reindex."""

    model_config = ConfigDict(frozen=True)

    generation: str
    published: bool
    """False where nothing had changed."""
    articles: int
    chunks: int
    embedded: int
    seconds: float
    plan: PlanBody


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
