"""The review queue in a SQL database."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, exists, false, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from app.answer import Outcome
from app.errors import NotFoundError
from app.grounding.receipt import Ruling
from app.store.records import Rating, TurnState
from app.store.reviews import Accepted, Candidate, Occasion, RightAnswer
from app.store.rows import to_exchange
from app.store.sessions import Sessions
from app.store.tables import FeedbackRow, ReceiptRow, ReviewRow, SentenceRow, TurnRow

_KEPT_BACK = (Ruling.REPAIRED, Ruling.QUOTED, Ruling.DROPPED)
_WHOLE = (
    selectinload(TurnRow.sentences).selectinload(SentenceRow.citations),
    joinedload(TurnRow.feedback),
)
_ID_PREFIX_DIGITS = 8
_HAS_THUMB_DOWN = exists().where(
    FeedbackRow.turn_id == TurnRow.id, FeedbackRow.rating == Rating.DOWN
)
_HAS_KEPT_BACK = exists().where(ReceiptRow.turn_id == TurnRow.id, ReceiptRow.ruling.in_(_KEPT_BACK))


class SqlReviews:
    """Keeps the review queue in the database that `open_database` returned."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = Sessions(engine)

    def waiting(self, limit: int, sampled: float) -> tuple[Candidate, ...]:
        """Return at most `limit` answers that nobody has reviewed, the newest first."""
        with self._sessions.read() as session:
            rows = session.execute(
                select(TurnRow, _HAS_THUMB_DOWN, _HAS_KEPT_BACK)
                .where(TurnRow.state == TurnState.DONE, TurnRow.outcome.is_not(None))
                .where(~exists().where(ReviewRow.turn_id == TurnRow.id))
                .where(or_(_HAS_THUMB_DOWN, _HAS_KEPT_BACK, _is_sampled(sampled)))
                .order_by(TurnRow.created.desc(), TurnRow.id)
                .limit(limit)
                .options(*_WHOLE)
            ).unique()
            return tuple(
                _candidate(session, turn, has_thumb_down=thumb_down, has_kept_back=kept_back)
                for turn, thumb_down, kept_back in rows
            )

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
                select(TurnRow, ReviewRow, _HAS_THUMB_DOWN, _HAS_KEPT_BACK)
                .join(ReviewRow, ReviewRow.turn_id == TurnRow.id)
                .where(ReviewRow.right.is_not(None))
                .order_by(TurnRow.created, TurnRow.id)
                .options(*_WHOLE)
            ).unique()
            return tuple(
                Accepted(
                    _candidate(session, turn, has_thumb_down=thumb_down, has_kept_back=kept_back),
                    _right(review.right),
                    review.decided,
                )
                for turn, review, thumb_down, kept_back in rows
            )

    def _decide(self, turn: str, decided: datetime, right: dict[str, Any] | None) -> None:
        with self._sessions.write() as session:
            row = session.get(TurnRow, turn)
            if row is None or row.outcome is None:
                raise NotFoundError(f"There is no answered turn {turn}.")
            session.merge(ReviewRow(turn_id=turn, decided=decided, right=right))


def _is_sampled(share: float) -> ColumnElement[bool]:
    """Say of the random ids of turns which of them fall into the first `share`."""
    if share <= 0:
        return false()
    first_left_out = round(share * 16**_ID_PREFIX_DIGITS)
    if first_left_out >= 16**_ID_PREFIX_DIGITS:
        return true()
    return TurnRow.id < f"{first_left_out:0{_ID_PREFIX_DIGITS}x}"


def _candidate(
    session: Session, turn: TurnRow, *, has_thumb_down: bool, has_kept_back: bool
) -> Candidate:
    earlier = session.scalars(
        select(TurnRow.question)
        .where(
            TurnRow.conversation_id == turn.conversation_id,
            TurnRow.position < turn.position,
            TurnRow.state == TurnState.DONE,
        )
        .order_by(TurnRow.position)
    )
    occasions = {
        Occasion.THUMB_DOWN: has_thumb_down,
        Occasion.KEPT_BACK: has_kept_back,
        Occasion.SAMPLED: not (has_thumb_down or has_kept_back),
    }
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
        occasions=tuple(one for one, applies in occasions.items() if applies),
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
