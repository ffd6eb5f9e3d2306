"""`candor eval generate`: cases made from the index that serves."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from evals.generators.suite import Made
    from evals.settings import EvalsSettings

_DATE = ["%Y-%m-%d"]


def generate(
    *,
    output: Annotated[Path, typer.Option(help="Folder to write suites and datasheets to.")],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="Kind of case, such as trap, scope_swap or pressure; may be given again.",
            show_default="all; poison where --instructions is given",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same cases.")] = 0,
    limit: Annotated[int | None, typer.Option(min=1, help="Cases of each kind at most.")] = None,
    at: Annotated[
        datetime | None,
        typer.Option(formats=_DATE, help="Day that is asked about.", show_default="today"),
    ] = None,
    instructions: Annotated[
        Path | None,
        typer.Option(help="JSON lines with `id` and `instruction`, to be hidden in articles."),
    ] = None,
    rephrase: Annotated[
        bool,
        typer.Option(
            "--rephrase",
            help="Have CANDOR_JUDGE_MODEL say the questions in other words, facts held fixed.",
        ),
    ] = False,
    name: Annotated[
        str | None,
        typer.Option(help="Write one suite of this name, without kinds that edit articles."),
    ] = None,
) -> None:
    """Make cases from the articles, each with its right answer, and write them as JSON lines."""
    from evals.generators.askings import askings  # noqa: PLC0415 - `--help` stays fast
    from evals.generators.generator import Source  # noqa: PLC0415 - as above
    from evals.generators.help_centre import HelpCentre  # noqa: PLC0415 - as above
    from evals.generators.suite import EDITING, kinds_named, make  # noqa: PLC0415 - as above
    from evals.generators.writing import write_by_kind, write_suite  # noqa: PLC0415 - as above
    from evals.settings import EvalsSettings  # noqa: PLC0415 - as above
    from knowledge_base.validity import today  # noqa: PLC0415 - as above

    settings = EvalsSettings()
    day = at.date() if at else today(settings.timezone)
    help_centre = HelpCentre.open(settings.data_dir, day)
    source = Source(help_centre, askings(help_centre), instructions)
    kinds = kinds_named(kind)
    made = make(source, kinds - EDITING if name and not kind else kinds, seed=seed, limit=limit)
    remark = ""
    if rephrase:
        made, remark = _rephrased(settings, made)
    if name:
        files = [write_suite(output, name, made, source, seed=seed, remark=remark)]
    else:
        files = write_by_kind(output, made, source, seed=seed, remark=remark)
    for one in made:
        typer.echo(f"{one.generator.kind}: {len(one.cases)} cases")
    for file in files:
        typer.echo(f"Written to {file}")


def _rephrased(
    settings: "EvalsSettings", made: "tuple[Made, ...]"
) -> "tuple[tuple[Made, ...], str]":
    """Return the suites with their questions rewritten, and what the datasheet says of it."""
    import asyncio  # noqa: PLC0415 - `--help` stays fast

    from evals.generators.rephrasing import PROMPT, Rephraser  # noqa: PLC0415 - as above

    rephrased = asyncio.run(Rephraser.from_settings(settings).rephrase(made))
    remark = (
        f"Their questions were rewritten by {settings.judge_model} (prompt {PROMPT}); "
        f"{rephrased.kept} stay as they were made."
    )
    typer.echo(remark)
    return rephrased.made, remark
