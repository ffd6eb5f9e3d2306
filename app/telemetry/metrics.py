"""Metrics for Prometheus: counters of what turns did, and what serves now.

The only home of its client. Each process counts for itself; a label never holds anybody's words,
and takes few values.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.answer import Budget, CallEnd, Usage
from app.telemetry.turn_report import TurnReport

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LEFT_ALONE_SECONDS = 60.0
"""Two pauses of a breaker, as one call may be let through between two that it refuses."""
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32)

BuiltAt = Callable[[], datetime | None]
"""When the generation that serves was built, None where none does."""


class Metrics:
    """Counts turns, and says what it counted."""

    def __init__(self, built_at: BuiltAt, now: Callable[[], datetime]) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # of the library
        self._registry = CollectorRegistry()
        self._registry.register(_GenerationAge(built_at, now))
        self._turns = self._counter("turns", "Turns that ended, by outcome.", "outcome", "release")
        self._sentences = self._counter(
            "sentences", "Drafted sentences, by what the gate made of them.", "ruling"
        )
        self._claims = self._counter("claims", "Drafted claims, by verdict.", "verdict")
        self._blocked = self._counter(
            "sentences_blocked", "Drafted sentences not shown as they were, by check.", "check"
        )
        self._guarded = self._counter(
            "guarded", "Decisions of guardrails other than to allow.", "guard", "action"
        )
        self._first = self._histogram("first_sentence_seconds", "Until the first sentence.")
        self._whole = self._histogram("turn_seconds", "Until the whole answer.")
        self._calls = self._counter(
            "model_calls", "Model calls that were charged.", "model", "purpose", "ending"
        )
        self._tokens = self._counter("model_tokens", "Tokens, by kind.", "model", "kind")
        self._cost = self._counter("model_cost_usd", "US dollars, where priced.", "model")
        self._cache = self._counter("answer_cache", "Look-ups of the answer cache.", "result")
        self._budgets = self._counter("budget_reached", "Turns that met a budget.", "budget")
        self._begin_at_zero()
        self._left_alone = _LeftAlone(now)
        self._registry.register(self._left_alone)

    def count(self, report: TurnReport) -> None:
        """Count a turn that has ended."""
        release = report.answer.release if report.answer else ""
        self._turns.labels(report.outcome, release).inc()
        _add(self._sentences, report.rulings.items())
        _add(self._claims, report.verdicts.items())
        _add(self._blocked, report.blocked.items())
        self._whole.observe(report.seconds)
        if report.first_sentence_seconds is not None:
            self._first.observe(report.first_sentence_seconds)
        if report.budget is not None:
            self._budgets.labels(report.budget).inc()
        for decision in report.answer.guarded if report.answer else ():
            self._guarded.labels(decision.guard, decision.action).inc()
        if report.answer is not None and "cache" in report.answer.timings_ms:
            self._cache.labels(report.answer.cache_hit or "miss").inc()
        for call in report.usage:
            self._count_call(call)
        for model in report.left_alone:
            self._left_alone.note(model)

    def written(self) -> bytes:
        """Return all metrics in Prometheus's text format."""
        return generate_latest(self._registry)

    def names(self) -> frozenset[str]:
        """Return the names of all metrics, as a query has them."""
        names: set[str] = set()
        for metric in self._registry.collect():
            names.update(_query_names(metric))
        return frozenset(names)

    def _begin_at_zero(self) -> None:
        """Show what an alert waits for before it happens: a first event is no increase else."""
        self._turns.labels("FAILED", "")
        for budget in Budget:
            self._budgets.labels(budget)

    def _count_call(self, call: Usage) -> None:
        self._calls.labels(call.model, call.purpose, call.ending).inc()
        fresh = call.prompt_tokens - call.cached_tokens
        self._tokens.labels(call.model, "prompt").inc(max(0, fresh))
        self._tokens.labels(call.model, "cached").inc(call.cached_tokens)
        self._tokens.labels(call.model, "completion").inc(call.completion_tokens)
        if call.cost_usd is not None:
            self._cost.labels(call.model).inc(call.cost_usd)
        if call.ending is CallEnd.COMPLETE:
            self._left_alone.forget(call.model)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"candor_{name}", told, labels, registry=self._registry)

    def _histogram(self, name: str, told: str) -> Histogram:
        return Histogram(f"candor_{name}", told, registry=self._registry, buckets=_SECONDS)


class _GenerationAge(Collector):
    """How old the generation that serves is, asked whenever Prometheus asks."""

    def __init__(self, built_at: BuiltAt, now: Callable[[], datetime]) -> None:
        self._built_at = built_at
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Yield the age; nothing while no generation serves."""
        age = GaugeMetricFamily(
            "candor_generation_age_seconds", "Since the generation that serves was built."
        )
        built = self._built_at()
        if built is not None:
            age.add_metric((), (self._now() - built).total_seconds())
        yield age


class _LeftAlone(Collector):
    """Which models are left alone: for a while after one was refused, or until it answers."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._refused: dict[str, datetime | None] = {}
        """When a model was refused last; None where it has answered since."""

    def note(self, model: str) -> None:
        """Note that a model wasn't asked."""
        self._refused[model] = self._now()

    def forget(self, model: str) -> None:
        """Note that a model has answered."""
        self._refused[model] = None

    def collect(self) -> Iterator[Metric]:
        """Yield 1 or 0 for each model that was wanted."""
        is_open = GaugeMetricFamily(
            "candor_breaker_open",
            "1 where a model was left alone in the last minute and hasn't answered since.",
            labels=("model",),
        )
        now = self._now()
        for model, at in tuple(self._refused.items()):
            is_recent = at is not None and (now - at).total_seconds() < LEFT_ALONE_SECONDS
            is_open.add_metric((model,), float(is_recent))
        yield is_open


def _add(counter: Counter, counts: Iterable[tuple[str, int]]) -> None:
    for name, count in counts:
        counter.labels(name).inc(count)


def _query_names(metric: Metric) -> tuple[str, ...]:
    if metric.type == "counter":
        return (f"{metric.name}_total",)
    if metric.type == "histogram":
        return tuple(f"{metric.name}_{part}" for part in ("bucket", "sum", "count"))
    return (metric.name,)
