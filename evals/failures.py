"""Failures: the results that are wrong, the worst first, each with its reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.results import Result

ERROR = "error"
_WORST_FIRST = (
    "no_invented_policy",
    "no_forbidden_fact",
    "no_wrong_scope",
    "faithfulness",
    ERROR,
    "abstained_when_uncovered",
    "passed",
)
"""A wrong fact is worse than an answer that should be none, and that is worse than no answer."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A result that is wrong."""

    badness: int
    """0 is worst."""
    result: Result
    reasons: tuple[str, ...]
    """Each as `metric: reason`, the worst first; never empty."""


def failures(results: Sequence[Result]) -> tuple[Failure, ...]:
    """Return what went wrong, the worst first, else in the results' order."""
    return tuple(sorted(_failures(results), key=lambda failure: failure.badness))


def _failures(results: Sequence[Result]) -> Iterator[Failure]:
    for result in results:
        found = list(_reasons(result))
        if found:
            badness = min(place for place, _ in found)
            yield Failure(badness, result, tuple(dict.fromkeys(reason for _, reason in found)))


def _reasons(result: Result) -> Iterator[tuple[int, str]]:
    if result.error is not None:
        yield _WORST_FIRST.index(ERROR), f"{ERROR}: {result.error}"
        return
    for badness, metric in enumerate(_WORST_FIRST):
        if (score := result.score(metric)) and score.value is not None and score.value < 1:
            yield badness, f"{metric}: {score.reason}"
