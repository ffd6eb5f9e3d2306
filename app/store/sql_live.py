"""Live turns and their scores in a SQL database."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, exists, func, select

from app.answer import Outcome
from app.grounding.receipt import Ruling
from app.store.live import LiveScore, TurnFigures
from app.store.records import Rating, TurnState
from app.store.sampling import is_sampled
from app.store.sessions import Sessions
from app.store.shared_budgets import CHARGED
from app.store.tables import (
    FeedbackRow,
    LiveScoreRow,
    ModelCallRow,
    PassageRow,
    ReceiptRow,
    TurnRow,
)

MOST_TURNS = 200_000
"""The newest turns that are read at once: a month of some 6,000 a day."""
_KEPT_BACK = (Ruling.REPAIRED, Ruling.QUOTED, Ruling.DROPPED)
_MS = 1000.0
_TOKENS = ModelCallRow.prompt_tokens + ModelCallRow.completion_tokens


class SqlLiveTurns:
    """Reads live turns from the database that `open_database` returned."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = Sessions(engine)

    def figures(self, since: datetime, until: datetime) -> tuple[TurnFigures, ...]:
        """Return the turns that were begun in a span of time and have ended, the oldest first."""
        with self._sessions.read() as session:
            rows = session.execute(_figures(since, until)).all()
            disliked = set(session.scalars(_disliked(since, until)))
        return tuple(_to_figures(row, disliked) for row in reversed(rows))

    def charged(self, since: datetime, until: datetime) -> Mapping[str | None, float]:
        """Return what the turns of a span of time are charged with, by the client's name."""
        with self._sessions.read() as session:
            rows = session.execute(
                select(TurnRow.client, func.sum(CHARGED).label("spent"))
                .where(TurnRow.created >= since, TurnRow.created < until)
                .group_by(TurnRow.client)
            )
            return {row.client: row.spent for row in rows}

    def unscored(self, since: datetime, until: datetime, share: float) -> tuple[str, ...]:
        """Return the ids of a share of the answered turns of that time without a score."""
        has_score = exists().where(LiveScoreRow.turn_id == TurnRow.id)
        with self._sessions.read() as session:
            found = session.scalars(
                select(TurnRow.id)
                .where(TurnRow.created >= since, TurnRow.created < until)
                .where(TurnRow.state == TurnState.DONE, TurnRow.outcome == Outcome.ANSWERED)
                .where(~has_score, is_sampled(share))
                .order_by(TurnRow.id)
            )
            return tuple(found)

    def keep_scores(self, scores: Collection[LiveScore], scored: datetime) -> None:
        """Keep scores; those of a turn that was forgotten meanwhile are dropped."""
        with self._sessions.write() as session:
            wanted = {one.turn for one in scores}
            known = set(session.scalars(select(TurnRow.id).where(TurnRow.id.in_(wanted))))
            for one in scores:
                if one.turn in known:
                    session.merge(
                        LiveScoreRow(
                            turn_id=one.turn,
                            metric=one.metric,
                            value=one.value,
                            reason=one.reason,
                            is_low=one.is_low,
                            scored=scored,
                        )
                    )

    def scores(self, since: datetime, until: datetime) -> tuple[LiveScore, ...]:
        """Return the scores of the turns that were begun in a span of time."""
        with self._sessions.read() as session:
            rows = session.scalars(
                select(LiveScoreRow)
                .join(TurnRow, TurnRow.id == LiveScoreRow.turn_id)
                .where(TurnRow.created >= since, TurnRow.created < until)
                .order_by(TurnRow.created, LiveScoreRow.turn_id, LiveScoreRow.metric)
            )
            return tuple(
                LiveScore(row.turn_id, row.metric, row.value, row.reason, row.is_low)
                for row in rows
            )


def _figures(since: datetime, until: datetime) -> Select[Any]:
    of_receipts = ReceiptRow.turn_id == TurnRow.id
    of_calls = ModelCallRow.turn_id == TurnRow.id
    return (
        select(
            TurnRow.id,
            TurnRow.conversation_id,
            TurnRow.created,
            TurnRow.outcome,
            TurnRow.state,
            TurnRow.release,
            TurnRow.model,
            TurnRow.timings_ms,
            _counted(select(func.count()).where(of_receipts)).label("drafted"),
            _counted(
                select(func.count()).where(of_receipts, ReceiptRow.ruling.in_(_KEPT_BACK))
            ).label("kept_back"),
            _counted(
                select(func.max(PassageRow.similarity)).where(PassageRow.turn_id == TurnRow.id)
            ).label("similarity"),
            _counted(select(func.sum(ModelCallRow.cost_usd)).where(of_calls)).label("cost"),
            _counted(select(func.sum(_TOKENS)).where(of_calls)).label("tokens"),
        )
        .where(TurnRow.created >= since, TurnRow.created < until)
        .where(TurnRow.state != TurnState.RUNNING)
        .order_by(TurnRow.created.desc(), TurnRow.id.desc())
        .limit(MOST_TURNS)
    )


def _counted(query: Select[Any]) -> Any:
    return query.correlate(TurnRow).scalar_subquery()


def _disliked(since: datetime, until: datetime) -> Select[Any]:
    return (
        select(FeedbackRow.turn_id)
        .join(TurnRow, TurnRow.id == FeedbackRow.turn_id)
        .where(TurnRow.created >= since, TurnRow.created < until)
        .where(FeedbackRow.rating == Rating.DOWN)
    )


def _to_figures(row: Row[Any], disliked: Collection[str]) -> TurnFigures:
    spent: Mapping[str, float] = row.timings_ms or {}
    return TurnFigures(
        turn=row.id,
        conversation=row.conversation_id,
        created=row.created,
        outcome=Outcome(row.outcome) if row.outcome else None,
        state=TurnState(row.state),
        release=row.release,
        model=row.model,
        seconds=spent["total"] / _MS if "total" in spent else None,
        drafted=row.drafted,
        kept_back=row.kept_back,
        is_disliked=row.id in disliked,
        similarity=row.similarity,
        cost_usd=row.cost,
        tokens=row.tokens or 0,
    )
