"""The turns that releases are compared by, from a SQL database."""

from collections.abc import Sequence

from sqlalchemy import Engine, exists, func, select

from app.answer import Outcome
from app.grounding.receipt import Ruling
from app.store.arms import ArmTurn
from app.store.records import Rating, TurnState
from app.store.sessions import Sessions
from app.store.tables import FeedbackRow, ModelCallRow, ReceiptRow, TurnRow

_KEPT_BACK = exists().where(ReceiptRow.turn_id == TurnRow.id, ReceiptRow.ruling != Ruling.RELEASED)
_CALLS = select(func.count()).where(ModelCallRow.turn_id == TurnRow.id).scalar_subquery()
_PRICED = (
    select(func.count(ModelCallRow.cost_usd)).where(ModelCallRow.turn_id == TurnRow.id)
).scalar_subquery()
_COST = (
    select(func.coalesce(func.sum(ModelCallRow.cost_usd), 0.0))
    .where(ModelCallRow.turn_id == TurnRow.id)
    .scalar_subquery()
)


class SqlArmTurns:
    """Reads them from the database that `open_database` returned."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = Sessions(engine)

    def of_releases(self, releases: Sequence[str]) -> tuple[ArmTurn, ...]:
        """Return all ended turns of conversations with a turn of one of these releases."""
        talks = select(TurnRow.conversation_id).where(TurnRow.release.in_(releases))
        with self._sessions.read() as session:
            rows = session.execute(
                select(TurnRow, FeedbackRow.rating, _KEPT_BACK, _CALLS, _PRICED, _COST)
                .outerjoin(FeedbackRow, FeedbackRow.turn_id == TurnRow.id)
                .where(TurnRow.conversation_id.in_(talks), TurnRow.state != TurnState.RUNNING)
                .order_by(TurnRow.conversation_id, TurnRow.position)
            )
            return tuple(
                ArmTurn(
                    conversation=turn.conversation_id,
                    release=turn.release,
                    state=TurnState(turn.state),
                    outcome=Outcome(turn.outcome) if turn.outcome else None,
                    total_ms=(turn.timings_ms or {}).get("total"),
                    rating=Rating(rating) if rating else None,
                    kept_back=kept_back,
                    cost_usd=cost if calls == priced else None,
                )
                for turn, rating, kept_back, calls, priced, cost in rows
            )
