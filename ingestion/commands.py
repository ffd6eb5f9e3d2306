"""`candor reindex`: help articles in, a published index generation out."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ingestion.reindex import Reindexed


def reindex(
    source: Annotated[
        list[str] | None,
        typer.Option(
            help="Folder, file, https://…/sitemap.xml, zendesk:SUBDOMAIN or intercom:; may be "
            "given again. [default: CANDOR_SOURCES, else the sample]"
        ),
    ] = None,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Publish nothing if a file can't be used.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, and no progress.")
    ] = False,
) -> None:
    """Build a new index from help articles and let it serve."""
    from ingestion.bootstrap import build_reindexing, open_sources
    from ingestion.settings import IngestionSettings
    from knowledge_base.progress import NoProgress
    from knowledge_base.progress_bar import progress_bar

    settings = IngestionSettings()
    sources = open_sources(settings, source or ())
    if as_json:
        done = build_reindexing(settings, NoProgress()).run(sources, strict=strict)
        typer.echo(_as_json(done))
        return
    with progress_bar() as bar:
        done = build_reindexing(settings, bar).run(sources, strict=strict)
    _print(done)


def _as_json(done: "Reindexed") -> str:
    import json
    from dataclasses import asdict

    return json.dumps({**asdict(done), "seconds": round(done.seconds, 3)}, ensure_ascii=False)


def _print(done: "Reindexed") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(stderr=True)
    if done.skipped:
        table = Table("File", "Reason", title=f"{len(done.skipped)} files skipped")
        for one in done.skipped:
            table.add_row(one.path, one.reason)
        console.print(table)
    typer.echo(
        f"Generation {done.generation} serves: {done.articles} articles, {done.chunks} chunks, "
        f"{done.embedded} texts embedded anew, {done.seconds:.1f} s."
    )
