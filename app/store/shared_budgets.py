"""Shared budgets: what turns cost, and what is held back for those that run, in their table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, select, text

from app.answer import Budget
from app.store.prepared import Values, first_row, sql_table
from app.store.records import NewTurn
from app.store.tables import TurnRow
from app.telemetry.limits import Limits

_LOCK = text("SELECT pg_advisory_xact_lock(7226368)")
"""Any number that every Candor shares, beside that of the migrations."""
_TURNS = sql_table(TurnRow)
CHARGED = func.coalesce(_TURNS.c.cost_usd, _TURNS.c.held_usd, 0.0)
"""What a turn counts for in a budget: what it cost, or what is held back while it runs."""
_SPENT = select(func.coalesce(func.sum(CHARGED), 0.0))
_OF_CONVERSATION = _SPENT.where(_TURNS.c.conversation_id == bindparam("talk"))
_IS_OWN = _TURNS.c.client.is_not_distinct_from(bindparam("key"))
_OF_DAY = _SPENT.add_columns(
    func.coalesce(func.sum(case((_IS_OWN, CHARGED), else_=0.0)), 0.0)
).where(_TURNS.c.created >= bindparam("midnight"), _TURNS.c.created < bindparam("next_midnight"))


@dataclass(frozen=True, slots=True)
class Admitted:
    """How a turn was let in."""

    held_usd: float | None = None
    """What is held back for it; None where nothing is."""
    used_up: Budget | None = None
    """The budget that lets it spend nothing."""


def admit(connection: Connection, turn: NewTurn, limits: Limits) -> Admitted:
    """Return what to hold back for a turn that begins in this transaction.

    Nobody else asks before the transaction ends: SQLite has one writer, PostgreSQL a lock. A turn
    whose server died goes on holding back what it might have cost.
    """
    if not limits.are_shared:
        return Admitted()
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    used_up = _used_up(connection, turn, limits)
    return Admitted(None if used_up else limits.request, used_up)


def _used_up(connection: Connection, turn: NewTurn, limits: Limits) -> Budget | None:
    if limits.conversation is not None:
        (spent,) = _sums(connection, _OF_CONVERSATION, {"talk": turn.conversation})
        if spent >= limits.conversation:
            return Budget.CONVERSATION
    if limits.key is None and limits.day is None:
        return None
    midnight = datetime.combine(turn.created.astimezone(UTC).date(), time(), UTC)
    next_midnight = midnight + timedelta(days=1)
    asked = {"key": turn.client, "midnight": midnight, "next_midnight": next_midnight}
    by_all, by_key = _sums(connection, _OF_DAY, asked)
    if limits.key is not None and by_key >= limits.key:
        return Budget.KEY
    return Budget.DAY if limits.day is not None and by_all >= limits.day else None


def _sums(connection: Connection, statement: Select[Any], values: Values) -> Sequence[float]:
    return first_row(connection, statement, values) or ()  # a sum always has its row
