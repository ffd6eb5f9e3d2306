"""A claim with its label, and how many of such claims the checks stop."""

from dataclasses import dataclass
from hashlib import sha256

from app.answer import Question
from app.grounding.sources import Sources
from app.statistics import Rate, rate
from knowledge_base.scope import Scopes


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """A claim or an answer beside its sources."""

    text: str
    asked: Question
    sources: Sources
    scopes: Scopes
    supported: bool
    origin: str
    """What it was made of: with its rewritings, it is of one half of the data."""

    @property
    def is_held_out(self) -> bool:
        """Whether it is only reported on: its origin has an odd sha256."""
        return int(sha256(self.origin.encode()).hexdigest(), 16) % 2 == 1


@dataclass(frozen=True, slots=True)
class Tally:
    """What the checks make of labelled cases."""

    caught: int
    changed: int
    blocked: int
    unchanged: int

    @property
    def catch_rate(self) -> Rate | None:
        """Share of the unsupported cases that are caught, None where there is none."""
        return rate(self.caught, self.changed) if self.changed else None

    @property
    def false_block_rate(self) -> Rate | None:
        """Share of the supported cases that are blocked, None where there is none."""
        return rate(self.blocked, self.unchanged) if self.unchanged else None
