"""The comparison of two runs in the terminal and as JSON."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.statistics import PairedMeans, PairedRates
from evals.comparison import ChangedCase, Comparison, Held, MetricComparison, Standing
from evals.report import plain_table, written
from evals.summary import estimate_row

UNPAIRED = tuple(standing for standing in Standing if standing is not Standing.SCORED)
_SHOWN_CASES = 20
_HEADINGS = ("before", "after", "change", "95 % interval", "n", "+", "−", "p")


def print_comparison(console: Console, compared: Comparison) -> None:
    """Print the metrics of both runs, what had no pair, and the cases that changed."""
    console.print(f"\n[bold]{escape(compared.before)}[/bold] → [bold]{escape(compared.after)}")
    console.print(overlap(compared) + "\n", highlight=False)
    console.print(_metrics_table(compared))
    if any(_unpaired(metric) for metric in compared.metrics):
        console.print(_unpaired_table(compared))
    for metric in compared.metrics:
        _print_changed(console, metric)


def overlap(compared: Comparison) -> str:
    """Return in words which cases were compared, and which were not and why."""
    parts = [f"{compared.common} cases in common"]
    if not compared.same_suite:
        parts.append("the suites' files differ")
    if compared.only_before or compared.only_after:
        parts.append(
            f"not common: {compared.only_before} only before, {compared.only_after} only after"
        )
    if compared.different:
        parts.append(f"not compared: {compared.different} of the same id with other contents")
    return "; ".join(parts)


def comparison_row(compared: Comparison) -> dict[str, object]:
    """Return the comparison as it is written."""
    return {
        "before": compared.before,
        "after": compared.after,
        "suites": list(compared.suites),
        "same_suite": compared.same_suite,
        "cases": {
            "common": compared.common,
            "only_before": compared.only_before,
            "only_after": compared.only_after,
            "different": compared.different,
        },
        "metrics": {metric.metric: _metric_row(metric) for metric in compared.metrics},
    }


def written_p(p: float) -> str:
    """Return a p-value as a text."""
    return "<.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")  # noqa: PLR2004 - of the text


def written_difference(found: PairedRates | PairedMeans) -> tuple[str, str]:
    """Return a difference and its 95 % interval as texts, in percentage points."""
    return f"{100 * found.difference:+.1f}", f"{100 * found.low:+.1f} … {100 * found.high:+.1f}"


def _metrics_table(compared: Comparison) -> Table:
    table = plain_table(
        "metric", _HEADINGS, title="Cases that both runs scored; + got better, − got worse"
    )
    for metric in compared.metrics:
        table.add_row(metric.metric, *_cells(metric))
    return table


def _cells(metric: MetricComparison) -> tuple[str, ...]:
    found = metric.difference
    if found is None:
        return ("–", "–", "–", "–", "0", "–", "–", "–")
    return (
        written(found.before)[0],
        written(found.after)[0],
        *written_difference(found),
        str(metric.pairs),
        str(found.gained),
        str(found.lost),
        written_p(found.p),
    )


def _unpaired(metric: MetricComparison) -> int:
    return sum(metric.before.get(one, 0) + metric.after.get(one, 0) for one in UNPAIRED)


def _unpaired_table(compared: Comparison) -> Table:
    headings = (standing.replace("_", " ") for standing in UNPAIRED)
    table = plain_table("metric", headings, title="Without a value, before → after")
    for metric in compared.metrics:
        counts = (f"{metric.before.get(o, 0)} → {metric.after.get(o, 0)}" for o in UNPAIRED)
        table.add_row(metric.metric, *counts)
    return table


def _print_changed(console: Console, metric: MetricComparison) -> None:
    if not metric.changed:
        return
    console.print(f"\n[bold]{metric.metric}[/bold]: {len(metric.changed)} changed")
    for case in metric.changed[:_SHOWN_CASES]:
        colour = "red" if case.is_worse else "green"
        console.print(
            f"  [{colour}]{escape(case.id)}[/{colour}] [dim]{case.kind}[/dim] "
            f"{case.before.shown} → {case.after.shown} {escape(change_reason(case))}",
            highlight=False,
        )
    if len(metric.changed) > _SHOWN_CASES:
        console.print(f"  … and {len(metric.changed) - _SHOWN_CASES} more with --json")


def change_reason(case: ChangedCase) -> str:
    """Return why the value is what it is now; where nothing is wrong any more, what was."""
    return case.after.reason or case.before.reason


def _metric_row(metric: MetricComparison) -> dict[str, object]:
    found = metric.difference
    row: dict[str, object] = {"pairs": metric.pairs}
    if found is not None:
        row |= {
            "before": estimate_row(found.before),
            "after": estimate_row(found.after),
            "difference": round(found.difference, 4),
            "low": round(found.low, 4),
            "high": round(found.high, 4),
            "gained": found.gained,
            "lost": found.lost,
            "p": round(found.p, 6),
        }
    return row | {
        "without_a_value": {
            str(one): {"before": metric.before.get(one, 0), "after": metric.after.get(one, 0)}
            for one in UNPAIRED
        },
        "changed": [_changed_row(case) for case in metric.changed],
    }


def _changed_row(case: ChangedCase) -> dict[str, object]:
    return {
        "id": case.id,
        "kind": case.kind,
        "before": _held_row(case.before),
        "after": _held_row(case.after),
    }


def _held_row(held: Held) -> dict[str, object]:
    row: dict[str, object] = {"standing": str(held.standing)}
    if held.value is not None:
        row["value"] = held.value
    return row | ({"reason": held.reason} if held.reason else {})
