"""An assistant for a server that may start before the first index is published."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from datetime import date
from threading import Lock

from app.answer import Answer, Exchange, Sentence
from app.grounding.receipt import Receipt
from app.telemetry.spending import Spending
from app.turn_ports import Answering
from knowledge_base.errors import NoGenerationError


class LateAssistant:
    """Builds the assistant at once where an index is published, else with the first question."""

    def __init__(self, build: Callable[[], Answering]) -> None:
        self._build = build
        self._built: Answering | None = None
        self._lock = Lock()
        with suppress(NoGenerationError):
            self._assistant()

    async def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        at: date | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
        release: str | None = None,
        *,
        spending: Spending | None = None,
    ) -> AsyncGenerator[Sentence | Answer]:
        """Yield each released sentence, then exactly one answer; see `app.assistant`.

        Raises:
            NoGenerationError: Nothing has been published yet.
        """
        assistant = self._built
        if assistant is None:
            assistant = await asyncio.to_thread(self._assistant)
        async for step in assistant.answer(
            question, history, at, on_receipt, release, spending=spending
        ):
            yield step

    def _assistant(self) -> Answering:
        with self._lock:
            if self._built is None:
                self._built = self._build()
            return self._built
