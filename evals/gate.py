"""The gate of a release: a run held against thresholds and against its baseline.

It fails closed: a threshold on a metric without a value is missed, and cases that ended in an
error or couldn't be scored count against limits of their own, as they would hide a regression.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.statistics import Mean, PairedMeans, PairedRates, Rate
from evals.comparison import ChangedCase, Comparison, compare_metric, compare_runs
from evals.comparison_report import overlap, written_difference, written_p
from evals.errors import GateFileError
from evals.gate_file import GateFile, Limits, RegressionRule, Side, Threshold
from evals.recorded import RecordedRun
from evals.summary import ALL_CASES, Group, MetricSummary, Summary, in_group, summarise


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was held against a run."""

    name: str
    asked: str
    """What had to hold."""
    found: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What the gate says of a run."""

    run: RecordedRun
    summary: Summary
    checks: tuple[Check, ...]
    comparison: Comparison | None
    """None without a baseline."""
    worse: tuple[tuple[str, ChangedCase], ...]
    """Metric and case, for the metrics that mustn't regress."""

    @property
    def passes(self) -> bool:
        """Whether everything holds."""
        return all(check.holds for check in self.checks)


def judge_run(run: RecordedRun, baseline: RecordedRun | None, gates: GateFile) -> Judged:
    """Return what the gate says of a run.

    Raises:
        GateFileError: The file has no threshold for the run's suite, or names a metric or a
            group that the run doesn't have.
        RunFolderError: The baseline has no case in common with the run.
    """
    summary = summarise(run.suite, run.results, run.metrics, {})
    thresholds = [one for one in gates.thresholds if one.suite == run.suite]
    if not thresholds:
        raise GateFileError(
            f"no threshold is set for suite {run.suite}: add a [[threshold]] for it"
        )
    compared = compare_runs(baseline, run) if baseline else None
    rules = [rule for rule in gates.regressions if rule.suite in {None, run.suite}]
    checks = [*_limits(summary, gates.limits), *(_held(one, summary) for one in thresholds)]
    if baseline and compared:
        checks += [_cases_check(compared, gates.limits)]
        checks += [_regression(rule, baseline, run) for rule in rules]
    names = {rule.metric for rule in rules}
    return Judged(run, summary, tuple(checks), compared, tuple(_worse(compared, names)))


def _limits(summary: Summary, limits: Limits) -> Iterator[Check]:
    unscored = sum(metric.unscored for metric in summary.group(ALL_CASES).metrics)
    yield _at_most("cases that ended in an error", summary.errors, limits.errors)
    yield _at_most("cases that weren't asked", summary.not_asked, limits.not_asked)
    yield _at_most("scores that couldn't be had", unscored, limits.unscored)


def _at_most(name: str, count: int, limit: int) -> Check:
    return Check(name, f"at most {limit}", str(count), count <= limit)


def _cases_check(compared: Comparison, limits: Limits) -> Check:
    lacking = compared.only_before + compared.different
    asked = f"at most {limits.missing_cases} missing"
    return Check("the baseline's cases", asked, overlap(compared), lacking <= limits.missing_cases)


def _held(threshold: Threshold, summary: Summary) -> Check:
    estimate = _metric(threshold, summary).estimate
    name = f"{threshold.metric}, {threshold.group}"
    asked = _asked(threshold)
    if estimate is None:
        return Check(name, asked, "no case has a value", holds=False)
    value = _side(estimate, threshold.on)
    enough = threshold.min is None or value >= threshold.min
    not_too_much = threshold.max is None or value <= threshold.max
    return Check(name, asked, _found(estimate), enough and not_too_much)


def _metric(threshold: Threshold, summary: Summary) -> MetricSummary:
    groups: dict[str, Group] = {group.name: group for group in summary.groups}
    group = groups.get(threshold.group)
    if group is None:
        raise GateFileError(
            f"the run has no cases {threshold.group!r}, it has {', '.join(groups)}: "
            "correct the threshold's `group`"
        )
    metrics = {metric.metric: metric for metric in group.metrics}
    if threshold.metric not in metrics:
        raise GateFileError(
            f"the run has no metric {threshold.metric!r}, it has {', '.join(metrics)}: "
            "correct the threshold's `metric`"
        )
    return metrics[threshold.metric]


def _side(estimate: Rate | Mean, side: Side) -> float:
    return {Side.POINT: estimate.value, Side.LOW: estimate.low, Side.HIGH: estimate.high}[side]


def _asked(threshold: Threshold) -> str:
    bounds = [
        f"{word} {bound:.1%}"
        for word, bound in (("at least", threshold.min), ("at most", threshold.max))
        if bound is not None
    ]
    return _SIDES[threshold.on] + " and ".join(bounds)


_SIDES = {Side.POINT: "", Side.LOW: "lower bound ", Side.HIGH: "upper bound "}


def _found(estimate: Rate | Mean) -> str:
    interval = f"{100 * estimate.low:.1f}–{100 * estimate.high:.1f}"
    return f"{estimate.value:.1%} ({interval}, n = {estimate.n})"


def _regression(rule: RegressionRule, baseline: RecordedRun, run: RecordedRun) -> Check:
    """Return whether a drop is noise: as far as allowed, or likely where nothing has changed."""
    earlier = {result.case.id: result for result in baseline.results}
    pairs = [
        (earlier[result.case.id], result)
        for result in run.results
        if result.case.id in earlier and in_group(rule.group, result.case)
    ]
    found = compare_metric(rule.metric, pairs).difference
    name = f"{rule.metric}, {rule.group}, against the baseline"
    asked = f"no drop over {100 * rule.max_drop:.1f} points with p < {rule.significance:g}"
    if found is None:
        return Check(name, asked, "no case has a value in both", holds=False)
    return Check(name, asked, _drop(found), not _is_regression(found, rule))


def _is_regression(found: PairedRates | PairedMeans, rule: RegressionRule) -> bool:
    return found.difference < -rule.max_drop and found.p < rule.significance


def _drop(found: PairedRates | PairedMeans) -> str:
    points, interval = written_difference(found)
    counts = f"{found.gained} better, {found.lost} worse of {found.before.n}"
    return f"{points} points ({interval}), {counts}, p = {written_p(found.p)}"


def _worse(
    compared: Comparison | None, names: Sequence[str] | set[str]
) -> Iterator[tuple[str, ChangedCase]]:
    for metric in compared.metrics if compared else ():
        if metric.metric in names:
            yield from ((metric.metric, case) for case in metric.changed if case.is_worse)
