"""The port behind which conversations, turns and feedback are kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from app.answer import Budget, Exchange
from app.store.receipts import ReceiptRecord
from app.store.records import (
    Conversation,
    Ending,
    Feedback,
    NewTurn,
    SentenceRecord,
    Turn,
    TurnEvent,
    Written,
)
from app.telemetry.limits import Limits


class Conversations(Protocol):
    """Keeps conversations; safe to call from several threads and processes at once.

    Every method raises StoreError where the database can't be used.
    """

    def create(self, conversation: str, created: datetime) -> None:
        """Keep a new conversation without turns, under an id that the caller chose."""
        ...

    def conversation(self, conversation: str) -> Conversation:
        """Return a conversation with its turns.

        Raises:
            NotFoundError: There is no such conversation.
        """
        ...

    def history(self, conversation: str, limit: int) -> tuple[Exchange, ...]:
        """Return the last `limit` turns that were answered, oldest first."""
        ...

    def last_release(self, conversation: str) -> str | None:
        """Return the release that a conversation's last turn was given, None where it has none."""
        ...

    def begin(self, turn: NewTurn, event: TurnEvent, limits: Limits | None = None) -> Budget | None:
        """Keep a running turn with its first event, and the conversation that it begins.

        What it may spend is held back, or the shared budget returned that is used up: one where
        what was spent, and what is held back for others, reaches it. So the requests that are let
        in overrun it by one of them at most.

        Raises:
            NotFoundError: There is no such conversation.
            ConflictError: Another turn of the conversation is still running.
        """
        ...

    def append(
        self,
        turn: str,
        event: TurnEvent,
        sentence: SentenceRecord | None = None,
        receipt: ReceiptRecord | None = None,
    ) -> None:
        """Keep one more event of a running turn, the sentence that it releases, and its receipt.

        Raises:
            ConflictError: The turn has ended.
        """
        ...

    def keep(self, turn: str, receipt: ReceiptRecord) -> None:
        """Keep what became of one more drafted sentence of a running turn.

        Raises:
            ConflictError: The turn has ended.
        """
        ...

    def receipts(self, turn: str) -> tuple[ReceiptRecord, ...]:
        """Return what became of a turn's drafted sentences, in order.

        Raises:
            NotFoundError: There is no such turn.
        """
        ...

    def finish(self, turn: str, ending: Ending, written: Sequence[Written] = ()) -> None:
        """Keep how a running turn ended, with its last events, and what it wrote before them.

        Raises:
            ConflictError: The turn has ended already.
        """
        ...

    def turn(self, turn: str) -> Turn:
        """Return a turn.

        Raises:
            NotFoundError: There is no such turn.
        """
        ...

    def events(self, turn: str, after: int = 0) -> tuple[TurnEvent, ...]:
        """Return a turn's events with a number above `after`, in order.

        Raises:
            NotFoundError: There is no such turn.
        """
        ...

    def rate(self, turn: str, feedback: Feedback | None, at: datetime) -> None:
        """Keep what a customer thought of a turn, nothing where it was taken back.

        Raises:
            NotFoundError: There is no such turn.
            ConflictError: The turn is still running.
        """
        ...

    def forget(self, conversation: str) -> Mapping[str, int]:
        """Remove a conversation and all that is kept of it, and return how much, by table.

        A turn that still runs is removed too: its server can keep nothing more of it.

        Raises:
            NotFoundError: There is no such conversation.
        """
        ...

    def renew(self, turns: Collection[str], lease_until: datetime) -> None:
        """Keep until when the server of these running turns is taken to be alive."""
        ...

    def abandoned(self, now: datetime) -> Sequence[str]:
        """Return the running turns whose lease is over: their server is gone."""
        ...

    def check(self) -> None:
        """Raise StoreError where the database can't be used."""
        ...
