"""The tables, one class each; `migrations` builds them, a test keeps both the same."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from app.store.columns import StorableText, UtcDateTime

ID_LENGTH = 32
_KEY = String(ID_LENGTH)


class Table(DeclarativeBase):
    """What every table shares."""


class ConversationRow(Table):
    """A conversation."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(_KEY, primary_key=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    turns: Mapped[list["TurnRow"]] = relationship(order_by="TurnRow.position")


class TurnRow(Table):
    """A question and how it was answered."""

    __tablename__ = "turns"

    id: Mapped[str] = mapped_column(_KEY, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    position: Mapped[int]
    """Place in the conversation, from 1."""
    question: Mapped[str] = mapped_column(StorableText)
    at: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(16))
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    finished: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str | None] = mapped_column(StorableText)
    query: Mapped[str | None] = mapped_column(StorableText)
    model: Mapped[str | None] = mapped_column(StorableText)
    generation: Mapped[str | None] = mapped_column(StorableText)
    release: Mapped[str | None] = mapped_column(String(32))
    """Id of the release that answers, or `unreleased-…`; None of turns before there were any."""
    prompt: Mapped[str | None] = mapped_column(StorableText)
    prompt_fingerprint: Mapped[str | None] = mapped_column(StorableText)
    timings_ms: Mapped[dict[str, float] | None] = mapped_column(JSON(none_as_null=True))
    error: Mapped[str | None] = mapped_column(StorableText)
    client: Mapped[str | None] = mapped_column(StorableText)
    """Name of the key that the question came with."""
    cost_usd: Mapped[float | None]
    """What its model calls cost, as far as that is known; None while it runs."""
    held_usd: Mapped[float | None]
    """What it may cost at most, where there is a budget: so much is held back while it runs."""
    budget: Mapped[str | None] = mapped_column(String(16))
    """Which budget it met."""
    cache_hit: Mapped[str | None] = mapped_column(String(16))
    """How its question was known, where the draft came from the answer cache."""

    sentences: Mapped[list["SentenceRow"]] = relationship(order_by="SentenceRow.number")
    passages: Mapped[list["PassageRow"]] = relationship(order_by="PassageRow.number")
    model_calls: Mapped[list["ModelCallRow"]] = relationship(order_by="ModelCallRow.number")
    feedback: Mapped["FeedbackRow | None"] = relationship()

    __table_args__ = (
        Index("turns_in_order", "conversation_id", "position", unique=True),
        Index(
            "one_running_turn",
            "conversation_id",
            unique=True,
            sqlite_where=sql("state = 'running'"),
            postgresql_where=sql("state = 'running'"),
        ),
        Index("turns_by_state", "state", "lease_until"),
        Index("turns_by_release", "release", "created"),
        Index("turns_by_time", "created"),
    )


class EventRow(Table):
    """One numbered event of a turn."""

    __tablename__ = "turn_events"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(16))
    data: Mapped[str] = mapped_column(StorableText)
    """A JSON object."""


class SentenceRow(Table):
    """One released sentence."""

    __tablename__ = "sentences"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """Number of the event that released it."""
    text: Mapped[str] = mapped_column(StorableText)
    citations: Mapped[list["CitationRow"]] = relationship(order_by="CitationRow.number")


class CitationRow(Table):
    """The words of an article that a released sentence rests on."""

    __tablename__ = "citations"

    turn_id: Mapped[str] = mapped_column(_KEY, primary_key=True)
    sentence_number: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(StorableText)
    title: Mapped[str] = mapped_column(StorableText)
    url: Mapped[str | None] = mapped_column(StorableText)
    heading: Mapped[str] = mapped_column(StorableText)
    start: Mapped[int]
    end: Mapped[int]
    passage_start: Mapped[int]
    passage_end: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(
            ["turn_id", "sentence_number"], ["sentences.turn_id", "sentences.number"]
        ),
        # A hash, because a B-tree of PostgreSQL refuses ids above 2,704 bytes.
        Index("citations_by_article", "article", postgresql_using="hash"),
    )


