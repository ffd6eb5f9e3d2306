"""The assistant that serves: of the release that a conversation was given, or of the settings.

Which releases serve is looked up for every question, so that a promotion or a rollback holds from
the next question on, in every process. A question is answered by the release that it began with.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import date
from functools import partial
from threading import Lock
from typing import Protocol

import structlog

from app.answer import Answer, Exchange, Sentence
from app.assistant import Assistant
from app.grounding.receipt import Receipt
from app.releases.pointer import Serving
from app.telemetry.spending import Spending
from knowledge_base.errors import CandorError

_KEPT_OPEN = 4
"""Assistants: two that serve side by side, and two that a rollback may go back to."""

_log = structlog.get_logger(__name__)


class Opening(Protocol):
    """Puts assistants together."""

    def of_settings(self) -> Assistant:
        """Return the assistant of the settings and of what is published."""
        ...

    def of_release(self, release: str) -> Assistant:
        """Return the assistant of a release; raises CandorError where it can't be opened."""
        ...


class ServedAssistant:
    """Answers with the releases that serve; for many threads."""

    def __init__(self, serving: Callable[[], Serving], opening: Opening) -> None:
        self._serving = serving
        self._opening = opening
        self._opened: OrderedDict[str, Assistant] = OrderedDict()
        self._lock = Lock()
        self._opening_lock = Lock()
        self._ahead: tuple[str, ...] = ()
        """The releases that served when they were opened ahead."""

    async def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        at: date | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
        release: str | None = None,
        *,
        spending: Spending | None = None,
    ) -> AsyncGenerator[Sentence | Answer, None]:
        """Yield each released sentence, then exactly one answer; see `app.assistant`.

        `release` is the one that the conversation was given; where it doesn't serve any more,
        the one that most conversations get answers.
        """
        assistant = self._at_hand(release)
        if assistant is None:
            assistant = await asyncio.to_thread(self.current, release)
        async for step in assistant.answer(question, history, at, on_receipt, spending=spending):
            yield step

    def current(self, release: str | None = None) -> Assistant:
        """Return the assistant that answers for `release`, opened.

        Where it can't be opened, that of the next release which serves or served is.

        Raises:
            CandorError: None of them can be opened.
        """
        candidates = self._serving().in_order(release)
        if not candidates:
            return self._of("", self._opening.of_settings)
        failures: list[CandorError] = []
        for name in candidates:
            try:
                return self._of(name, partial(self._opening.of_release, name))
            except CandorError as error:
                _log.error("release_not_opened", release=name, reason=str(error))
                failures.append(error)
        raise failures[0]

    def open_ahead(self) -> None:
        """Open the releases that serve, where others serve than at the last call.

        So no conversation waits for a release that has begun to serve. One that can't be opened is
        left to the first question that it is for, which another one answers.

        Raises:
            ReleaseError: Which releases serve can't be read.
        """
        serving = self._serving()
        if serving.releases == self._ahead:
            return
        self._ahead = serving.releases
        for name in serving.releases:
            try:
                self._of(name, partial(self._opening.of_release, name))
            except CandorError as error:
                _log.error("release_not_opened", release=name, reason=str(error))

    def _at_hand(self, release: str | None) -> Assistant | None:
        """Return what `current` would where that is open: it takes one look at a file's stamp."""
        candidates = self._serving().in_order(release)
        return self._known(candidates[0] if candidates else "")

    def _of(self, name: str, build: Callable[[], Assistant]) -> Assistant:
        found = self._known(name)
        if found is not None:
            return found
        with self._opening_lock:  # those that are open answer meanwhile
            found = self._known(name) or build()
            with self._lock:
                self._opened[name] = found
                while len(self._opened) > _KEPT_OPEN:
                    self._opened.popitem(last=False)
            return found

    def _known(self, name: str) -> Assistant | None:
        with self._lock:
            if name in self._opened:
                self._opened.move_to_end(name)
            return self._opened.get(name)
