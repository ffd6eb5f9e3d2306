"""A turn's events as server-sent events."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from app.store.records import TurnEvent

HEARTBEAT_SECONDS = 15.0
STREAM = {"text/event-stream": {"schema": {"type": "string"}}}
"""How OpenAPI describes a stream of events."""
_HEADERS = {"cache-control": "no-cache", "x-accel-buffering": "no"}


class TurnStream(EventSourceResponse):
    """Streams a turn's events; a comment line keeps an idle connection open."""

    def __init__(
        self, events: AsyncGenerator[TurnEvent], heartbeat_seconds: float = HEARTBEAT_SECONDS
    ) -> None:
        self._frames = _frames(events, heartbeat_seconds)
        super().__init__(self._frames, headers=_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the turn ends or the reader leaves, and say at once that it left."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._frames.aclose()


async def _frames(events: AsyncGenerator[TurnEvent], seconds: float) -> AsyncGenerator[bytes]:
    # A task of its own reads: waiting for a queue can be given up, waiting for a generator can't.
    queue: asyncio.Queue[TurnEvent | None] = asyncio.Queue()
    reading = asyncio.create_task(_read(events, queue))
    try:
        while True:
            try:
                async with asyncio.timeout(seconds):
                    event = await queue.get()
            except TimeoutError:
                yield KEEPALIVE_COMMENT
                continue
            if event is None:
                break
            yield _frame(event)
        await reading
    finally:
        reading.cancel()


async def _read(events: AsyncGenerator[TurnEvent], queue: asyncio.Queue[TurnEvent | None]) -> None:
    try:
        async with aclosing(events):
            async for event in events:
                queue.put_nowait(event)
    finally:
        queue.put_nowait(None)


def _frame(event: TurnEvent) -> bytes:
    # ASCII only: a lone surrogate must not break the stream.
    data = json.dumps(event.data, ensure_ascii=True)
    return format_sse_event(data_str=data, event=event.name, id=str(event.number))
