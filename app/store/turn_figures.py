"""What the store tells of turns in numbers, and the port behind which it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.answer import Budget, CacheHit, Outcome
from app.store.records import TurnState


@dataclass(frozen=True, slots=True)
class TurnFigures:
    """One turn in numbers and names."""

    conversation: str
    created: datetime
    state: TurnState
    outcome: Outcome | None
    """None unless it is done."""
    release: str | None
    client: str | None
    budget: Budget | None
    cache_hit: CacheHit | None
    cost_usd: float | None
    """None while it runs, or where its server died."""
    calls: int
    estimated_calls: int
    """Calls whose tokens were counted here, because the provider sent no usage."""
    unpriced_calls: int
    tokens: int
    timings_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ServedModel:
    """What served model calls, by the provider's own word."""

    asked: str
    """`provider:name`, as the settings have it."""
    model: str | None
    """The model's id as the provider told it, None where it didn't, as the fingerprint is."""
    fingerprint: str | None
    calls: int
    first: datetime
    """When the first of their turns was begun."""
    last: datetime


class Figures(Protocol):
    """Reads the turns of a time in numbers.

    Every method raises StoreError where the database can't be used.
    """

    def turns(self, since: datetime) -> Sequence[TurnFigures]:
        """Return the turns begun since then, oldest first."""
        ...

    def served(self, since: datetime) -> Sequence[ServedModel]:
        """Return what served the model calls of turns begun since then, the first seen first."""
        ...

    def objections(self, since: datetime) -> Mapping[str, int]:
        """Return against how many sentences, as they were drafted, which check objected."""
        ...
