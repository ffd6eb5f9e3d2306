"""Summary: the rates and means of a run, all cases together and by part, kind and wording.

What has no value is counted in its own column, and is never a 0, a NaN or a missing row:
*not applicable* (the metric asks nothing of the case), *unscored* (a value couldn't be had),
*errors* (the case itself ended in an error) and *not asked* (the budget left no room for it).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from app.answer import Usage
from app.statistics import Mean, Rate, mean, percentile, rate
from evals.case import Case, Kind, Part
from evals.metrics.score import Score, ScoreState
from evals.results import Result
from evals.wording import shares_content_word

ALL_CASES = "all"
OTHER_WORDS = "no word of the title"
"""Answerable cases whose question shares no content word with a gold article's title."""
_PARTS = {
    Part.BEFORE: "before the answerer",
    Part.AFTER: "after the answerer",
    Part.HELD_OUT: "held out",
    Part.GENERATED: "generated",
    Part.PRODUCTION: "from production",
}


@dataclass(frozen=True, slots=True)
class MetricSummary:
    """One metric over one group of cases."""

    metric: str
    estimate: Rate | Mean | None
    """None where no case was scored."""
    scored: int
    """Cases with a value; a rate may count several things a case."""
    not_applicable: int
    unscored: int
    errors: int
    not_asked: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group of cases with its metrics."""

    name: str
    cases: int
    metrics: tuple[MetricSummary, ...]

    def metric(self, name: str) -> MetricSummary:
        """Return the summary of one metric.

        Raises:
            KeyError: The group has no such metric.
        """
        return {summary.metric: summary for summary in self.metrics}[name]


@dataclass(frozen=True, slots=True)
class Spending:
    """What the answers and their judges took."""

    latency_p50_ms: float | None
    """Of the answers whose models were asked; None where there is none, like `latency_p95_ms`."""
    latency_p95_ms: float | None
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float
    unpriced_calls: int
    """Model calls whose price isn't known; their cost is not in `cost_usd`."""
    cached_calls: int
    """Model calls that weren't made, as their replies were kept; they took nothing."""
    judging_tokens: int
    """Of all tokens, those of the judges."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run measured."""

    suite: str
    cases: int
    errors: int
    not_asked: int
    """Cases that a budget left no room for."""
    forbidden_cases: int
    """Cases whose answer states a forbidden fact."""
    groups: tuple[Group, ...]
    spending: Spending

    def group(self, name: str) -> Group:
        """Return one group.

        Raises:
            KeyError: The run has no such group.
        """
        return {group.name: group for group in self.groups}[name]


def summarise(
    suite: str, results: Sequence[Result], metrics: Sequence[str], titles: Mapping[str, str]
) -> Summary:
    """Return the summary of a run; `titles` are the articles' titles by id."""
    return Summary(
        suite=suite,
        cases=len(results),
        errors=sum(result.error is not None for result in results),
        not_asked=sum(result.not_asked is not None for result in results),
        forbidden_cases=sum(_failed(result.score("no_forbidden_fact")) for result in results),
        groups=_groups(results, metrics, titles),
        spending=_spending(results),
    )


def says_it_in_other_words(case: Case, titles: Mapping[str, str]) -> bool:
    """Return whether an answerable case shares no content word with any gold article's title.

    A follow-up doesn't count: what it leaves unsaid may be the title's words.
    """
    if case.history or not case.is_answerable:
        return False
    known = [titles[gold] for gold in case.articles if gold in titles]
    return bool(known) and not shares_content_word(case.question, known)


def in_group(name: str, case: Case) -> bool:
    """Return whether a case belongs to all cases, to a part or to a kind, named as in a summary."""
    return name in {ALL_CASES, _PARTS.get(case.part), str(case.kind)}


def _groups(
    results: Sequence[Result], metrics: Sequence[str], titles: Mapping[str, str]
) -> tuple[Group, ...]:
    names = (ALL_CASES, *_PARTS.values(), *map(str, Kind))
    named: dict[str, Callable[[Case], bool]] = {name: partial(in_group, name) for name in names}
    named |= {OTHER_WORDS: lambda case: says_it_in_other_words(case, titles)}
    groups = (
        _group(name, [result for result in results if belongs(result.case)], metrics)
        for name, belongs in named.items()
    )
    return tuple(group for group in groups if group.cases)


