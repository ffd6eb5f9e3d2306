"""`candor gate`: the thresholds that the gate keeps to, and how they came about."""

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
        list[Path] | None,
        typer.Option(
            help="Fits the support model: JSON lines of `claim`, `passages`, `supported` (and "
            "`question`), or of `question`, `passages`, `answer`, `spans` (RAGTruth). May be "
            "given several times."
        ),
    ] = None,
    experts: Annotated[
        Path | None,
        typer.Option(help="JSON lines of `question`, `answer`, `gold`: every answer is supported."),
    ] = None,
    help_centre: Annotated[
        Path | None, typer.Option(help="Folder of the articles that `gold` names.")
    ] = None,
    claims: Annotated[
        list[Path] | None,
        typer.Option(
            help="Chooses the thresholds of the rules: rows of `candor ground` with `supported`, "
            "and with `origin` where several claims were made of one thing. May be given several "
            "times."
        ),
    ] = None,
    false_block_rate: Annotated[
        float,
        typer.Option(
            min=0,
            max=0.99,
            help="Share of the supported `--claims` that all checks may block. Those that the "
            "checks were written on flatter: state half of what others may meet.",
        ),
    ] = 0.01,
    support_false_block_rate: Annotated[
        float,
        typer.Option(
            min=0, max=0.99, help="Share of supported `--labels` that the model alone may block."
        ),
    ] = 0.05,
    touched_rate: Annotated[
        float,
        typer.Option(
            min=0, max=0.99, help="Share of the experts' answers that may lose a sentence by it."
        ),
    ] = 0.3,
    seed: Annotated[int, typer.Option(help="Seed of folds, intervals and the search.")] = 0,
    output: Annotated[
        Path | None,
        typer.Option(help="Folder to write to.", show_default="where the gate reads them"),
    ] = None,
) -> None:
    """Fit the support model and choose all thresholds, for stated shares of false blocks.

    Of the experts' answers and of `--claims`, those whose sha256 of `origin`, or else of `id`, is
    odd are neither fitted on nor chosen by. What isn't given is left as it stands. Written are
    `model.json`, the weights, and `thresholds.json`, with the runs that chose them: their data,
    seed, day, and what they block and catch on both halves.
    """
    from app.commands.gate_fit import GateFit
    from app.grounding.support.fit import FitSettings

    if not labels and not claims:
        raise BadInputError("nothing to fit on: give `--labels`, `--claims` or both")
    fitting = GateFit.at(output, seed)
    if labels:
        settings = FitSettings(support_false_block_rate, touched_rate, seed=seed)
        told = _experts(experts, help_centre) if experts else None
        fitting.fit_support(labels, told, settings)
    if claims:
        fitting.choose_rules(claims, false_block_rate)
    for figure in fitting.figures:
        typer.echo(f"{figure.name}: {figure.value} ({figure.low}–{figure.high}), n = {figure.n}")
    for place in fitting.write():
        typer.echo(f"Written to {place}.")


def _experts(path: Path, help_centre: Path | None) -> "Experts":
    from app.grounding.support.run import read_experts
    from ingestion.settings import IngestionSettings
    from ingestion.sources.folder import FolderSource
    from knowledge_base.article import Article

    if help_centre is None:
        raise BadInputError("`--experts` needs `--help-centre`, the folder of the articles")
    read = FolderSource(help_centre, IngestionSettings().max_file_bytes).read()
    return read_experts(path, {one.id: one for one in read if isinstance(one, Article)})
