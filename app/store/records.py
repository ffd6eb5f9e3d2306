"""What is kept of a conversation: its turns, their events, and what each sentence rested on.

A record holds ids, spans and snapshots instead of articles, so that "why did we say this?"
can be asked long after the generation that was searched is gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.answer import Answer, Budget, CacheHit, Citation, Outcome, Sentence, Usage
from app.store.receipts import ReceiptRecord


class TurnState(StrEnum):
    """How far a turn has come."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class EventName(StrEnum):
    """What a turn tells its readers."""

    TURN = "turn"
    SENTENCE = "sentence"
    OUTCOME = "outcome"
    ERROR = "error"
    DONE = "done"


class Rating(StrEnum):
    """A thumb."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """One numbered event of a turn, counted from 1."""

    number: int
    name: EventName
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """The words that a sentence rests on, with the article's title and address as they were."""

    article: str
    title: str
    url: str | None
    heading: str
    """Heading path joined with ` › `."""
    start: int
    end: int
    passage_start: int
    passage_end: int


@dataclass(frozen=True, slots=True)
class SentenceRecord:
    """One released sentence."""

    text: str
    citations: tuple[CitationRecord, ...]


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage that the answerer was given."""

    article: str
    chunk: str
    score: float
    similarity: float | None = None
    """Cosine of the query and the passage."""


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """How a turn was answered, and by what."""

    outcome: Outcome
    text: str
    query: str
    model: str
    generation: str | None = None
    release: str | None = None
    prompt: str | None = None
    prompt_fingerprint: str | None = None
    passages: tuple[PassageRecord, ...] = ()
    cache_hit: CacheHit | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a customer thought of an answer."""

    rating: Rating
    reason: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class NewTurn:
    """A question that is about to be answered."""

    id: str
    conversation: str
    question: str
    at: date | None
    created: datetime
    lease_until: datetime
    """Until when the server that answers it is taken to be alive without a further sign."""
    release: str | None = None
    """The release that its conversation was assigned; None where no release decides."""
    client: str | None = None
    """Name of the key that it came with."""
    begins_conversation: bool = False
    """Whether there is no such conversation yet: it is kept with this turn."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one drafted sentence of a running turn."""

    event: TurnEvent | None = None
    """Shows the sentence; None where nothing is shown."""
    sentence: SentenceRecord | None = None
    receipt: ReceiptRecord | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a turn ended."""

    state: TurnState
    finished: datetime
    events: tuple[TurnEvent, ...]
    answer: AnswerRecord | None = None
    """None unless the turn is done."""
    error: str | None = None
    usage: tuple[Usage, ...] | None = ()
    """One entry a model call, however it and the turn ended; None where nobody knows any more."""
    budget: Budget | None = None
    """Which budget it met."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as it is stored."""

    id: str
    conversation: str
    question: str
    at: date | None
    state: TurnState
    created: datetime
    finished: datetime | None = None
    sentences: tuple[SentenceRecord, ...] = ()
    """Released so far."""
    answer: AnswerRecord | None = None
    error: str | None = None
    feedback: Feedback | None = None
    usage: tuple[Usage, ...] = ()
    """One entry a model call."""
    cost_usd: float | None = None
    """What they cost, as far as prices are known; None while it runs, or where its server died."""
    budget: Budget | None = None
    client: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its turns, oldest first."""

    id: str
    created: datetime
    turns: tuple[Turn, ...] = ()


def record_sentence(sentence: Sentence) -> SentenceRecord:
    """Return what is kept of a released sentence."""
    return SentenceRecord(sentence.text, tuple(map(_record_citation, sentence.citations)))


def record_answer(answer: Answer, question: str) -> AnswerRecord:
    """Return what is kept of an answer to `question` beside its sentences."""
    return AnswerRecord(
        outcome=answer.outcome,
        text=answer.text,
        query=answer.question.query if answer.question else question,
        model=answer.model,
        generation=answer.generation,
        release=answer.release,
        prompt=answer.prompt,
        prompt_fingerprint=answer.prompt_fingerprint,
        passages=tuple(
            PassageRecord(found.article.id, found.chunk.id, found.score, found.similarity)
            for found in answer.passages
        ),
        cache_hit=answer.cache_hit,
        timings_ms=dict(answer.timings_ms),
    )


def _record_citation(citation: Citation) -> CitationRecord:
    article, chunk = citation.passage.article, citation.passage.chunk
    return CitationRecord(
        article=article.id,
        title=article.title,
        url=article.url,
        heading=" › ".join(chunk.heading_path),
        start=citation.start,
        end=citation.end,
        passage_start=chunk.start,
        passage_end=chunk.end,
    )
