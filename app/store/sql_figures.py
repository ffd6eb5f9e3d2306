"""Turns in numbers, from a SQL database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, and_, case, func, select

from app.answer import Budget, CacheHit, Outcome
from app.grounding.verdict import Verdict
from app.store.records import TurnState
from app.store.sessions import Sessions
from app.store.tables import ClaimRow, ModelCallRow, TurnRow
from app.store.turn_figures import ServedModel, TurnFigures

_FIRST_ATTEMPT = 1
_CALLS = (
    select(
        ModelCallRow.turn_id,
        func.count().label("calls"),
        func.sum(case((ModelCallRow.estimated, 1), else_=0)).label("estimated"),
        func.sum(case((ModelCallRow.cost_usd.is_(None), 1), else_=0)).label("unpriced"),
        func.sum(ModelCallRow.prompt_tokens + ModelCallRow.completion_tokens).label("tokens"),
    )
    .group_by(ModelCallRow.turn_id)
    .subquery()
)


class SqlFigures:
    """Reads figures from the database that `open_database` returned."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = Sessions(engine)

    def turns(self, since: datetime) -> Sequence[TurnFigures]:
        """Return the turns begun since then, oldest first."""
        with self._sessions.read() as session:
            rows = session.execute(
                select(TurnRow, _CALLS.c.calls, _CALLS.c.estimated, _CALLS.c.unpriced,
                       _CALLS.c.tokens)
                .outerjoin(_CALLS, _CALLS.c.turn_id == TurnRow.id)
                .where(TurnRow.created >= since)
                .order_by(TurnRow.created, TurnRow.id)
            )  # fmt: skip
            return tuple(_figures(row) for row in rows)

    def served(self, since: datetime) -> Sequence[ServedModel]:
        """Return what served the model calls of turns begun since then, the first seen first."""
        told = (ModelCallRow.model, ModelCallRow.served_model, ModelCallRow.served_fingerprint)
        first = func.min(TurnRow.created)
        with self._sessions.read() as session:
            rows = session.execute(
                select(*told, func.count(), first, func.max(TurnRow.created))
                .join(TurnRow, TurnRow.id == ModelCallRow.turn_id)
                .where(TurnRow.created >= since)
                .group_by(*told)
                .order_by(first, *told)
            )
            return tuple(ServedModel(*row) for row in rows)

    def objections(self, since: datetime) -> Mapping[str, int]:
        """Return against how many sentences, as they were drafted, which check objected."""
        objected = (
            select(ClaimRow.check_name, ClaimRow.turn_id, ClaimRow.receipt_number)
            .join(TurnRow, TurnRow.id == ClaimRow.turn_id)
            .where(
                and_(
                    TurnRow.created >= since,
                    ClaimRow.attempt_number == _FIRST_ATTEMPT,
                    ClaimRow.verdict != Verdict.SUPPORTED,
                )
            )
            .distinct()
            .subquery()
        )
        with self._sessions.read() as session:
            counted = session.execute(
                select(objected.c.check_name, func.count()).group_by(objected.c.check_name)
            )
            return {row.check_name: row[1] for row in counted}


def _figures(row: Row[Any]) -> TurnFigures:
    turn = row[0]
    return TurnFigures(
        conversation=turn.conversation_id,
        created=turn.created,
        state=TurnState(turn.state),
        outcome=Outcome(turn.outcome) if turn.outcome else None,
        release=turn.release,
        client=turn.client,
        budget=Budget(turn.budget) if turn.budget else None,
        cache_hit=CacheHit(turn.cache_hit) if turn.cache_hit else None,
        cost_usd=turn.cost_usd,
        calls=row.calls or 0,
        estimated_calls=row.estimated or 0,
        unpriced_calls=row.unpriced or 0,
        tokens=row.tokens or 0,
        timings_ms=turn.timings_ms or {},
    )
