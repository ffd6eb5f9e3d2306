"""Turns records into table rows, and rows back into records."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime

from app.answer import Budget, CacheHit, CallEnd, Exchange, Outcome, Purpose, Usage
from app.store.prepared import Row
from app.store.records import (
    AnswerRecord,
    CitationRecord,
    Ending,
    Feedback,
    PassageRecord,
    Rating,
    SentenceRecord,
    Turn,
    TurnEvent,
    TurnState,
)
from app.store.tables import (
    CitationRow,
    EventRow,
    FeedbackRow,
    ModelCallRow,
    PassageRow,
    SentenceRow,
    TurnRow,
)


def event_row(turn: str, event: TurnEvent) -> Row:
    """Return the row of a turn's event."""
    data = json.dumps(event.data, ensure_ascii=False)
    return EventRow, {"turn_id": turn, "number": event.number, "name": event.name, "data": data}


def sentence_rows(turn: str, number: int, sentence: SentenceRecord) -> Iterator[Row]:
    """Yield the row of a released sentence, then those of its citations."""
    yield SentenceRow, {"turn_id": turn, "number": number, "text": sentence.text}
    for place, citation in enumerate(sentence.citations, start=1):
        key = {"turn_id": turn, "sentence_number": number, "number": place}
        yield CitationRow, key | asdict(citation)


def ending_columns(ending: Ending) -> dict[str, object]:
    """Return the columns of a turn that its ending fills."""
    return {
        "state": ending.state,
        "finished": ending.finished,
        "error": ending.error,
        "cost_usd": None if ending.usage is None else _known_cost(ending.usage),
        "budget": ending.budget,
        **(_answer_columns(ending.answer) if ending.answer else {}),
    }


def _answer_columns(answer: AnswerRecord) -> dict[str, object]:
    """Return the columns of a turn that its answer fills."""
    return {
        "outcome": answer.outcome,
        "text": answer.text,
        "query": answer.query,
        "model": answer.model,
        "generation": answer.generation,
        "release": answer.release,
        "prompt": answer.prompt,
        "prompt_fingerprint": answer.prompt_fingerprint,
        "cache_hit": answer.cache_hit,
        "timings_ms": dict(answer.timings_ms),
    }


def passage_rows(turn: str, passages: Iterable[PassageRecord]) -> Iterator[Row]:
    """Yield the rows of the passages that a turn's answerer was given."""
    for number, passage in enumerate(passages, start=1):
        yield (
            PassageRow,
            {
                "turn_id": turn,
                "number": number,
                "article": passage.article,
                "chunk": passage.chunk,
                "score": passage.score,
                "similarity": passage.similarity,
            },
        )


def model_call_rows(turn: str, usage: Iterable[Usage]) -> Iterator[Row]:
    """Yield the rows of what a turn's model calls took."""
    for number, call in enumerate(usage, start=1):
        yield (
            ModelCallRow,
            {
                "turn_id": turn,
                "number": number,
                "model": call.model,
                "prompt_tokens": call.prompt_tokens,
                "completion_tokens": call.completion_tokens,
                "cached_tokens": call.cached_tokens,
                "cost_usd": call.cost_usd,
                "estimated": call.estimated,
                "purpose": call.purpose,
                "ending": call.ending,
                "served_model": call.served_model,
                "served_fingerprint": call.served_fingerprint,
            },
        )


def _known_cost(usage: Iterable[Usage]) -> float:
    """Return what the calls cost in US dollars, those without a known price left out."""
    return math.fsum(call.cost_usd for call in usage if call.cost_usd is not None)


def feedback_row(turn: str, feedback: Feedback, given: datetime) -> FeedbackRow:
    """Return the row of what a customer thought of a turn."""
    return FeedbackRow(
        turn_id=turn,
        rating=feedback.rating,
        reason=feedback.reason,
        comment=feedback.comment,
        given=given,
    )


def to_turn(row: TurnRow) -> Turn:
    """Return the turn that a row and those below it hold."""
    return Turn(
        id=row.id,
        conversation=row.conversation_id,
        question=row.question,
        at=row.at,
        state=TurnState(row.state),
        created=row.created,
        finished=row.finished,
        sentences=tuple(map(_to_sentence, row.sentences)),
        answer=_to_answer(row),
        error=row.error,
        feedback=_to_feedback(row.feedback),
        usage=tuple(map(_to_usage, row.model_calls)),
        cost_usd=row.cost_usd,
        budget=Budget(row.budget) if row.budget else None,
        client=row.client,
    )


def to_exchange(row: TurnRow) -> Exchange:
    """Return an answered turn as the assistant remembers it."""
    cited = (citation.article for sentence in row.sentences for citation in sentence.citations)
    return Exchange(
        question=row.question,
        answer=row.text or "",
        query=row.query or row.question,
        article_ids=tuple(dict.fromkeys(cited)),
    )


def _to_sentence(row: SentenceRow) -> SentenceRecord:
    return SentenceRecord(row.text, tuple(map(_to_citation, row.citations)))


def _to_citation(row: CitationRow) -> CitationRecord:
    return CitationRecord(
        article=row.article,
        title=row.title,
        url=row.url,
        heading=row.heading,
        start=row.start,
        end=row.end,
        passage_start=row.passage_start,
        passage_end=row.passage_end,
    )


def _to_passage(row: PassageRow) -> PassageRecord:
    return PassageRecord(row.article, row.chunk, row.score, row.similarity)


def _to_answer(row: TurnRow) -> AnswerRecord | None:
    if row.outcome is None:
        return None
    return AnswerRecord(
        outcome=Outcome(row.outcome),
        text=row.text or "",
        query=row.query or row.question,
        model=row.model or "",
        generation=row.generation,
        release=row.release,
        prompt=row.prompt,
        prompt_fingerprint=row.prompt_fingerprint,
        passages=tuple(map(_to_passage, row.passages)),
        cache_hit=CacheHit(row.cache_hit) if row.cache_hit else None,
        timings_ms=row.timings_ms or {},
    )


def _to_usage(row: ModelCallRow) -> Usage:
    return Usage(
        model=row.model,
        prompt_tokens=row.prompt_tokens,
        completion_tokens=row.completion_tokens,
        cached_tokens=row.cached_tokens,
        cost_usd=row.cost_usd,
        estimated=row.estimated,
        purpose=Purpose(row.purpose),
        ending=CallEnd(row.ending),
        served_model=row.served_model,
        served_fingerprint=row.served_fingerprint,
    )


def _to_feedback(row: FeedbackRow | None) -> Feedback | None:
    return None if row is None else Feedback(Rating(row.rating), row.reason, row.comment)
