"""Turns records into table rows, and rows back into records."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from app.answer import Exchange, Outcome, Usage
from app.store.records import (
    AnswerRecord,
    CitationRecord,
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


def event_row(turn: str, event: TurnEvent) -> EventRow:
    """Return the row of a turn's event."""
    data = json.dumps(event.data, ensure_ascii=False)
    return EventRow(turn_id=turn, number=event.number, name=event.name, data=data)


def sentence_row(turn: str, number: int, sentence: SentenceRecord) -> SentenceRow:
    """Return the row of a released sentence, with those of its citations."""
    return SentenceRow(
        turn_id=turn,
        number=number,
        text=sentence.text,
        citations=[
            _citation_row(turn, number, place, citation)
            for place, citation in enumerate(sentence.citations, start=1)
        ],
    )


def answer_columns(answer: AnswerRecord) -> dict[str, object]:
    """Return the columns of a turn that its answer fills."""
    return {
        "outcome": answer.outcome,
        "text": answer.text,
        "query": answer.query,
        "model": answer.model,
        "generation": answer.generation,
        "prompt": answer.prompt,
        "prompt_fingerprint": answer.prompt_fingerprint,
        "timings_ms": dict(answer.timings_ms),
    }


def passage_rows(turn: str, passages: Iterable[PassageRecord]) -> Iterator[PassageRow]:
    """Yield the rows of the passages that a turn's answerer was given."""
    for number, passage in enumerate(passages, start=1):
        yield PassageRow(
            turn_id=turn,
            number=number,
            article=passage.article,
            chunk=passage.chunk,
            score=passage.score,
        )


def model_call_rows(turn: str, usage: Iterable[Usage]) -> Iterator[ModelCallRow]:
    """Yield the rows of what a turn's model calls took."""
    for number, call in enumerate(usage, start=1):
        yield ModelCallRow(
            turn_id=turn,
            number=number,
            model=call.model,
            prompt_tokens=call.prompt_tokens,
            completion_tokens=call.completion_tokens,
            cached_tokens=call.cached_tokens,
            cost_usd=call.cost_usd,
            estimated=call.estimated,
        )


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


def _citation_row(turn: str, sentence: int, number: int, citation: CitationRecord) -> CitationRow:
    return CitationRow(
        turn_id=turn,
        sentence_number=sentence,
        number=number,
        article=citation.article,
        title=citation.title,
        url=citation.url,
        heading=citation.heading,
        start=citation.start,
        end=citation.end,
        passage_start=citation.passage_start,
        passage_end=citation.passage_end,
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


def _to_answer(row: TurnRow) -> AnswerRecord | None:
    if row.outcome is None:
        return None
    return AnswerRecord(
        outcome=Outcome(row.outcome),
        text=row.text or "",
        query=row.query or row.question,
        model=row.model or "",
        generation=row.generation,
        prompt=row.prompt,
        prompt_fingerprint=row.prompt_fingerprint,
        passages=tuple(PassageRecord(p.article, p.chunk, p.score) for p in row.passages),
        usage=tuple(map(_to_usage, row.model_calls)),
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
    )


def _to_feedback(row: FeedbackRow | None) -> Feedback | None:
    return None if row is None else Feedback(Rating(row.rating), row.reason, row.comment)
