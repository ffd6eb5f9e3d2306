"""`candor gate`: the thresholds that the gate keeps to, and how they came about."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.errors import BadInputError

if TYPE_CHECKING:
    from app.grounding.support.run import Experts

gate = typer.Typer(help="Fit what the gate decides by.", no_args_is_help=True)


@gate.callback()
def _group() -> None:
    """Fit what the gate decides by."""


@gate.command()
def fit(
    *,
    labels: Annotated[
        list[Path],
        typer.Option(
            help="JSON lines of `claim`, `passages`, `supported` (and `question`), or of "
            "`question`, `passages`, `answer`, `spans` (RAGTruth). May be given several times."
        ),
    ],
    experts: Annotated[
        Path | None,
        typer.Option(help="JSON lines of `question`, `answer`, `gold`: every answer is supported."),
    ] = None,
    help_centre: Annotated[
        Path | None, typer.Option(help="Folder of the articles that `gold` names.")
    ] = None,
    false_block_rate: Annotated[
        float, typer.Option(min=0, max=0.99, help="Share of supported claims that may be blocked.")
    ] = 0.05,
    touched_rate: Annotated[
        float,
        typer.Option(
            min=0, max=0.99, help="Share of the experts' answers that may lose a sentence."
        ),
    ] = 0.1,
    seed: Annotated[int, typer.Option(help="Seed of folds and intervals.")] = 0,
    output: Annotated[
        Path | None, typer.Option(help="File to write.", show_default="the model that serves")
    ] = None,
) -> None:
    """Fit the model of support on labelled claims, and choose its threshold on held-out folds.

    Of the experts' answers, those whose sha256(id) is odd are neither fitted on nor chosen by.
    """
    from app.grounding.support.fit import FitSettings
    from app.grounding.support.model import shipped_path
    from app.grounding.support.run import read_set, run_fit

    settings = FitSettings(false_block_rate, touched_rate, seed=seed)
    sets = [read_set(path) for path in labels]
    told = _experts(experts, help_centre) if experts else None
    held = run_fit(sets, told, settings, datetime.now(UTC).date())
    place = output or shipped_path()
    place.write_text(f"{held.model_dump_json(indent=2)}\n", encoding="utf-8")
    for figure in held.fit.figures:
        typer.echo(f"{figure.name}: {figure.value} ({figure.low}–{figure.high}), n = {figure.n}")
    typer.echo(f"Threshold {held.threshold}, written to {place}.")


def _experts(path: Path, help_centre: Path | None) -> "Experts":
    from app.grounding.support.run import read_experts
    from ingestion.settings import IngestionSettings
    from ingestion.sources.folder import FolderSource
    from knowledge_base.article import Article

    if help_centre is None:
        raise BadInputError("`--experts` needs `--help-centre`, the folder of the articles")
    read = FolderSource(help_centre, IngestionSettings().max_file_bytes).read()
    return read_experts(path, {one.id: one for one in read if isinstance(one, Article)})
