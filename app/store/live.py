"""The port behind which live turns are read for the signals of drift, and their scores are kept.

What is read here holds numbers, names and ids, and of the texts only those of sampled turns, which
the store has with personal data masked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.answer import Outcome
from app.store.records import TurnState


@dataclass(frozen=True, slots=True)
class TurnFigures:
    """What one turn counts for."""

    turn: str
    conversation: str
    created: datetime
    outcome: Outcome | None
    """None where it failed or was stopped."""
    state: TurnState
    release: str | None
    model: str | None
    seconds: float | None
    """Time until the answer was whole."""
    drafted: int
    """Sentences that were drafted."""
    kept_back: int
    """Those of them that weren't shown as they were written."""
    is_disliked: bool
    similarity: float | None
    """Cosine of the query and the likest passage; None where nothing was searched or kept."""
    cost_usd: float | None
    """None where no model was called; calls without a known price count nothing."""
    tokens: int

    @property
    def ended_as(self) -> str:
        """Its outcome, or without one the state in which it ended: `FAILED` or `CANCELLED`."""
        return self.outcome.value if self.outcome else self.state.upper()


@dataclass(frozen=True, slots=True)
class LiveScore:
    """What one of the evaluation's metrics says of one answer."""

    turn: str
    metric: str
    value: float | None
    """Between 0 and 1; None where the metric asks nothing of it."""
    reason: str
    is_low: bool
    """Whether a person should look at the answer."""


class LiveTurns(Protocol):
    """Reads what turns count for; every method raises StoreError where it can't."""

    def figures(self, since: datetime, until: datetime) -> tuple[TurnFigures, ...]:
        """Return the turns that were begun in a span of time and have ended, the oldest first."""
        ...

    def charged(self, since: datetime, until: datetime) -> Mapping[str | None, float]:
        """Return what the turns begun in a span of time are charged with, by the client's name.

        In US dollars; of a turn that runs, what is held back for it. None is who has no name.
        """
        ...

    def unscored(self, since: datetime, until: datetime, share: float) -> tuple[str, ...]:
        """Return the ids of a share of the answered turns of that time which have no score yet.

        Always the same ones: those whose random ids come first.
        """
        ...

    def keep_scores(self, scores: Collection[LiveScore], scored: datetime) -> None:
        """Keep scores; one that a turn has already is replaced, and one of no turn is dropped."""
        ...

    def scores(self, since: datetime, until: datetime) -> tuple[LiveScore, ...]:
        """Return the scores of the turns that were begun in a span of time."""
        ...
