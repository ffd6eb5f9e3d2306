"""A turn while it runs: its events so far, who reads them, and when nobody does any more."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

from app.store.records import TurnEvent


@dataclass(frozen=True, slots=True)
class TurnTimes:
    """How long a turn waits for what."""

    grace_seconds: float
    """A turn that nobody reads any more goes on for so long."""
    first_reader_seconds: float = 5.0
    """The first reader must have come by then."""
    lease_seconds: float = 10.0
    """A server that gave no sign for so long is taken to be gone, and its turns to have failed."""
    poll_seconds: float = 0.5
    """How often the store is asked about a turn that another process answers."""


class LiveTurn:
    """The events of a running turn, for any number of readers at once.

    Where no reader came within `first_reader_seconds`, or the last one has been gone for
    `grace_seconds`, `unread` is called.
    """

    def __init__(
        self,
        first: TurnEvent,
        *,
        grace_seconds: float,
        first_reader_seconds: float,
        unread: Callable[[], None],
    ) -> None:
        self._events = [first]
        self._ended = False
        self._changed = asyncio.Event()
        self._readers = 0
        self._grace_seconds = grace_seconds
        self._unread = unread
        self._wait_for_reader(max(first_reader_seconds, grace_seconds))

    @property
    def next_number(self) -> int:
        """The number that the next event gets."""
        return len(self._events) + 1

    def publish(self, event: TurnEvent) -> None:
        """Show an event to the readers."""
        self._events.append(event)
        self._wake()

    def end(self, events: Sequence[TurnEvent]) -> None:
        """Show the last events to the readers and let them go."""
        self._events.extend(events)
        self._ended = True
        self._timer.cancel()
        self._wake()

    async def follow(self, after: int) -> AsyncGenerator[TurnEvent]:
        """Yield the events with a number above `after`, as they come, until the turn ends."""
        self._readers += 1
        self._timer.cancel()
        try:
            seen = after
            while True:
                changed = self._changed
                for event in self._events[seen:]:
                    yield event
                    seen = event.number
                if self._ended and seen >= len(self._events):
                    return
                if changed is self._changed:
                    await changed.wait()
        finally:
            self._leave()

    def _leave(self) -> None:
        self._readers -= 1
        if not self._readers and not self._ended:
            self._wait_for_reader(self._grace_seconds)

    def _wait_for_reader(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._unread)

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
