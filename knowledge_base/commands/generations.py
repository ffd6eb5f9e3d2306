"""`candor generations`: what was published, what changed, and the way back."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

    from knowledge_base.generations.archive import Generations, Listed
    from knowledge_base.generations.manifest import Manifest

generations = typer.Typer(
    help="List, compare, verify, take back and prune the generations of the index.",
    no_args_is_help=True,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Id = Annotated[str, typer.Argument(help="Id of a generation.")]


@generations.command("list")
def show_list(*, as_json: Json = False) -> None:
    """Show all generations, the newest first; * marks the one that serves."""
    listed = list(_generations().listed())
    if as_json:
        _print_json_list(listed)
        return
    for one in listed:
        typer.echo(_line(one))
    if not listed:
        typer.echo("There are no generations yet; run `candor reindex`.")


@generations.command()
def show(generation: Id, *, as_json: Json = False) -> None:
    """Show what a generation was built from, with its plan and its checks."""
    manifest = _generations().manifest(generation)
    if as_json:
        _print_json(manifest)
    else:
        _print_manifest(manifest)


@generations.command()
def diff(before: Id, after: Id, *, as_json: Json = False) -> None:
    """Show which articles one generation added, changed and removed since another."""
    found = _generations().diff(before, after)
    if as_json:
        _print_json(found)
        return
    changes = found.articles
    for label, ids in (
        ("added", changes.added),
        ("changed", changes.changed),
        ("removed", changes.removed),
    ):
        for one in ids:
            typer.echo(f"{label:<9}{one}")
            for fact in found.facts.get(one, ()):
                typer.echo(f"{'':<11}{fact}")
    typer.echo(
        f"{len(changes.added)} added, {len(changes.changed)} changed, "
        f"{len(changes.removed)} removed, {changes.unchanged} unchanged; "
        f"{found.chunks_before} chunks before, {found.chunks_after} after."
    )


@generations.command()
def rollback(
    generation: Annotated[
        str | None,
        typer.Argument(help="Id to go to.", show_default="the one published before"),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Let an earlier generation serve again."""
    publication = _generations().roll_back(generation)
    if as_json:
        _print_json(publication)
    else:
        typer.echo(f"Generation {publication.generation} serves again.")


@generations.command()
def verify(
    generation: Annotated[
        str | None, typer.Argument(help="Id to verify.", show_default="all")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Read all files of generations, and say which are damaged and what to do; exit 1 if any is."""
    from knowledge_base.generations.verification import verify as verify_folder

    shelf = _generations()
    ids = [generation] if generation else shelf.ids()
    found = [verify_folder(shelf.folder(one), is_published=one == shelf.published()) for one in ids]
    if as_json:
        _print_json_list(found)
    for one in () if as_json else found:
        typer.echo(f"{one.generation}: {'damaged' if one.problems else 'whole'}")
        for problem in one.problems:
            typer.echo(f"  {problem}")
        if one.problems:
            typer.echo(f"  what to do: {one.advice}")
    if any(one.problems for one in found):
        raise typer.Exit(1)


@generations.command()
def prune(
    *,
    keep: Annotated[int, typer.Option(min=1, help="How many of the newest are kept.")],
    as_json: Json = False,
) -> None:
    """Remove old generations; the published one and the one before it always stay."""
    removed = _generations().prune(keep)
    if as_json:
        typer.echo(json.dumps({"removed": removed}))
        return
    for one in removed:
        typer.echo(f"removed {one}")
    typer.echo(f"{len(removed)} generations removed.")


def _generations() -> "Generations":
    from knowledge_base.generations.archive import Generations
    from knowledge_base.settings import KnowledgeBaseSettings

    return Generations(KnowledgeBaseSettings().data_dir)


def _line(one: "Listed") -> str:
    held = "" if one.articles is None else f"  {one.articles} articles, {one.chunks} chunks"
    problem = f"  {one.problem}" if one.problem else ""
    return f"{'*' if one.serves else ' '} {one.id}  {one.state:<9}{held}{problem}"


def _print_manifest(manifest: "Manifest") -> None:
    typer.echo(f"generation  {manifest.id}")
    typer.echo(f"created     {manifest.created:%Y-%m-%d %H:%M:%S %Z}, Candor {manifest.candor}")
    typer.echo(f"sources     {', '.join(manifest.sources)}")
    typer.echo(f"holds       {len(manifest.articles)} articles, {manifest.chunks} chunks")
    typer.echo(f"embedder    {manifest.embedder}")
    if manifest.checks:
        checks = manifest.checks
        typer.echo(f"recall      {checks.recall:.3f} with ef_search {checks.ef_search}")
        if checks.probe:
            typer.echo(f"probe       {checks.probe.found} of {checks.probe.questions} found")
    if manifest.plan:
        from knowledge_base.generations.plan_report import plan_lines

        for line in plan_lines(manifest.plan):
            typer.echo(line)


def _print_json(model: "BaseModel") -> None:
    typer.echo(model.model_dump_json())


def _print_json_list(models: Iterable["BaseModel"]) -> None:
    typer.echo(json.dumps([model.model_dump(mode="json") for model in models]))
