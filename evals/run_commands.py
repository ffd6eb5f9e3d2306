"""`candor eval compare`, `gate` and `report`: what is read out of runs that have ended."""

import json
from pathlib import Path
from typing import Annotated

import typer

_CANT_BE_JUDGED = 2

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


def gate(
    run: RunDir,
    *,
    baseline: Annotated[
        Path | None, typer.Option(help="Folder of the run that this one mustn't fall behind.")
    ] = None,
    gates: Annotated[
        Path | None,
        typer.Option(
            help="File of thresholds; only with CANDOR_GATES' own does a pass let a release serve.",
            show_default="CANDOR_GATES",
        ),
    ] = None,
    summary: Annotated[
        Path | None, typer.Option(help="File for a summary in Markdown, for a pull request.")
    ] = None,
) -> None:
    """Hold a run against thresholds and a baseline: 0 passes, 1 doesn't, 2 can't be judged."""
    from app.settings import AppSettings  # noqa: PLC0415 - `--help` stays fast
    from evals.gate import judge_run  # noqa: PLC0415 - as above
    from evals.gate_file import read_gates  # noqa: PLC0415 - as above
    from evals.gate_record import keep_verdict  # noqa: PLC0415 - as above
    from evals.gate_summary import gate_lines, gate_markdown  # noqa: PLC0415 - as above
    from evals.recorded import read_run  # noqa: PLC0415 - as above
    from knowledge_base.errors import CandorError  # noqa: PLC0415 - as above

    file = gates or AppSettings().gates
    try:
        against = read_run(baseline) if baseline else None
        judged = judge_run(read_run(run), against, read_gates(file))
        keep_verdict(judged, file)
        if summary:
            summary.write_text(gate_markdown(judged), encoding="utf-8")
    except (CandorError, OSError) as error:
        typer.secho(f"candor: {error}", err=True, fg=typer.colors.RED)
        raise typer.Exit(_CANT_BE_JUDGED) from error
    for line in gate_lines(judged):
        typer.echo(line)
    if not judged.passes:
        raise typer.Exit(1)


def report(
    run: RunDir,
    *,
    baseline: Annotated[
        Path | None, typer.Option(help="Folder of a run to show the differences from.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="File to write.", show_default="<run>/report.html")
    ] = None,
) -> None:
    """Write one HTML file that needs no network: rates, kinds, failures beside their articles."""
    from evals.article_texts import texts_of  # noqa: PLC0415 - `--help` stays fast
    from evals.comparison import compare_runs  # noqa: PLC0415 - as above
    from evals.html_report import html_report  # noqa: PLC0415 - as above
    from evals.recorded import read_run  # noqa: PLC0415 - as above
    from evals.settings import EvalsSettings  # noqa: PLC0415 - as above

    read = read_run(run)
    compared = compare_runs(read_run(baseline), read) if baseline else None
    file = output or run / "report.html"
    texts = texts_of(read, EvalsSettings().data_dir)
    file.write_text(html_report(read, texts, compared), encoding="utf-8")
    typer.echo(f"Written to {file}")
