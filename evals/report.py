"""The report of a run in the terminal: rates with n and interval, and the cases that went wrong."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.statistics import Mean, Rate
from evals.bench import MeasuredRetrieval
from evals.results import Result
from evals.summary import ALL_CASES, Group, MetricSummary, Spending, Summary

_SHOWN_CASES = 20
_GROUP_METRICS = ("passed", "all_facts", "no_forbidden_fact", "gold_cited", "faithfulness")
_LONGEST_QUESTION = 90


def print_report(console: Console, summary: Summary, results: Sequence[Result]) -> None:
    """Print what a run measured, and the worst cases with their reasons."""
    console.print(f"\n[bold]{escape(summary.suite)}[/bold]: {summary.cases} cases", end="")
    console.print(f", {summary.errors} ended in an error" if summary.errors else "")
    console.print(_metrics_table(summary.group(ALL_CASES)))
    console.print(_groups_table(summary.groups))
    console.print(_spending_line(summary.spending))
    _print_wrong(console, results)


def written(estimate: Rate | Mean | None) -> tuple[str, str]:
    """Return a value and its 95 % interval as texts, in percent; a dash where there is none."""
    if estimate is None:
        return "–", "–"
    return f"{estimate.value:.1%}", f"{estimate.low:.1%} … {estimate.high:.1%}"


def _metrics_table(group: Group) -> Table:
    table = Table("metric", box=box.SIMPLE_HEAD, title="All cases", title_justify="left")
    for heading in ("value", "95 % interval", "n", "not applicable", "unscored", "errors"):
        table.add_column(heading, justify="right")
    for metric in group.metrics:
        table.add_row(metric.metric, *written(metric.estimate), *_counts(metric))
    return table


def _counts(metric: MetricSummary) -> tuple[str, ...]:
    n = metric.estimate.n if metric.estimate else 0
    return tuple(map(str, (n, metric.not_applicable, metric.unscored, metric.errors)))


def _groups_table(groups: Sequence[Group]) -> Table:
    table = Table("cases", box=box.SIMPLE_HEAD, title="By group", title_justify="left")
    for heading in ("", *_GROUP_METRICS):
        table.add_column(heading, justify="right")
    for group in groups:
        cells = (_cell(group.metric(name)) for name in _GROUP_METRICS)
        table.add_row(group.name, str(group.cases), *cells)
    return table


def _cell(metric: MetricSummary) -> str:
    estimate = metric.estimate
    if estimate is None:
        return "–"
    interval = f"{estimate.low:.0%}…{estimate.high:.0%}".replace("%…", "…")
    return f"{estimate.value:.1%}\n[dim]{interval}, n {estimate.n}[/dim]"


def _spending_line(spending: Spending) -> str:
    parts = []
    if spending.latency_p50_ms is not None and spending.latency_p95_ms is not None:
        parts.append(
            f"latency p50 {spending.latency_p50_ms:.1f} ms, p95 {spending.latency_p95_ms:.1f} ms"
        )
    tokens = f"{spending.prompt_tokens} + {spending.completion_tokens} tokens"
    parts.append(f"{tokens}, {spending.cost_usd:.4f} USD")
    if spending.unpriced_calls:
        parts.append(f"{spending.unpriced_calls} calls without a known price")
    return " · ".join(parts)


def _print_wrong(console: Console, results: Sequence[Result]) -> None:
    wrong = sorted(_wrong(results), key=lambda found: found[0])
    if not wrong:
        console.print("\nNothing went wrong.")
        return
    console.print(f"\n[bold]{len(wrong)} wrong[/bold], the worst first")
    for _, result, reason in wrong[:_SHOWN_CASES]:
        case = result.case
        console.print(f"[bold]{escape(case.id)}[/bold] [dim]{case.kind}[/dim]", highlight=False)
        console.print(f"  {escape(_shortened(case.question))}", highlight=False)
        console.print(f"  [red]{escape(reason)}[/red]", highlight=False)
    if len(wrong) > _SHOWN_CASES:
        console.print(f"… and {len(wrong) - _SHOWN_CASES} more in results.jsonl")


def _wrong(results: Sequence[Result]) -> Iterator[tuple[int, Result, str]]:
    """Yield how bad (0 is worst), which result, and why."""
    for result in results:
        if result.error:
            yield 1, result, f"error: {result.error}"
            continue
        for badness, metric in enumerate(("no_forbidden_fact", "faithfulness", "passed")):
            score = result.score(metric)
            if score and score.value is not None and score.value < 1:
                yield badness, result, score.reason
                break


def _shortened(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _LONGEST_QUESTION else line[: _LONGEST_QUESTION - 1] + "…"


def print_retrieval(console: Console, measured: MeasuredRetrieval) -> None:
    """Print how high the gold articles ranked."""
    indexed = measured.indexed
    table = Table("questions", box=box.SIMPLE_HEAD)
    for heading in ("n", *measured.scores[0].measures):
        table.add_column(heading, justify="right")
    for part in measured.scores:
        values = list(part.measures.values())
        cells = (f"{mean.value:.3f}\n[dim]{_range(mean)}[/dim]" for mean in values)
        table.add_row(part.group, str(values[0].n), *cells)
    console.print(table)
    console.print(
        f"{indexed.articles} articles, {indexed.chunks} chunks, {len(indexed.skipped)} files "
        f"skipped · {measured.unanswerable} unanswerable questions and {measured.left_out} without "
        "an indexed article left out",
        highlight=False,
    )


def _range(estimate: Mean) -> str:
    return f"{estimate.low:.2f}…{estimate.high:.2f}"
