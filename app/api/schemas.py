"""Requests and responses of the API; the page imports this module and nothing else of `app`."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.answer import Outcome


class _Schema(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChatRequest(_Schema):
    """A question, in a conversation that goes on or in a new one."""

    question: str = Field(min_length=1)
    conversation: str | None = None
    at: date | None = None


class CitationBody(_Schema):
    """The words of an article that a sentence rests on."""

    article: str
    title: str
    url: str | None
    heading: str
    """Heading path joined with ` › `; empty above the first heading."""
    start: int
    end: int
    """Code points into the article's normalised body, end exclusive."""
    passage_start: int
    passage_end: int
    """The whole passage that the words were found in."""


class SentenceBody(_Schema):
    """One released sentence."""

    text: str
    citations: tuple[CitationBody, ...]


class TurnBody(_Schema):
    """One turn: a question and, once it has ended, its answer."""

    conversation: str
    turn: str
    question: str
    outcome: Outcome | None
    """None while the turn runs, and when it ended in an error."""
    text: str
    sentences: tuple[SentenceBody, ...]
    state: Literal["running", "done", "failed", "cancelled"]
    error: str | None = None
    created: datetime
    rating: Literal["up", "down"] | None = None


class ConversationBody(_Schema):
    """A conversation with its turns, oldest first."""

    conversation: str
    created: datetime
    turns: tuple[TurnBody, ...]


class FeedbackRequest(_Schema):
    """What a customer thought of an answer."""

    rating: Literal["up", "down"]
    reason: Literal["wrong", "incomplete", "unclear", "off_topic", "other"] | None = None
    comment: str | None = Field(default=None, max_length=2000)


class ArticleBody(_Schema):
    """An article as the current generation has it."""

    article: str
    title: str
    url: str | None
    updated: date | None
    body: str


class ArticleSummary(_Schema):
    """An article's name and title."""

    article: str
    title: str
    url: str | None


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
