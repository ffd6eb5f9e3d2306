"""A running turn between the assistant, which yields it, the store, and those who read it."""

import asyncio
from dataclasses import asdict, dataclass, field, replace

from app.answer import Answer, Sentence
from app.grounding.receipt import Receipt
from app.live_turn import LiveTurn
from app.oversight import WatchedTurn
from app.store.receipts import record_receipt
from app.store.records import EventName, NewTurn, TurnEvent, Written, record_sentence
from app.turn_endings import Stop

Step = Receipt | Sentence | Answer
"""What the assistant yields."""


@dataclass(slots=True)
class RunningTurn:
    """A turn that this server answers."""

    turn: NewTurn
    live: LiveTurn
    work: asyncio.Task[None]
    steps: asyncio.Queue[Step | None]
    """What the assistant yielded and nobody has seen yet; None at the end."""
    watched: WatchedTurn
    stopped: Stop | None = None
    unstored: list[Written] = field(default_factory=list)
    """What nobody may see yet, in order."""

    @property
    def next_number(self) -> int:
        """The number that the next event gets."""
        return self.live.next_number + sum(one.event is not None for one in self.unstored)

    def take(self, step: Receipt | Sentence) -> None:
        """Note what is to be stored; a sentence is stored with its receipt, which came before."""
        if isinstance(step, Receipt):
            self.watched.receipts.append(step)
            self.unstored.append(Written(receipt=record_receipt(step, self.next_number)))
            return
        record = record_sentence(step)
        event = TurnEvent(self.next_number, EventName.SENTENCE, asdict(record))
        self.unstored.append(replace(self._receipt_of_next(), event=event, sentence=record))

    def _receipt_of_next(self) -> Written:
        """Take back the receipt of the sentence that comes now, if it has one."""
        last = self.unstored[-1] if self.unstored else Written()
        is_shown = (
            last.event is None and last.receipt is not None and last.receipt.shown is not None
        )
        return self.unstored.pop() if is_shown else Written()

    def show(self) -> None:
        """Let the readers see what is stored now."""
        for one in self.unstored:
            if one.event is not None:
                self.live.publish(one.event)
                self.watched.has_shown()
        self.unstored.clear()
