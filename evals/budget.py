"""The budget of a run: it stops asking while what is under way and one case more still fit.

What a question will take isn't known before it is asked. It is reckoned as much as the largest
question so far took, or as much as an allowance says where that is more; before anything is known,
`UNKNOWN_TOKENS`. A case that ends in an error is booked at what was reckoned, as a failed call
doesn't say what it took. Judges' calls aren't counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answer import Usage
from app.settings import Price

UNKNOWN_TOKENS = 10_000  # ten passages, the rules and an answer take about 4,000; a repair again
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take; None for no limit."""

    tokens: int | None = None
    cost_usd: float | None = None
    question_tokens: int | None = None
    """Allowance for one question; None for the largest so far."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens and money."""

    tokens: int = 0
    cost_usd: float = 0.0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.tokens + other.tokens, self.cost_usd + other.cost_usd)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.tokens - other.tokens, self.cost_usd - other.cost_usd)

    def times(self, questions: int) -> "Amount":
        """Return so many of them."""
        return Amount(self.tokens * questions, self.cost_usd * questions)

    @classmethod
    def of(cls, usage: Sequence[Usage]) -> "Amount":
        """Return what model calls took; an unknown price counts as nothing here."""
        tokens = sum(call.prompt_tokens + call.completion_tokens for call in usage)
        return cls(tokens, sum(call.cost_usd or 0.0 for call in usage))


class Budget:
    """Books what a run takes, and says when the next case could be too much."""

    def __init__(self, limits: Limits, price: Price | None = None) -> None:
        """Take the limits, and the model's price where it is known."""
        self._limits = limits
        self._price = price
        self._reserved = Amount()
        self._largest = Amount()
        self._open = 0
        self._unpriced = False
        self.spent = Amount()

    @property
    def has_open(self) -> bool:
        """Whether a case is under way, whose end may leave room for another."""
        return self._open > 0

    def reserve(self, questions: int) -> Amount | None:
        """Set aside what a case of so many questions could take; None where it doesn't fit."""
        wanted = self._reckoned().times(questions)
        return self._set_aside(wanted) if self._fits(wanted) else None

    def restore(self, questions: int, taken: Sequence[Sequence[Usage]] | None) -> None:
        """Book a case that was asked before the run was interrupted; see `settle`."""
        self.settle(self._set_aside(self._reckoned().times(questions)), taken)

    def settle(self, reserved: Amount, questions: Sequence[Sequence[Usage]] | None) -> None:
        """Book what the questions of a case took, None for what isn't known, for its reserve."""
        self._reserved -= reserved
        self._open -= 1
        if questions is None:
            self.spent += reserved
            return
        for usage in questions:
            self.book(usage)

    def book(self, usage: Sequence[Usage]) -> None:
        """Book what one question took."""
        taken = Amount.of(usage)
        self.spent += taken
        self._unpriced = self._unpriced or any(call.cost_usd is None for call in usage)
        self._largest = Amount(
            max(self._largest.tokens, taken.tokens), max(self._largest.cost_usd, taken.cost_usd)
        )

    def told(self) -> str:
        """Return in a few words what has been spent."""
        unknown = " and calls without a known price" if self._unpriced else ""
        return f"{self.spent.tokens:,} tokens, {self.spent.cost_usd:.4f} USD{unknown}"

    def _set_aside(self, wanted: Amount) -> Amount:
        self._reserved += wanted
        self._open += 1
        return wanted

    def _fits(self, wanted: Amount) -> bool:
        after, limits = self.spent + self._reserved + wanted, self._limits
        if limits.tokens is not None and after.tokens > limits.tokens:
            return False
        if limits.cost_usd is None:
            return True
        return not self._unpriced and after.cost_usd <= limits.cost_usd

    def _reckoned(self) -> Amount:
        known = self._limits.question_tokens or (0 if self._largest.tokens else UNKNOWN_TOKENS)
        tokens = max(known, self._largest.tokens)
        dearest = max(self._price.prompt, self._price.completion) if self._price else 0.0
        at_most = known * dearest / _MILLION
        return Amount(tokens, max(at_most, self._largest.cost_usd))
