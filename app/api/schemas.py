"""Requests and responses of the API; the page imports this module and nothing else of `app`."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.answer import Outcome


class _Schema(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _storable(text: str) -> str:
    if any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("must not contain NUL characters or half surrogate pairs")
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


Storable = Annotated[str, AfterValidator(_storable)]
"""Text that every database and every model takes."""


class ChatRequest(_Schema):
    """A question, in a conversation that goes on or in a new one."""

    question: Annotated[Storable, AfterValidator(_not_blank)]
    conversation: str | None = None
    """Id of the conversation that goes on; a new one begins without."""
    at: date | None = None
    """The day whose rules are asked about; today where it is missing."""


class ChatBody(_Schema):
    """The whole answer to a question, for a client that doesn't stream."""

    conversation: str
    turn: str
    outcome: Outcome
    text: str
    sentences: tuple["SentenceBody", ...]


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
    generation: str | None = None
    """Index generation that the citations point into; None until the turn is done."""
    release: str | None = None
    """Release that answered, or `unreleased-…`; None until the turn is done."""


class EvidenceBody(_Schema):
    """The words of an article that a claim rests on."""

    article: str
    title: str
    version: str | None
    """Content hash of the article as it was; None where it wasn't kept."""
    start: int
    end: int
    """Code points into the article's normalised body, end exclusive."""
    passage_start: int
    passage_end: int


class ClaimBody(_Schema):
    """One checkable statement of a sentence, and why it was taken to hold."""

    text: str
    verdict: Literal["SUPPORTED", "CONTRADICTED", "NOT_ENOUGH_INFO"]
    support: float
    """How well the evidence says what the claim says, 0 to 1."""
    reason: str
    check: str
    """Name of the check that decided."""
    evidence: EvidenceBody | None


class ReceiptBody(_Schema):
    """One sentence that was shown, and what it rests on."""

    text: str
    ruling: Literal["released", "repaired", "quoted"]
    """Shown as it was drafted, as it was written a second time, or quoted in its place."""
    claims: tuple[ClaimBody, ...]


class WithheldBody(_Schema):
    """How many drafted sentences one check kept back; their words aren't told."""

    check: str
    sentences: int


class ReceiptsBody(_Schema):
    """Why a turn said what it said."""

    turn: str
    generation: str | None
    """Index generation that the evidence points into; None where nothing was drafted."""
    receipts: tuple[ReceiptBody, ...]
    withheld: tuple[WithheldBody, ...]


class ConversationBody(_Schema):
    """A conversation with its turns, oldest first."""

    conversation: str
    created: datetime
    turns: tuple[TurnBody, ...]


class FeedbackRequest(_Schema):
    """What a customer thought of an answer."""

    rating: Literal["up", "down"]
    reason: Literal["wrong", "incomplete", "unclear", "off_topic", "other"] | None = None
    comment: Annotated[Storable, Field(max_length=2000)] | None = None


class ArticleBody(_Schema):
    """An article as the current generation has it."""

    article: str
    title: str
    url: str | None
    updated: date | None
    body: str
    valid_from: date | None = None
    """First day in force, inclusive; None means always."""
    valid_to: date | None = None
    """Last day in force, inclusive; None means for good."""


class ArticleSummary(_Schema):
    """An article's name and title."""

    article: str
    title: str
    url: str | None


class Health(_Schema):
    """How the server is."""

    status: Literal["ok", "ready"]
    generation: str | None = None
    """The index generation that serves, where the server is ready."""
    warning: str | None = None
    """Why it isn't the one that was published last, where it isn't."""


class ReindexStarted(_Schema):
    """What became of a wish for a reindex."""

    started: bool
    """False where one is running already."""
    job: str | None = None
    """The job that was started."""
    detail: str


class FieldProblem(BaseModel):
    """What is wrong with one field of a request."""

    field: str
    """Dotted path of the field; empty for the request as a whole."""
    detail: str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[FieldProblem, ...] = ()
    """The fields that can't be used; only where the request didn't fit its schema."""
