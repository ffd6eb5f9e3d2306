"""`candor eval compare`, `gate` and `report`: what is read out of runs that have ended."""

import json
from pathlib import Path
from typing import Annotated

import typer

RunDir = Annotated[Path, typer.Argument(help="Folder of a run.", show_default=False)]


def compare(
    before: Annotated[
        Path, typer.Argument(help="Folder of the run to compare with.", show_default=False)
    ],
    after: RunDir,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
) -> None:
    """Compare two runs case by case: differences with intervals, p-values, and what changed."""
    from evals.comparison import compare_runs  # noqa: PLC0415 - `--help` stays fast
    from evals.comparison_report import comparison_row, print_comparison  # noqa: PLC0415
    from evals.recorded import read_run  # noqa: PLC0415 - as above
    from evals.report import a_console  # noqa: PLC0415 - as above

    compared = compare_runs(read_run(before), read_run(after))
    if as_json:
        typer.echo(json.dumps(comparison_row(compared), ensure_ascii=False, indent=2))
        return
    print_comparison(a_console(), compared)
