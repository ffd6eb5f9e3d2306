"""The budget of a run: it stops asking while what is under way and one case more still fit.

What a question will take isn't known before it is asked. It is reckoned as much as the largest
question so far took, or as much as an allowance says where that is more; before anything is known,
`UNKNOWN_TOKENS`. What its judges will take is reckoned in the same way, each of their calls as a
question. A case that ends in an error is booked at what was reckoned, as a failed call doesn't say
what it took.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answer import Usage
from app.price import Price

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


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of models that a question, or judging a case, makes."""

    number: int
    price: Price | None = None
    """Their model's; None where it isn't known."""


class Budget:
    """Books what a run takes, and says when the next case could be too much."""

    def __init__(
        self, limits: Limits, question: Calls | None = None, judging: Calls | None = None
    ) -> None:
        """Take the limits, and what is called for a question (one model) and a case (no judge)."""
        self._limits = limits
        self._question = _Reckoning(limits.question_tokens, question or Calls(1))
        self._judging = _Reckoning(limits.question_tokens, judging or Calls(0))
        self._reserved = Amount()
        self._open = 0
        self._unpriced = False
        self.spent = Amount()

    @property
    def has_open(self) -> bool:
        """Whether a case is under way, whose end may leave room for another."""
        return self._open > 0

    def reserve(self, questions: int) -> Amount | None:
        """Set aside what a case of so many questions could take; None where it doesn't fit."""
        wanted = self._reckoned(questions)
        return self._set_aside(wanted) if self._fits(wanted) else None

    def restore(
        self,
        questions: int,
        taken: Sequence[Sequence[Usage]] | None,
        judging: Sequence[Usage] = (),
    ) -> None:
        """Book a case that was asked before the run was interrupted; see `settle`."""
        self.settle(self._set_aside(self._reckoned(questions)), taken, judging)

    def settle(
        self,
        reserved: Amount,
        questions: Sequence[Sequence[Usage]] | None,
        judging: Sequence[Usage] = (),
    ) -> None:
        """Book what a case took in place of its reserve.

        Args:
            reserved: What was set aside for it.
            questions: What each of its questions took; None where that isn't known.
            judging: What its judges took.
        """
        self._reserved -= reserved
        self._open -= 1
        if questions is None:
            self.spent += reserved
            return
        for usage in questions:
            self._book(usage, self._question)
        self._book(judging, self._judging)

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

    def _book(self, usage: Sequence[Usage], reckoning: "_Reckoning") -> None:
        taken = Amount.of(usage)
        self.spent += taken
        self._unpriced = self._unpriced or any(call.cost_usd is None for call in usage)
        reckoning.learn(taken)

    def _reckoned(self, questions: int) -> Amount:
        return self._question.amount().times(questions) + self._judging.amount()


class _Reckoning:
    """What the next question, or the judges of the next case, could take."""

    def __init__(self, allowance: int | None, calls: Calls) -> None:
        self._allowance = allowance
        self._dearest = max(calls.price.prompt, calls.price.completion) if calls.price else 0.0
        self._calls = calls.number
        self._largest = Amount()

    def amount(self) -> Amount:
        """Return the allowance of its calls, or the largest so far where that is more."""
        unknown = 0 if self._largest.tokens else UNKNOWN_TOKENS
        known = self._calls * (self._allowance or unknown)
        at_most = known * self._dearest / _MILLION
        return Amount(max(known, self._largest.tokens), max(at_most, self._largest.cost_usd))

    def learn(self, taken: Amount) -> None:
        """Remember what one took."""
        self._largest = Amount(
            max(self._largest.tokens, taken.tokens), max(self._largest.cost_usd, taken.cost_usd)
        )
