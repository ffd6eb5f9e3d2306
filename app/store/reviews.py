"""The port behind which the review queue is kept: answers to look at, and what was said of them.

A question from production becomes a case for evaluations once a person has written down what its
right answer is.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from app.answer import Outcome


class Occasion(StrEnum):
    """Why an answer is worth a look."""

    THUMB_DOWN = "thumb_down"
    KEPT_BACK = "kept_back"
    """A sentence of its draft wasn't shown as it was written."""
    LOW_SCORE = "low_score"
    """One of the evaluation's metrics thinks little of it."""
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answered question that may become a case."""

    turn: str
    conversation: str
    question: str
    history: tuple[str, ...]
    """Earlier questions of the conversation, oldest first."""
    at: date
    """The day that was asked about."""
    asked: datetime
    outcome: Outcome
    text: str
    """What the customer read."""
    articles: tuple[str, ...]
    """Ids of the articles that it cites, each once."""
    occasions: tuple[Occasion, ...]
    comment: str | None
    """What the customer wrote to her thumb."""


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """What the answer should have been."""

    outcomes: tuple[Outcome, ...]
    """Those that are right; at least one."""
    articles: tuple[str, ...] = ()
    """Ids of the articles that hold the answer."""
    must: tuple[tuple[str, ...], ...] = ()
    """Facts that it states: of each group, at least one wording."""
    must_not: tuple[str, ...] = ()
    """Wordings that would be wrong."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A candidate with its right answer."""

    candidate: Candidate
    right: RightAnswer
    decided: datetime


class ReviewQueue(Protocol):
    """Keeps what was said of answers; every method raises StoreError where it can't."""

    def waiting(self, limit: int, sampled: float) -> tuple[Candidate, ...]:
        """Return at most `limit` answers that nobody has reviewed, the newest first.

        These are all with a thumb down, a sentence that was kept back or a low score, and a share
        `sampled`, between 0 and 1, of the others: always the same ones.
        """
        ...

    def accept(self, turn: str, right: RightAnswer, decided: datetime) -> None:
        """Make a case of an answer; what was said of it before is replaced.

        Raises:
            NotFoundError: There is no such turn, or it wasn't answered.
        """
        ...

    def dismiss(self, turn: str, decided: datetime) -> None:
        """Take an answer from the queue; what was said of it before is replaced.

        Raises:
            NotFoundError: There is no such turn, or it wasn't answered.
        """
        ...

    def accepted(self) -> tuple[Accepted, ...]:
        """Return the answers of which cases were made, in the order of their questions."""
        ...
