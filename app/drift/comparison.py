"""A look beside its reference: which signals have moved, by how much, and in which cases.

Verdicts and outcomes are compared pair by pair with the reference's first pass (exact McNemar),
similarity, length, time, tokens and cost with all of its passes (permutation). The smallest
p-values are held against the look's share of the false-alarm rate, divided by how many signals are
left (Holm 1979, Scandinavian Journal of Statistics 6:65). A shift that is sure and small is no
alarm: providers' times of day differ, and nobody acts on three per cent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import takewhile
from math import ceil, exp, expm1

import numpy as np
from numpy.typing import NDArray

from app.answer import Outcome
from app.drift.exchangeable import Sided, Values, look_p
from app.drift.observation import Observation, Pass
from app.statistics import paired_rates

Similarity = NDArray[np.float64]
"""Of each question's drafts to one another: (questions, passes + 1, passes + 1), the look last."""

_Row = tuple[Observation, ...]
"""One question's observations: those of the reference, then the look's."""

MOST_FAILED = 0.2
"""Share of failed questions above which a look says nothing but that the model fails."""
MOST_LOST = 0.36
"""Share of questions that may have failed in a pass of the reference or in the look: what is lost
where each lost a fifth of what the other left."""


class Signal(StrEnum):
    """What is compared."""

    OUTCOME = "outcome"
    """Share of questions that are answered."""
    VERDICT = "verdict"
    """Share of drafts that the gate released as they were written."""
    SIMILARITY = "similarity"
    """How much like the reference's drafts the look's are, from 0 to 1."""
    LENGTH = "length"
    """Characters of the draft."""
    LATENCY = "latency"
    """Seconds that the model took."""
    TOKENS = "tokens"
    """Tokens that the model wrote."""
    COST = "cost"
    """Millionths of a US dollar."""


Measures = Mapping[Signal, Values]
"""Values of each signal but similarity."""
LEAST_SHIFT: Mapping[Signal, float] = {
    Signal.LENGTH: 0.1,
    Signal.LATENCY: 0.5,
    Signal.TOKENS: 0.1,
    Signal.COST: 0.1,
}
"""Relative shift that is worth an alarm, where not every one is."""

_YES_OR_NO = frozenset({Signal.OUTCOME, Signal.VERDICT})
_MILLION = 1e6
_LEAST_SECONDS = 0.001
"""Shorter times, fewer than one character, token or millionth count as so much."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One signal before and now."""

    signal: Signal
    before: float
    now: float
    n: int
    p: float
    """Probability of a shift at least as far where nothing has changed."""
    is_notable: bool
    """Whether it is far enough to act on, were it sure."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A look beside its reference."""

    shifts: tuple[Shift, ...]
    """Every signal that could be compared, the surest first."""
    alarms: tuple[Signal, ...]
    """Those that have moved for sure and far enough."""
    new_models: tuple[str, ...] = ()
    """Ids that the provider gave the model now and not then; each is an alarm."""
    new_fingerprints: tuple[str, ...] = ()
    """System fingerprints that are new; told, and no alarm: providers change them often."""
    changed: tuple[str, ...] = ()
    """Ids of the questions whose answers moved most, the worst first."""

    @property
    def is_alarm(self) -> bool:
        """Whether the model has changed."""
        return bool(self.alarms or self.new_models)


def is_judgeable(look: Pass, reference: Sequence[Pass] = ()) -> bool:
    """Whether enough questions were answered to compare the look, then as well as now."""
    questions = len(look.observations)
    lost = questions - len(answered_in_all([*reference, look]))
    return (
        questions > 0 and look.failed <= MOST_FAILED * questions and lost <= MOST_LOST * questions
    )


def can_be_reference(passes: Sequence[Pass]) -> bool:
    """Whether enough questions were answered in every pass to compare looks with them."""
    questions = len(passes[0].observations)
    lost = questions - len(answered_in_all(passes))
    return questions > 0 and lost <= MOST_FAILED * questions


def answered_in_all(passes: Sequence[Pass]) -> list[int]:
    """Return the places of the questions that failed in no pass."""
    return [
        number
        for number in range(len(passes[0].observations))
        if all(one.observations[number].error is None for one in passes)
    ]


def compared(
    reference: Sequence[Pass], look: Pass, similarity: Similarity, level: float, *, seed: int = 0
) -> Compared:
    """Return a look beside its reference.

    Args:
        reference: Passes over the questions that the look asked, in its order; with one alone,
            similarity says nothing.
        look: The same questions now.
        similarity: Of the drafts to one another.
        level: What this look may spend of the false-alarm rate.
        seed: Of the permutations.
    """
    asked = [*reference, look]
    kept = answered_in_all(asked)
    rows = [tuple(one.observations[number] for one in asked) for number in kept]
    closeness = similarity[kept]
    tests = signal_tests(measured(rows), closeness, seed, most_draws=needed_draws(level))
    shifts = sorted((test() for test in tests.values()), key=lambda one: one.p) if rows else []
    return Compared(
        shifts=tuple(shifts),
        alarms=alarms_of(shifts, level),
        new_models=_new(rows, lambda one: one.models),
        new_fingerprints=_new(rows, lambda one: one.fingerprints),
        changed=_most_changed(rows, closeness),
    )


