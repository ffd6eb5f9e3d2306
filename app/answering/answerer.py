"""The port behind which drafts are written."""

from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from app.answer import DraftSentence, Question
from knowledge_base.article import Passage


class Answerer(Protocol):
    """Writes a draft from passages, sentence by sentence."""

    @property
    def model(self) -> str:
        """Name of what writes: `quoting`, or `provider:model`."""
        ...

    @property
    def prompt(self) -> str | None:
        """Prompt version, `answer.v1`; None where no prompt is sent."""
        ...

    @property
    def prompt_fingerprint(self) -> str | None:
        """Hash of the prompt's text; None where no prompt is sent."""
        ...

    def draft(
        self, question: Question, passages: Sequence[Passage]
    ) -> AsyncGenerator[DraftSentence, None]:
        """Yield the draft's sentences as they are ready; model calls are charged to the turn.

        A draft without a sentence means that the passages don't answer the question.

        Raises:
            AnswererError: The model failed, and so did its fallback.
        """
        ...
