"""`candor lint`: what is wrong in the articles, before customers find out."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

_DAY = "%Y-%m-%d"


def lint(
    source: Annotated[
        list[str] | None,
        typer.Option(help="As for `candor reindex`; all sources together are one help centre."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    sarif: Annotated[
        Path | None, typer.Option(help="Write the findings to this file, for code review.")
    ] = None,
    at: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], help="Look for what is wrong on this day, not today."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail on warnings too, not on errors only.")
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="End with 0 whatever is found.")
    ] = False,
) -> None:
    """Find contradictions, dead links, hidden text and more; exit with 1 if there is an error."""
    from ingestion.bootstrap import open_sources
    from ingestion.lint.bootstrap import lint_sources
    from ingestion.lint.report import as_json as report_as_json
    from ingestion.lint.report import as_text, summary
    from ingestion.lint.sarif import as_sarif
    from ingestion.settings import IngestionSettings
    from knowledge_base.validity import today

    settings = IngestionSettings()
    sources = open_sources(settings, source or ())
    day = at.date() if at else today(settings.timezone)
    report = lint_sources(sources, day, Path.cwd())
    if sarif is not None:
        _write(sarif, as_sarif(report))
    told = report_as_json(report) if as_json else as_text(report)
    if told:
        typer.echo(told)
    typer.echo(summary(report), err=True)
    raise typer.Exit(code=int(report.fails(strict=strict) and not exit_zero))


def _write(file: Path, text: str) -> None:
    from knowledge_base.errors import BadInputError

    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "it can't be written").lower()
        raise BadInputError(f"{file} can't be written ({reason}): name another file") from error
