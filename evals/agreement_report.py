"""The table of measured judges in the terminal: each figure with its 95 % interval and n."""

from collections.abc import Sequence

from rich.console import Console

from app.statistics import Rate
from evals.judges.agreement import Estimate
from evals.judges.agreement_files import MeasuredJudge
from evals.report import plain_table

_HEADINGS = ("kappa", "found", "falsely", "AUROC", "n", "no value")


def print_agreements(console: Console, measured: Sequence[MeasuredJudge]) -> None:
    """Print each judge's agreement; "found" are true positives, "falsely" false ones."""
    table = plain_table("judge", _HEADINGS, title="Agreement with people, 95 % intervals below")
    for one in measured:
        found = one.agreement
        table.add_row(
            one.identity.name + (" *" if found.fitted_cut else ""),
            _estimate(found.kappa),
            _rate(found.true_positives),
            _rate(found.false_positives),
            _estimate(found.auroc),
            f"{found.n}\n[dim]{found.hallucinated} so[/dim]",
            str(found.unscored + found.not_applicable),
        )
    console.print(table)
    if any(one.agreement.fitted_cut for one in measured):
        console.print("* its cut was chosen on the other sources of these labels", highlight=False)


def _estimate(found: Estimate) -> str:
    return f"{found.value:.3f}\n[dim]{found.low:.2f}…{found.high:.2f}[/dim]"


def _rate(found: Rate) -> str:
    return f"{found.value:.1%}\n[dim]{100 * found.low:.0f}…{found.high:.0%}[/dim]"