class PassageRow(Table):
    """A passage that the answerer was given."""

    __tablename__ = "passages"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(StorableText)
    chunk: Mapped[str] = mapped_column(StorableText)
    score: Mapped[float]
    similarity: Mapped[float | None]
    """Cosine of the query and the passage; None in turns from before it was kept."""


class ModelCallRow(Table):
    """What one model call of a turn took."""

    __tablename__ = "model_calls"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(StorableText)
    prompt_tokens: Mapped[int]
    completion_tokens: Mapped[int]
    cached_tokens: Mapped[int] = mapped_column(server_default="0")
    """Those of the prompt that the provider had kept from an earlier call."""
    cost_usd: Mapped[float | None]
    estimated: Mapped[bool]
    purpose: Mapped[str] = mapped_column(String(16), server_default="answer")
    ending: Mapped[str] = mapped_column(String(16), server_default="complete")
    served_model: Mapped[str | None] = mapped_column(StorableText)
    """The model's id as the provider told it, None where it didn't, as the fingerprint is."""
    served_fingerprint: Mapped[str | None] = mapped_column(StorableText)


class FeedbackRow(Table):
    """What a customer thought of an answer."""

    __tablename__ = "feedback"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    rating: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(String(32))
    comment: Mapped[str | None] = mapped_column(StorableText)
    given: Mapped[datetime] = mapped_column(UtcDateTime)


class ReceiptRow(Table):
    """What became of one drafted sentence."""

    __tablename__ = "receipts"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """Place among the turn's drafted sentences, from 1."""
    ruling: Mapped[str] = mapped_column(String(16))
    shown: Mapped[str | None] = mapped_column(StorableText)
    event: Mapped[int | None]
    """Number of the event that shows it; written before that event is."""
    generation: Mapped[str | None] = mapped_column(StorableText)
    attempts: Mapped[list["AttemptRow"]] = relationship(order_by="AttemptRow.number")


class AttemptRow(Table):
    """One wording that the gate judged."""

    __tablename__ = "receipt_attempts"

    turn_id: Mapped[str] = mapped_column(_KEY, primary_key=True)
    receipt_number: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(StorableText)
    claims: Mapped[list["ClaimRow"]] = relationship(order_by="ClaimRow.number")

    __table_args__ = (
        ForeignKeyConstraint(
            ["turn_id", "receipt_number"], ["receipts.turn_id", "receipts.number"]
        ),
    )


class ClaimRow(Table):
    """One claim of a wording: what was found of it, and the words that it was judged by."""

    __tablename__ = "receipt_claims"

    turn_id: Mapped[str] = mapped_column(_KEY, primary_key=True)
    receipt_number: Mapped[int] = mapped_column(primary_key=True)
    attempt_number: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(StorableText)
    start: Mapped[int]
    end: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(16))
    support: Mapped[float]
    reason: Mapped[str] = mapped_column(StorableText)
    check_name: Mapped[str] = mapped_column(StorableText)
    article: Mapped[str | None] = mapped_column(StorableText)
    """None where no article speaks of it, like all that follows."""
    title: Mapped[str | None] = mapped_column(StorableText)
    version: Mapped[str | None] = mapped_column(StorableText)
    evidence_start: Mapped[int | None]
    evidence_end: Mapped[int | None]
    passage_start: Mapped[int | None]
    passage_end: Mapped[int | None]
    facts: Mapped[list[dict[str, str | int]] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (
        ForeignKeyConstraint(
            ["turn_id", "receipt_number", "attempt_number"],
            [
                "receipt_attempts.turn_id",
                "receipt_attempts.receipt_number",
                "receipt_attempts.number",
            ],
        ),
        Index("receipt_claims_by_article", "article", postgresql_using="hash"),
    )


class ReviewRow(Table):
    """What a person said the right answer to a question is, or that it makes no case."""

    __tablename__ = "reviews"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    decided: Mapped[datetime] = mapped_column(UtcDateTime)
    right: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """None where it was dismissed."""


class LiveScoreRow(Table):
    """What one of the evaluation's metrics said of a customer's answer."""

    __tablename__ = "live_scores"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    metric: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[float | None]
    reason: Mapped[str] = mapped_column(StorableText)
    is_low: Mapped[bool]
    scored: Mapped[datetime] = mapped_column(UtcDateTime)
