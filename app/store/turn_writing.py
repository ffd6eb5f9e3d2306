"""What a turn writes while it runs, each part within a transaction of the caller's."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select, update

from app.errors import ConflictError, NotFoundError
from app.store.prepared import Row, change, first_row, insert_rows, sql_table
from app.store.receipt_rows import receipt_rows
from app.store.receipts import ReceiptRecord
from app.store.records import Ending, NewTurn, TurnEvent, TurnState, Written
from app.store.rows import (
    ending_columns,
    event_row,
    model_call_rows,
    passage_rows,
    sentence_rows,
)
from app.store.tables import ConversationRow, ReceiptRow, TurnRow

_CONVERSATIONS, _TURNS, _RECEIPTS = map(sql_table, (ConversationRow, TurnRow, ReceiptRow))
_IN_CONVERSATION = _TURNS.c.conversation_id == bindparam("talk")
_IS_RUNNING = _TURNS.c.state == TurnState.RUNNING.value
_HELD = (
    select(_CONVERSATIONS.c.id).where(_CONVERSATIONS.c.id == bindparam("talk")).with_for_update()
)
_RUNNING = select(_TURNS.c.id).where(_IN_CONVERSATION, _IS_RUNNING)
_LAST_POSITION = select(func.max(_TURNS.c.position)).where(_IN_CONVERSATION)
_STATE = select(_TURNS.c.state).where(_TURNS.c.id == bindparam("turn"))
_STATE_HELD = _STATE.with_for_update()
_LAST_RECEIPT = select(func.max(_RECEIPTS.c.number)).where(_RECEIPTS.c.turn_id == bindparam("turn"))
_END = update(_TURNS).where(_TURNS.c.id == bindparam("turn"), _IS_RUNNING)


def begin_turn(
    connection: Connection, turn: NewTurn, event: TurnEvent, held_usd: float | None
) -> None:
    """Insert a running turn with its first event, and the conversation that it begins.

    Raises:
        NotFoundError: There is no such conversation.
        ConflictError: Another turn of the conversation is still running.
    """
    begun = {"id": turn.conversation, "created": turn.created}
    position = 1 if turn.begins_conversation else _next_position(connection, turn.conversation)
    columns = {
        "id": turn.id,
        "conversation_id": turn.conversation,
        "position": position,
        "question": turn.question,
        "at": turn.at,
        "state": TurnState.RUNNING,
        "created": turn.created,
        "lease_until": turn.lease_until,
        "client": turn.client,
        "release": turn.release,
        "held_usd": held_usd,
    }
    rows: list[Row] = [(ConversationRow, begun)] if turn.begins_conversation else []
    insert_rows(connection, [*rows, (TurnRow, columns), event_row(turn.id, event)])


def write_on(connection: Connection, turn: str, written: Written) -> None:
    """Insert what a running turn wrote.

    Raises:
        NotFoundError: There is no such turn.
        ConflictError: It has ended.
    """
    row = first_row(connection, _STATE_HELD, {"turn": turn})
    if row is None or row[0] != TurnState.RUNNING:
        raise _has_ended(turn, row)
    insert_rows(connection, _written_rows(connection, turn, (written,)))


def end_turn(
    connection: Connection, turn: str, ending: Ending, written: tuple[Written, ...]
) -> None:
    """Insert what a running turn wrote last, and how it ended.

    Raises:
        NotFoundError: There is no such turn.
        ConflictError: It has ended already.
    """
    if not change(connection, _END, {"turn": turn, **ending_columns(ending)}):
        raise _has_ended(turn, first_row(connection, _STATE, {"turn": turn}))
    rows = _written_rows(connection, turn, written)
    rows += [event_row(turn, event) for event in ending.events]
    if ending.answer is not None:
        rows += passage_rows(turn, ending.answer.passages)
    rows += model_call_rows(turn, ending.usage or ())
    insert_rows(connection, rows)


def still_running(conversation: str) -> ConflictError:
    """Return the error of a question that came before the last one's answer was complete."""
    return ConflictError(
        f"The last question of conversation {conversation} is still being answered: "
        "ask again when its answer is complete."
    )


def no_conversation(conversation: str) -> NotFoundError:
    """Return the error of a conversation that nobody began."""
    return NotFoundError(f"There is no conversation {conversation}.")


def no_turn(turn: str) -> NotFoundError:
    """Return the error of a turn that nobody asked."""
    return NotFoundError(f"There is no turn {turn}.")


def _next_position(connection: Connection, conversation: str) -> int:
    talk = {"talk": conversation}
    if first_row(connection, _HELD, talk) is None:
        raise no_conversation(conversation)
    if first_row(connection, _RUNNING, talk) is not None:
        raise still_running(conversation)
    (last,) = first_row(connection, _LAST_POSITION, talk) or (None,)
    return (last or 0) + 1


def _written_rows(connection: Connection, turn: str, written: tuple[Written, ...]) -> list[Row]:
    rows: list[Row] = []
    receipts = [one.receipt for one in written if one.receipt is not None]
    rows += _receipt_rows(connection, turn, receipts)
    for one in written:
        if one.event is not None:
            rows.append(event_row(turn, one.event))
            if one.sentence is not None:
                rows += sentence_rows(turn, one.event.number, one.sentence)
    return rows


def _receipt_rows(connection: Connection, turn: str, receipts: list[ReceiptRecord]) -> list[Row]:
    if not receipts:
        return []
    (last,) = first_row(connection, _LAST_RECEIPT, {"turn": turn}) or (None,)
    numbered = enumerate(receipts, start=(last or 0) + 1)
    return [row for number, one in numbered for row in receipt_rows(turn, number, one)]


def _has_ended(turn: str, state: Sequence[str] | None) -> ConflictError | NotFoundError:
    if state is None:
        return no_turn(turn)
    return ConflictError(f"Turn {turn} has ended already: it is {state[0]}.")
