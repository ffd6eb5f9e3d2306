"""`candor eval mutations`: the mutation score of a help centre."""

from pathlib import Path
from typing import Annotated

import typer

from evals.edit_options import ArticlesOption, DayOption, OutputOption, write_rows


def mutations(
    *,
    suite: Annotated[Path, typer.Option(help="Mutation cases that `candor eval generate` made.")],
    articles: ArticlesOption = None,
    at: DayOption = None,
    output: OutputOption = None,
) -> None:
    """Edit articles in a copy, reindex it aside, and report how many edits answers follow."""
    from evals.case import load_suite  # noqa: PLC0415 - `--help` stays fast
    from evals.mutation_run import MutationResult, MutationRun  # noqa: PLC0415 - as above
    from evals.settings import EvalsSettings  # noqa: PLC0415 - as above
    from knowledge_base.sample import SAMPLE_ARTICLES  # noqa: PLC0415 - as above
    from knowledge_base.validity import today  # noqa: PLC0415 - as above

    settings = EvalsSettings()
    day = at.date() if at else today(settings.timezone)
    rows: list[dict[str, object]] = []

    def note(result: MutationResult) -> None:
        rows.append(
            {
                "id": result.case.id,
                "followed": result.is_followed,
                "stated_old": result.states_old,
                "old_rejected": result.is_old_rejected,
            }
        )

    cases = load_suite(suite).cases
    measured = MutationRun(settings, articles or SAMPLE_ARTICLES, day).run(cases, note)
    write_rows(output, rows)
    for what, share in (
        ("mutations noticed", measured.noticed),
        ("answers that follow the edit", measured.followed),
        ("old sentences rejected by the gate", measured.rejected),
        ("answers that state the old value", measured.stated_old),
    ):
        typer.echo(f"{what}: {share.successes} of {share.n} ({share.low:.1%} to {share.high:.1%})")
    if measured.not_applied:
        typer.echo(f"{measured.not_applied} edits left out: their text isn't unique in a file")