def _group(name: str, results: Sequence[Result], metrics: Sequence[str]) -> Group:
    return Group(name, len(results), tuple(_metric(metric, results) for metric in metrics))


def _metric(metric: str, results: Sequence[Result]) -> MetricSummary:
    scores = [score for result in results if (score := result.score(metric))]
    states = Counter(score.state for score in scores)
    return MetricSummary(
        metric=metric,
        estimate=_estimate([score for score in scores if score.state is ScoreState.SCORED]),
        scored=states[ScoreState.SCORED],
        not_applicable=states[ScoreState.NOT_APPLICABLE],
        unscored=states[ScoreState.UNSCORED],
        errors=sum(result.error is not None for result in results),
        not_asked=sum(result.not_asked is not None for result in results),
    )


def _estimate(scores: Sequence[Score]) -> Rate | Mean | None:
    if not scores:
        return None
    if all(score.trials for score in scores):
        return rate(
            sum(score.successes or 0 for score in scores),
            sum(score.trials or 0 for score in scores),
        )
    return mean([score.value for score in scores if score.value is not None])


def _failed(score: Score | None) -> bool:
    return score is not None and score.value == 0


def _spending(results: Sequence[Result]) -> Spending:
    latencies = [result.latency_ms for result in results if _was_timed(result)]
    judging = [call for result in results for score in result.scores for call in score.usage]
    answering = [
        usage for r in results if r.answer for usage in (*r.earlier_usage, *r.answer.usage)
    ]
    repeated = [usage for r in results for repeat in r.repeats for usage in repeat.usage]
    calls: list[Usage] = [*answering, *repeated, *judging]
    return Spending(
        latency_p50_ms=percentile(latencies, 0.5) if latencies else None,
        latency_p95_ms=percentile(latencies, 0.95) if latencies else None,
        prompt_tokens=sum(usage.prompt_tokens for usage in calls),
        completion_tokens=sum(usage.completion_tokens for usage in calls),
        cost_usd=sum(usage.cost_usd or 0.0 for usage in calls),
        unpriced_calls=sum(usage.cost_usd is None for usage in calls),
        cached_calls=sum(usage.from_cache for usage in calls),
        judging_tokens=sum(usage.prompt_tokens + usage.completion_tokens for usage in judging),
    )


def _was_timed(result: Result) -> bool:
    """Return whether an answer took as long as its models do."""
    return result.answer is not None and not any(call.from_cache for call in result.answer.usage)


def summary_row(summary: Summary) -> dict[str, object]:
    """Return the summary as it is written: groups by name, metrics by name within."""
    groups = {
        group.name: {
            "cases": group.cases,
            "metrics": {metric.metric: _metric_row(metric) for metric in group.metrics},
        }
        for group in summary.groups
    }
    return {
        "suite": summary.suite,
        "cases": summary.cases,
        "errors": summary.errors,
        "not_asked": summary.not_asked,
        "forbidden_cases": summary.forbidden_cases,
        "groups": groups,
        "spending": asdict(summary.spending),
    }


def estimate_row(estimate: Rate | Mean | None) -> dict[str, object]:
    """Return a value with its n and interval as it is written; empty without a value."""
    if estimate is None:
        return {}
    row: dict[str, object] = {"value": round(estimate.value, 4), "n": estimate.n}
    if isinstance(estimate, Rate):
        row["successes"] = estimate.successes
    return row | {"low": round(estimate.low, 4), "high": round(estimate.high, 4)}


def _metric_row(metric: MetricSummary) -> dict[str, object]:
    return estimate_row(metric.estimate) | {
        "scored": metric.scored,
        "not_applicable": metric.not_applicable,
        "unscored": metric.unscored,
        "errors": metric.errors,
        "not_asked": metric.not_asked,
    }
