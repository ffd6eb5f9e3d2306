"""The report of a run in the terminal: rates with n and interval, and the cases that went wrong."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.statistics import Mean, Rate
from evals.failures import failures
from evals.results import Result
from evals.summary import ALL_CASES, Group, MetricSummary, Spending, Summary

_PIPED_WIDTH = 100
_SHOWN_CASES = 20
_GROUP_METRICS = {
    "passed": "passed",
    "all_facts": "all facts",
    "no_forbidden_fact": "not forbidden",
    "gold_cited": "gold cited",
    "faithfulness": "faithfulness",
}
_LONGEST_QUESTION = 90


def a_console() -> Console:
    """Return the terminal, or what stands in for it, wide enough for the tables."""
    console = Console()
    return console if console.is_terminal else Console(width=_PIPED_WIDTH)


def print_report(console: Console, summary: Summary, results: Sequence[Result]) -> None:
    """Print what a run measured, and the worst cases with their reasons."""
    console.print(
        f"\n[bold]{escape(summary.suite)}[/bold]: {summary.cases} cases, "
        f"{summary.forbidden_cases} with a forbidden fact, {summary.errors} ended in an error"
        + (f", {summary.not_asked} not asked for want of budget" if summary.not_asked else "")
        + "\n",
        highlight=False,
    )
    console.print(_metrics_table(summary.group(ALL_CASES)))
    console.print(_groups_table(summary.groups))
    console.print(_spending_line(summary.spending))
    _print_wrong(console, results)


def written(estimate: Rate | Mean | None) -> tuple[str, str]:
    """Return a value and its 95 % interval as texts, in percent; a dash where there is none."""
    if estimate is None:
        return "–", "–"
    return f"{estimate.value:.1%}", f"{100 * estimate.low:.1f} … {estimate.high:.1%}"


def plain_table(first: str, headings: Iterable[str], *, title: str) -> Table:
    """Return an empty table whose first column holds names and the others numbers."""
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold")
    table.add_column(first, no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _metrics_table(group: Group) -> Table:
    headings = ("value", "95 % interval", "n", "n/a", "unscored", "errors", "not asked")
    table = plain_table("metric", headings, title="All cases")
    for metric in group.metrics:
        table.add_row(metric.metric, *written(metric.estimate), *_counts(metric))
    return table


def _counts(metric: MetricSummary) -> tuple[str, ...]:
    n = metric.estimate.n if metric.estimate else 0
    return tuple(
        map(str, (n, metric.not_applicable, metric.unscored, metric.errors, metric.not_asked))
    )


def _groups_table(groups: Sequence[Group]) -> Table:
    title = "By group: rate, 95 % interval, n"
    table = plain_table("cases", _GROUP_METRICS.values(), title=title)
    for group in groups:
        cells = (_cell(group.metric(name)) for name in _GROUP_METRICS)
        table.add_row(group.name, *cells)
    return table


def _cell(metric: MetricSummary) -> str:
    estimate = metric.estimate
    if estimate is None:
        return "–"
    interval = f"{100 * estimate.low:.0f}…{estimate.high:.0%}"
    return f"{estimate.value:.1%}\n[dim]{interval} {estimate.n:>4}[/dim]"


def _spending_line(spending: Spending) -> str:
    parts = []
    if spending.latency_p50_ms is not None and spending.latency_p95_ms is not None:
        parts.append(
            f"latency p50 {spending.latency_p50_ms:.1f} ms, p95 {spending.latency_p95_ms:.1f} ms"
        )
    tokens = f"{spending.prompt_tokens} + {spending.completion_tokens} tokens"
    parts.append(f"{tokens}, {spending.cost_usd:.4f} USD")
    if spending.judging_tokens:
        parts.append(f"{spending.judging_tokens} of them the judges'")
    if spending.cached_calls:
        parts.append(f"{spending.cached_calls} calls taken from the cache")
    if spending.unpriced_calls:
        parts.append(f"{spending.unpriced_calls} calls without a known price")
    return " · ".join(parts)


def _print_wrong(console: Console, results: Sequence[Result]) -> None:
    wrong = failures(results)
    if not wrong:
        console.print("\nNothing went wrong.")
        return
    console.print(f"\n[bold]{len(wrong)} wrong[/bold], the worst first")
    for failure in wrong[:_SHOWN_CASES]:
        case = failure.result.case
        console.print(f"[bold]{escape(case.id)}[/bold] [dim]{case.kind}[/dim]", highlight=False)
        console.print(f"  {escape(_shortened(case.question))}", highlight=False)
        console.print(f"  [red]{escape(failure.reasons[0])}[/red]", highlight=False)
    if len(wrong) > _SHOWN_CASES:
        console.print(f"… and {len(wrong) - _SHOWN_CASES} more in results.jsonl")


def _shortened(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _LONGEST_QUESTION else line[: _LONGEST_QUESTION - 1] + "…"
