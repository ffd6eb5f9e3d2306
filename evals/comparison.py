"""Comparison: two runs over the same cases, pair by pair, with the cases that changed.

Only cases that both runs scored are pairs. What one of them couldn't score stands in columns of
its own, counted before and after, and is never a 0 or left out unsaid.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.statistics import PairedMeans, PairedRates, paired_means, paired_rates
from evals.errors import RunFolderError
from evals.metrics.score import ScoreState
from evals.recorded import RecordedRun
from evals.results import Result


class Standing(StrEnum):
    """What a run has of one case for one metric."""

    SCORED = ScoreState.SCORED.value
    NOT_APPLICABLE = ScoreState.NOT_APPLICABLE.value
    UNSCORED = ScoreState.UNSCORED.value
    ERROR = "error"
    """The case ended in an error."""
    NOT_ASKED = "not_asked"
    """The run's budget left no room for the case."""
    NOT_MEASURED = "not_measured"
    """The run doesn't have the metric."""


@dataclass(frozen=True, slots=True)
class Held:
    """One case's value in one run, or why there is none."""

    standing: Standing
    value: float | None
    """None unless scored."""
    reason: str

    @property
    def shown(self) -> str:
        """The value, or what stands in for it."""
        return self.standing.replace("_", " ") if self.value is None else f"{self.value:.4g}"


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case that two runs scored differently."""

    id: str
    kind: str
    question: str
    before: Held
    after: Held

    @property
    def is_worse(self) -> bool:
        """Whether a value fell, or is gone."""
        return (self.before.value or 0) > (self.after.value or 0)


@dataclass(frozen=True, slots=True)
class MetricComparison:
    """One metric in two runs."""

    metric: str
    difference: PairedRates | PairedMeans | None
    """None where no case was scored in both."""
    pairs: int
    before: Mapping[Standing, int]
    """How many of the common cases stand where, before; they sum to all of them."""
    after: Mapping[Standing, int]
    changed: tuple[ChangedCase, ...]
    """In the order of the run after."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside the one that it is compared with."""

    before: str
    """Name of the run's folder, like `after`."""
    after: str
    suites: tuple[str, str]
    same_suite: bool
    """Whether both asked the same file."""
    common: int
    only_before: int
    only_after: int
    different: int
    """Cases of one id that ask something else or expect something else; they aren't compared."""
    metrics: tuple[MetricComparison, ...]


def compare_runs(before: RecordedRun, after: RecordedRun) -> Comparison:
    """Return what changed from one run to the other, over the cases that both asked.

    Raises:
        RunFolderError: They have no case in common.
    """
    earlier = {result.case.id: result for result in before.results}
    shared = [(earlier[one.case.id], one) for one in after.results if one.case.id in earlier]
    pairs = [(first, second) for first, second in shared if _is_same(first, second)]
    if not pairs:
        raise RunFolderError(
            f"{before.path} ({before.suite}) and {after.path} ({after.suite}) have no case in "
            "common: compare runs of one suite"
        )
    metrics = dict.fromkeys((*after.metrics, *before.metrics))
    return Comparison(
        before=before.name,
        after=after.name,
        suites=(before.suite, after.suite),
        same_suite=before.suite_sha256 == after.suite_sha256,
        common=len(pairs),
        only_before=len(before.results) - len(shared),
        only_after=len(after.results) - len(shared),
        different=len(shared) - len(pairs),
        metrics=tuple(compare_metric(metric, pairs) for metric in metrics),
    )


def compare_metric(metric: str, pairs: Sequence[tuple[Result, Result]]) -> MetricComparison:
    """Return what changed of one metric over pairs of results of the same case."""
    held = [(_held(before, metric), _held(after, metric)) for before, after in pairs]
    values = [
        (before.value, after.value)
        for before, after in held
        if before.value is not None and after.value is not None
    ]
    changed = (
        ChangedCase(result.case.id, result.case.kind, result.case.question, before, after)
        for (_, result), (before, after) in zip(pairs, held, strict=True)
        if (before.standing, before.value) != (after.standing, after.value)
    )
    return MetricComparison(
        metric=metric,
        difference=_difference(values),
        pairs=len(values),
        before=Counter(before.standing for before, _ in held),
        after=Counter(after.standing for _, after in held),
        changed=tuple(changed),
    )


def _is_same(before: Result, after: Result) -> bool:
    asked = (before.case.question, before.case.history, before.case.outcomes, before.case.articles)
    return asked == (
        after.case.question,
        after.case.history,
        after.case.outcomes,
        after.case.articles,
    )


def _held(result: Result, metric: str) -> Held:
    if result.error is not None:
        return Held(Standing.ERROR, None, result.error)
    if result.not_asked is not None:
        return Held(Standing.NOT_ASKED, None, result.not_asked)
    score = result.score(metric)
    if score is None:
        return Held(Standing.NOT_MEASURED, None, "")
    return Held(Standing(score.state.value), score.value, score.reason)


def _difference(values: Sequence[tuple[float, float]]) -> PairedRates | PairedMeans | None:
    """Return a rate's change where every value is right or wrong, else an average's."""
    if not values:
        return None
    if all(value in {0, 1} for pair in values for value in pair):
        return paired_rates([(before == 1, after == 1) for before, after in values])
    return paired_means(values)
