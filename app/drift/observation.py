"""What the assistant made of one canary question, as the canary keeps it.

The questions are the company's own, so nothing here is about a customer.
"""

import math
from dataclasses import dataclass

from pydantic import TypeAdapter

from app.answer import Outcome


@dataclass(frozen=True, slots=True)
class CanaryQuestion:
    """One of the fixed questions."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One answer to a canary question."""

    question: str
    """The question's id."""
    outcome: Outcome | None
    """None where the model failed, like what follows."""
    holds: bool = False
    """Whether the gate released every drafted sentence as it was written, and there is one."""
    draft: str = ""
    """What the model wrote, before the gate."""
    seconds: float = 0.0
    """Time that the model took."""
    completion_tokens: int = 0
    prompt_tokens: int = 0
    cost_usd: float | None = None
    """None where the model's price isn't known, or no model was called."""
    models: tuple[str, ...] = ()
    """The model's ids as the provider told them."""
    fingerprints: tuple[str, ...] = ()
    """System fingerprints as the provider told them."""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """The canary questions asked once, all of them, in the set's order."""

    observations: tuple[Observation, ...]

    @property
    def failed(self) -> int:
        """How many questions the model failed on."""
        return sum(one.error is not None for one in self.observations)

    @property
    def tokens(self) -> int:
        """Tokens of all model calls, those of questions that failed included."""
        return sum(one.prompt_tokens + one.completion_tokens for one in self.observations)

    @property
    def cost_usd(self) -> float:
        """What the model calls cost, as far as it is known, in US dollars."""
        return math.fsum(one.cost_usd or 0.0 for one in self.observations)


PASS = TypeAdapter(Pass)
