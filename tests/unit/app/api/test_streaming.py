"""Frames of a stream of server-sent events."""

import asyncio
from collections.abc import AsyncGenerator, MutableMapping
from typing import Any

from app.api.streaming import TurnStream
from app.store.records import EventName, TurnEvent

PING = b": ping\n\n"
FRAMES = [
    b'event: turn\ndata: {"turn": "x"}\nid: 1\n\n',
    b'event: sentence\ndata: {"text": "Zwei\\nZeilen \\u00e9 \\ud800"}\nid: 2\n\n',
]
"""What a stream of `Source` holds, pings apart."""


class Source:
    """Yields an event, waits, yields another, and knows whether it was closed."""

    def __init__(self) -> None:
        self.goes_on = asyncio.Event()
        self.was_closed = False

    async def events(self) -> AsyncGenerator[TurnEvent]:
        try:
            yield TurnEvent(1, EventName.TURN, {"turn": "x"})
            await self.goes_on.wait()
            yield TurnEvent(2, EventName.SENTENCE, {"text": "Zwei\nZeilen é \ud800"})
        finally:
            self.was_closed = True


class TestTurnStream:
    async def test_frames_each_event_on_lines_of_its_own(self) -> None:
        source = Source()
        source.goes_on.set()
        stream = TurnStream(source.events())

        frames = [frame async for frame in stream.body_iterator]

        assert frames == FRAMES

    async def test_keeps_an_idle_connection_open_with_comments(self) -> None:
        source, frames = Source(), []
        stream = TurnStream(source.events(), heartbeat_seconds=0.01)

        async for frame in stream.body_iterator:
            frames.append(frame)
            if len(frames) > 3:
                source.goes_on.set()

        assert frames.count(PING) > 1
        assert [frame for frame in frames if frame != PING] == FRAMES

    async def test_lets_the_turn_go_when_the_reader_leaves(self) -> None:
        source = Source()
        stream = TurnStream(source.events())
        left = asyncio.Event()

        async def receive() -> MutableMapping[str, Any]:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: MutableMapping[str, Any]) -> None:
            if message.get("body"):
                left.set()

        await stream({"type": "http"}, receive, send)
        await asyncio.sleep(0)

        assert source.was_closed
