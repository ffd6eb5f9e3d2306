"""Forgetting: a conversation is removed from every table, also from those that come later.

Each table hangs on a turn by its `turn_id`, or is one of the two that hold conversations and turns;
a test sees to it that a new table does so too.
"""

from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Session

from app.store.tables import ConversationRow, Table, TurnRow

_TURN = "turn_id"


def remove_conversation(session: Session, conversation: str) -> dict[str, int]:
    """Delete all rows of a conversation in this transaction, and return how many, by table."""
    removed = {}
    for table in forgettable():
        result: CursorResult[Any] = session.connection().execute(
            delete(table).where(_belongs(table, conversation))
        )
        if result.rowcount:
            removed[table.name] = result.rowcount
    return removed


def forgettable() -> tuple[SqlTable, ...]:
    """Return the tables that hold something of a conversation, those first that refer to others."""
    tables = tuple(reversed(Table.metadata.sorted_tables))
    own = tuple(table for table in tables if table.name in _OWN)
    return (*(table for table in tables if _TURN in table.c), *own)


_OWN = (TurnRow.__tablename__, ConversationRow.__tablename__)


def _belongs(table: SqlTable, conversation: str) -> ColumnElement[bool]:
    if _TURN in table.c:
        turns = select(TurnRow.id).where(TurnRow.conversation_id == conversation)
        return table.c[_TURN].in_(turns)
    key = table.c.id if table.name == ConversationRow.__tablename__ else table.c.conversation_id
    return key == conversation
