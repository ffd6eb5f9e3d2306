"""How conversations went that releases answered: what releases are compared by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.answer import Outcome
from app.store.records import Rating, TurnState


@dataclass(frozen=True, slots=True)
class ArmTurn:
    """One turn, as far as releases are compared by it."""

    conversation: str
    release: str | None
    state: TurnState
    outcome: Outcome | None
    """None unless it is done, like the milliseconds."""
    total_ms: float | None
    rating: Rating | None
    kept_back: bool
    """Whether the gate let a drafted sentence through otherwise than it was written, or not."""
    cost_usd: float | None
    """None where a call's cost isn't known."""


class ArmTurns(Protocol):
    """Reads the turns of the conversations that a release had a part in."""

    def of_releases(self, releases: Sequence[str]) -> tuple[ArmTurn, ...]:
        """Return all turns of conversations with a turn of one of these releases, ended ones only.

        Raises:
            StoreError: The database can't be used.
        """
        ...
