"""The review queue in a SQL database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.answer import Outcome
from app.errors import NotFoundError
from app.grounding.receipt import Ruling
from app.store.records import Rating, TurnState
from app.store.reviews import Accepted, Candidate, Occasion, RightAnswer
from app.store.rows import to_exchange
from app.store.sampling import is_sampled
from app.store.sessions import Sessions
from app.store.tables import FeedbackRow, LiveScoreRow, ReceiptRow, ReviewRow, SentenceRow, TurnRow

_KEPT_BACK = (Ruling.REPAIRED, Ruling.QUOTED, Ruling.DROPPED)
_WHOLE = (
    selectinload(TurnRow.sentences).selectinload(SentenceRow.citations),
    joinedload(TurnRow.feedback),
)
_HAS_THUMB_DOWN = exists().where(
    FeedbackRow.turn_id == TurnRow.id, FeedbackRow.rating == Rating.DOWN
)
_HAS_KEPT_BACK = exists().where(ReceiptRow.turn_id == TurnRow.id, ReceiptRow.ruling.in_(_KEPT_BACK))

_HAS_LOW_SCORE = exists().where(LiveScoreRow.turn_id == TurnRow.id, LiveScoreRow.is_low)
_REASONS = {
    Occasion.THUMB_DOWN: _HAS_THUMB_DOWN,
    Occasion.KEPT_BACK: _HAS_KEPT_BACK,
    Occasion.LOW_SCORE: _HAS_LOW_SCORE,
}


class SqlReviews:
    """Keeps the review queue in the database that `open_database` returned."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = Sessions(engine)

    def waiting(self, limit: int, sampled: float) -> tuple[Candidate, ...]:
        """Return at most `limit` answers that nobody has reviewed, the newest first."""
        with self._sessions.read() as session:
            rows = session.execute(
                select(TurnRow, *_REASONS.values())
                .where(TurnRow.state == TurnState.DONE, TurnRow.outcome.is_not(None))
                .where(~exists().where(ReviewRow.turn_id == TurnRow.id))
                .where(or_(*_REASONS.values(), is_sampled(sampled)))
                .order_by(TurnRow.created.desc(), TurnRow.id)
                .limit(limit)
                .options(*_WHOLE)
            ).unique()
            return tuple(_candidate(session, turn, reasons) for turn, *reasons in rows)

    def accept(self, turn: str, right: RightAnswer, decided: datetime) -> None:
        """Make a case of an answer; what was said of it before is replaced."""
        self._decide(turn, decided, asdict(right))

    def dismiss(self, turn: str, decided: datetime) -> None:
        """Take an answer from the queue; what was said of it before is replaced."""
        self._decide(turn, decided, None)

    def accepted(self) -> tuple[Accepted, ...]:
        """Return the answers of which cases were made, in the order of their questions."""
        with self._sessions.read() as session:
            rows = session.execute(
                select(TurnRow, ReviewRow, *_REASONS.values())
                .join(ReviewRow, ReviewRow.turn_id == TurnRow.id)
                .where(ReviewRow.right.is_not(None))
                .order_by(TurnRow.created, TurnRow.id)
                .options(*_WHOLE)
            ).unique()
            return tuple(
                Accepted(_candidate(session, turn, reasons), _right(review.right), review.decided)
                for turn, review, *reasons in rows
            )

    def _decide(self, turn: str, decided: datetime, right: dict[str, Any] | None) -> None:
        with self._sessions.write() as session:
            row = session.get(TurnRow, turn)
            if row is None or row.outcome is None:
                raise NotFoundError(f"There is no answered turn {turn}.")
            session.merge(ReviewRow(turn_id=turn, decided=decided, right=right))


def _candidate(session: Session, turn: TurnRow, reasons: Sequence[bool]) -> Candidate:
    earlier = session.scalars(
        select(TurnRow.question)
        .where(
            TurnRow.conversation_id == turn.conversation_id,
            TurnRow.position < turn.position,
            TurnRow.state == TurnState.DONE,
        )
        .order_by(TurnRow.position)
    )
    occasions = [one for one, holds in zip(_REASONS, reasons, strict=True) if holds]
    exchange = to_exchange(turn)
    return Candidate(
        turn=turn.id,
        conversation=turn.conversation_id,
        question=turn.question,
        history=tuple(earlier),
        at=turn.at or turn.created.date(),
        asked=turn.created,
        outcome=Outcome(turn.outcome or ""),
        text=exchange.answer,
        articles=exchange.article_ids,
        occasions=tuple(occasions) or (Occasion.SAMPLED,),
        comment=turn.feedback.comment if turn.feedback else None,
    )


def _right(kept: dict[str, Any] | None) -> RightAnswer:
    said = kept or {}
    return RightAnswer(
        outcomes=tuple(map(Outcome, said["outcomes"])),
        articles=tuple(said["articles"]),
        must=tuple(map(tuple, said["must"])),
        must_not=tuple(said["must_not"]),
        note=said["note"],
    )