def measured(rows: Sequence[_Row]) -> Measures:
    """Return each signal's values: one row a question, the look in the last column."""
    values: dict[Signal, Callable[[Observation], float]] = {
        Signal.OUTCOME: lambda one: one.outcome is Outcome.ANSWERED,
        Signal.VERDICT: lambda one: one.holds,
        Signal.LENGTH: lambda one: len(one.draft),
        Signal.LATENCY: lambda one: one.seconds,
        Signal.TOKENS: lambda one: one.completion_tokens,
    }
    if all(one.cost_usd is not None for row in rows for one in row):
        values[Signal.COST] = lambda one: _MILLION * (one.cost_usd or 0.0)
    return {
        signal: np.asarray([[value(one) for one in row] for row in rows], dtype=np.float64)
        for signal, value in values.items()
    }


def signal_tests(
    measures: Measures, closeness: Similarity, seed: int, *, most_draws: int
) -> Mapping[Signal, Callable[[], Shift]]:
    """Return what tests each signal, to be called where its answer is wanted."""
    tests: dict[Signal, Callable[[], Shift]] = {
        Signal.SIMILARITY: lambda: _similarity(closeness, seed, most_draws)
    }
    for signal, values in measures.items():
        tests[signal] = (
            partial(_paired, signal, values)
            if signal in _YES_OR_NO
            else partial(_numeric, signal, values, seed, most_draws)
        )
    return tests


def needed_draws(level: float) -> int:
    """Return how many draws tell a p-value below the level's smallest share from one above."""
    return ceil(2 * len(Signal) / level)


def alarms_of(shifts: Sequence[Shift], level: float) -> tuple[Signal, ...]:
    """Return the signals that moved for sure and far enough: Holm's steps down the p-values."""
    ranked = sorted(shifts, key=lambda one: one.p)
    sure = takewhile(
        lambda placed: placed[1].p <= level / (len(ranked) - placed[0]), enumerate(ranked)
    )
    return tuple(one.signal for _, one in sure if one.is_notable)


def _paired(signal: Signal, values: Values) -> Shift:
    pairs = paired_rates([(bool(row[0]), bool(row[-1])) for row in values])
    before, now = pairs.before.value, pairs.after.value
    return Shift(signal, before, now, len(values), pairs.p, is_notable=True)


def _similarity(closeness: Similarity, seed: int, most_draws: int) -> Shift:
    """Compare how like the others each draft is; the look's own must not be the odd one out."""
    n, drafts, _ = closeness.shape
    to_others = (closeness.sum(axis=2) - 1.0) / (drafts - 1)
    before, now = float(to_others[:, :-1].mean()), float(to_others[:, -1].mean())
    p = look_p(to_others, Sided.LOWER, seed=seed, most_draws=most_draws)
    return Shift(Signal.SIMILARITY, before, now, n, p, is_notable=True)


def _numeric(signal: Signal, values: Values, seed: int, most_draws: int) -> Shift:
    """Compare logarithms, so that one long answer doesn't outweigh all others."""
    logs = np.log(np.maximum(values, _LEAST_SECONDS if signal is Signal.LATENCY else 1.0))
    before, now = float(logs[:, :-1].mean()), float(logs[:, -1].mean())
    is_notable = abs(expm1(now - before)) >= LEAST_SHIFT[signal]
    p = look_p(logs, Sided.BOTH, seed=seed, most_draws=most_draws)
    return Shift(signal, exp(before), exp(now), len(values), p, is_notable=is_notable)


def _new(rows: Sequence[_Row], told: Callable[[Observation], tuple[str, ...]]) -> tuple[str, ...]:
    known = {name for row in rows for one in row[:-1] for name in told(one)}
    now = {name for row in rows for name in told(row[-1])}
    return tuple(sorted(now - known)) if known else ()


_SHOWN = 20


def _most_changed(rows: Sequence[_Row], closeness: Similarity) -> tuple[str, ...]:
    """Return the questions whose verdict or outcome is another one, then the least alike."""
    ranked = sorted(
        (
            (
                (row[0].holds, row[0].outcome) == (row[-1].holds, row[-1].outcome),
                float(near[-1, :-1].mean()),
                row[-1].question,
            )
            for row, near in zip(rows, closeness, strict=True)
        ),
    )
    moved = [one for one in ranked if not one[0] or one[1] < 1 - 1e-6]
    return tuple(question for _, _, question in moved[:_SHOWN])
