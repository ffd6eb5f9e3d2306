"""The report of measured retrieval in the terminal."""

from rich.console import Console

from app.statistics import Mean
from evals.bench import MeasuredRetrieval
from evals.report import plain_table

_TITLE = "Rank of the gold articles, with 95 % intervals"


def print_retrieval(console: Console, measured: MeasuredRetrieval) -> None:
    """Print how high the gold articles ranked, and over how much."""
    indexed = measured.indexed
    table = plain_table("questions", ("n", *measured.scores[0].measures), title=_TITLE)
    for part in measured.scores:
        measures = list(part.measures.values())
        table.add_row(part.group, str(measures[0].n), *map(_cell, measures))
    console.print(table)
    console.print(
        f"{indexed.articles} articles in {indexed.chunks} chunks, "
        f"{len(indexed.plan.skipped)} files skipped; "
        f"left out: {measured.unanswerable} unanswerable questions, "
        f"{measured.left_out} without an indexed article",
        highlight=False,
    )


def _cell(measure: Mean) -> str:
    return f"{measure.value:.3f}\n[dim]{measure.low:.3f}…{measure.high:.3f}[/dim]"
