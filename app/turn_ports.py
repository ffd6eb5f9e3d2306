"""What turns need of others: who answers a question, and which release a conversation gets."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from typing import Protocol

from app.answer import Answer, Exchange, Sentence
from app.grounding.receipt import Receipt
from app.telemetry.spending import Spending


class Answering(Protocol):
    """What answers a question: the assistant of the release that serves."""

    def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        at: date | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
        release: str | None = None,
        *,
        spending: Spending | None = None,
    ) -> AsyncIterator[Sentence | Answer]:
        """Yield each released sentence as it is ready, then exactly one answer.

        `on_receipt` hears what became of a drafted sentence before the sentence is yielded.
        `release` is the one that the conversation was assigned, where several serve.
        `spending` is charged with each model call, also where no answer comes.
        """
        ...


class Assigning(Protocol):
    """Says which release a conversation gets: `app.releases.assignment.Assignment`."""

    def release_of(self, conversation: str, before: str | None) -> str | None:
        """Return its release, `before` as long as that serves; None where no release decides."""
        ...


class NoReleases:
    """Assigns nothing: one assistant answers all."""

    def release_of(self, conversation: str, before: str | None) -> str | None:
        """Return None."""
        del conversation, before
        return None
