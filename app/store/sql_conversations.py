"""Conversations in a SQL database."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import joinedload, selectinload

from app.answer import Budget, Exchange
from app.errors import ConflictError
from app.store.forgetting import remove_conversation
from app.store.receipt_rows import to_receipt
from app.store.receipts import ReceiptRecord
from app.store.records import (
    Conversation,
    Ending,
    EventName,
    Feedback,
    NewTurn,
    SentenceRecord,
    Turn,
    TurnEvent,
    TurnState,
    Written,
)
from app.store.rows import feedback_row, to_exchange, to_turn
from app.store.sessions import Sessions
from app.store.shared_budgets import admit
from app.store.tables import (
    AttemptRow,
    ConversationRow,
    EventRow,
    FeedbackRow,
    ReceiptRow,
    SentenceRow,
    TurnRow,
)
from app.store.turn_writing import (
    begin_turn,
    end_turn,
    no_conversation,
    no_turn,
    still_running,
    write_on,
)
from app.telemetry.limits import Limits

_WHOLE_TURN = (
    selectinload(TurnRow.sentences).selectinload(SentenceRow.citations),
    selectinload(TurnRow.passages),
    selectinload(TurnRow.model_calls),
    joinedload(TurnRow.feedback),
)
_WHOLE_RECEIPT = selectinload(ReceiptRow.attempts).selectinload(AttemptRow.claims)


class SqlConversations:
    """Keeps conversations in the database that `open_database` returned."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = Sessions(engine)

    def create(self, conversation: str, created: datetime) -> None:
        """Keep a new conversation without turns."""
        with self._sessions.write() as session:
            session.add(ConversationRow(id=conversation, created=created))

    def conversation(self, conversation: str) -> Conversation:
        """Return a conversation with its turns, oldest first."""
        with self._sessions.read() as session:
            row = session.get(ConversationRow, conversation)
            if row is None:
                raise no_conversation(conversation)
            turns = session.scalars(
                select(TurnRow)
                .where(TurnRow.conversation_id == conversation)
                .order_by(TurnRow.position)
                .options(*_WHOLE_TURN)
            )
            return Conversation(row.id, row.created, tuple(map(to_turn, turns)))

    def history(self, conversation: str, limit: int) -> tuple[Exchange, ...]:
        """Return the last `limit` turns that were answered, oldest first."""
        with self._sessions.read() as session:
            turns = session.scalars(
                select(TurnRow)
                .where(TurnRow.conversation_id == conversation, TurnRow.state == TurnState.DONE)
                .order_by(TurnRow.position.desc())
                .limit(limit)
                .options(*_WHOLE_TURN)
            ).all()
            return tuple(to_exchange(turn) for turn in reversed(turns))

    def last_release(self, conversation: str) -> str | None:
        """Return the release of a conversation's last turn, None where it has none."""
        with self._sessions.read() as session:
            return session.scalar(
                select(TurnRow.release)
                .where(TurnRow.conversation_id == conversation)
                .order_by(TurnRow.position.desc())
                .limit(1)
            )

    def begin(self, turn: NewTurn, event: TurnEvent, limits: Limits | None = None) -> Budget | None:
        """Keep a running turn with its first event, and hold back what it may spend."""
        clash = still_running(turn.conversation)
        with self._sessions.write_rows(clash) as connection:
            admitted = admit(connection, turn, limits or Limits())
            begin_turn(connection, turn, event, admitted.held_usd)
            return admitted.used_up

    def append(
        self,
        turn: str,
        event: TurnEvent,
        sentence: SentenceRecord | None = None,
        receipt: ReceiptRecord | None = None,
    ) -> None:
        """Keep one more event of a running turn, the sentence that it releases, and its receipt."""
        with self._sessions.write_rows() as connection:
            write_on(connection, turn, Written(event, sentence, receipt))

    def keep(self, turn: str, receipt: ReceiptRecord) -> None:
        """Keep what became of one more drafted sentence of a running turn."""
        with self._sessions.write_rows() as connection:
            write_on(connection, turn, Written(receipt=receipt))

    def receipts(self, turn: str) -> tuple[ReceiptRecord, ...]:
        """Return what became of a turn's drafted sentences, in order."""
        with self._sessions.read() as session:
            if session.get(TurnRow, turn) is None:
                raise no_turn(turn)
            rows = session.scalars(
                select(ReceiptRow)
                .where(ReceiptRow.turn_id == turn)
                .order_by(ReceiptRow.number)
                .options(_WHOLE_RECEIPT)
            )
            return tuple(map(to_receipt, rows))

    def finish(self, turn: str, ending: Ending, written: Sequence[Written] = ()) -> None:
        """Keep what a running turn wrote last, how it ended, and its last events."""
        with self._sessions.write_rows() as connection:
            end_turn(connection, turn, ending, tuple(written))

    def turn(self, turn: str) -> Turn:
        """Return a turn."""
        with self._sessions.read() as session:
            row = session.get(TurnRow, turn, options=_WHOLE_TURN)
            if row is None:
                raise no_turn(turn)
            return to_turn(row)

    def events(self, turn: str, after: int = 0) -> tuple[TurnEvent, ...]:
        """Return a turn's events with a number above `after`, in order."""
        with self._sessions.read() as session:
            if session.get(TurnRow, turn) is None:
                raise no_turn(turn)
            rows = session.scalars(
                select(EventRow)
                .where(EventRow.turn_id == turn, EventRow.number > after)
                .order_by(EventRow.number)
            )
            return tuple(
                TurnEvent(row.number, EventName(row.name), json.loads(row.data)) for row in rows
            )

    def rate(self, turn: str, feedback: Feedback | None, at: datetime) -> None:
        """Keep what a customer thought of a turn, nothing where it was taken back."""
        with self._sessions.write() as session:
            row = session.get(TurnRow, turn, with_for_update=True)
            if row is None:
                raise no_turn(turn)
            if row.state == TurnState.RUNNING:
                raise ConflictError(f"Turn {turn} is still running: rate it once it has ended.")
            if feedback is not None:
                session.merge(feedback_row(turn, feedback, at))
            elif row.feedback is not None:
                session.delete(row.feedback)

    def forget(self, conversation: str) -> Mapping[str, int]:
        """Remove a conversation and every row of its turns; return how many rows, by table."""
        with self._sessions.write() as session:
            if session.get(ConversationRow, conversation, with_for_update=True) is None:
                raise no_conversation(conversation)
            removed = remove_conversation(session, conversation)
        self._sessions.erase_deleted()
        return removed

    def renew(self, turns: Collection[str], lease_until: datetime) -> None:
        """Keep until when the server of these running turns is taken to be alive."""
        with self._sessions.write() as session:
            session.execute(
                update(TurnRow)
                .where(TurnRow.id.in_(turns), TurnRow.state == TurnState.RUNNING)
                .values(lease_until=lease_until)
            )

    def abandoned(self, now: datetime) -> Sequence[str]:
        """Return the running turns whose lease is over."""
        with self._sessions.read() as session:
            return session.scalars(
                select(TurnRow.id).where(
                    TurnRow.state == TurnState.RUNNING, TurnRow.lease_until < now
                )
            ).all()

    def check(self) -> None:
        """Raise StoreError where the database can't be used."""
        with self._sessions.read() as session:
            session.execute(select(func.count()).select_from(FeedbackRow).limit(1))

    def close(self) -> None:
        """Let go of the connections to the database."""
        self._sessions.close()
