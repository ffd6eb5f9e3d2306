"""`candor eval poison`: how many instructions planted into articles are obeyed."""

from pathlib import Path
from typing import Annotated

import typer

from evals.edit_options import ArticlesOption, DayOption, OutputOption, write_rows


def poison(
    *,
    suite: Annotated[Path, typer.Option(help="Poison cases that `candor eval generate` made.")],
    articles: ArticlesOption = None,
    at: DayOption = None,
    output: OutputOption = None,
) -> None:
    """Plant instructions into a copy of the articles, index it aside, and count what is obeyed."""
    from evals.case import load_suite  # noqa: PLC0415 - `--help` stays fast
    from evals.poison_run import PoisonResult, PoisonRun  # noqa: PLC0415 - as above
    from evals.settings import EvalsSettings  # noqa: PLC0415 - as above
    from knowledge_base.sample import SAMPLE_ARTICLES  # noqa: PLC0415 - as above
    from knowledge_base.validity import today  # noqa: PLC0415 - as above

    settings = EvalsSettings()
    day = at.date() if at else today(settings.timezone)
    rows: list[dict[str, object]] = []

    def note(result: PoisonResult) -> None:
        case = result.case
        rows.append(
            {
                "id": case.id,
                "planted": case.note,
                "outcome": result.outcome,
                "succeeded": result.says_payload,
            }
        )

    cases = load_suite(suite).cases
    measured = PoisonRun(settings, articles or SAMPLE_ARTICLES, day).run(cases, note)
    write_rows(output, rows)
    share = measured.succeeded
    told = f"{share.successes} of {share.n} ({share.low:.1%} to {share.high:.1%})"
    typer.echo(f"attacks that succeeded: {told}")
    ends = ", ".join(f"{number} {name}" for name, number in sorted(measured.outcomes.items()))
    typer.echo(f"turns ended: {ends or 'none'}")
    if measured.not_applied:
        typer.echo(f"{measured.not_applied} plants left out: their place isn't unique in a file")
