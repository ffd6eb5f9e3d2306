"""`candor reindex`: help articles in, a published index generation out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ingestion.reindex import Reindexed
    from knowledge_base.plan import Plan
    from knowledge_base.progress import Progress


def reindex(
    source: Annotated[
        list[str] | None,
        typer.Option(
            help="Folder, file, https://…/sitemap.xml, zendesk:SUBDOMAIN or intercom:; may be "
            "given again. [default: CANDOR_SOURCES, else the sample]"
        ),
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Build everything anew, whatever hasn't changed.")
    ] = False,
    probe: Annotated[
        Path | None,
        typer.Option(
            help="Questions that must go on finding their articles, one JSON object a line with "
            "`question` and `articles`. [default: the sample suite, where the sample is indexed]"
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Publish nothing if a file can't be used.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, and no progress.")
    ] = False,
    progress: Annotated[
        bool,
        typer.Option("--progress", help="With --json: before it, how far it is, an object a line."),
    ] = False,
) -> None:
    """Build a new index from what has changed in help articles, check it and let it serve."""
    from ingestion.bootstrap import build_reindexing, default_probe, open_sources
    from ingestion.settings import IngestionSettings
    from knowledge_base.progress_bar import progress_bar

    settings = IngestionSettings()
    sources = open_sources(settings, source or ())
    questions = probe or default_probe(sources)
    if as_json:
        reindexing = build_reindexing(settings, _for_programs(told=progress), probe=questions)
        if dry_run:
            typer.echo(reindexing.plan(sources, full=full).model_dump_json())
        else:
            typer.echo(_as_json(reindexing.run(sources, strict=strict, full=full)))
        return
    with progress_bar() as bar:
        reindexing = build_reindexing(settings, bar, probe=questions)
        if dry_run:
            plan = reindexing.plan(sources, full=full)
        else:
            done = reindexing.run(sources, strict=strict, full=full, on_plan=_print_plan)
    if dry_run:
        _print_plan(plan)
    else:
        typer.echo(_told(done))


def _for_programs(*, told: bool) -> "Progress":
    import time

    from knowledge_base.progress import NoProgress
    from knowledge_base.progress_lines import ProgressLines

    return ProgressLines(typer.echo, time.monotonic) if told else NoProgress()


def _as_json(done: "Reindexed") -> str:
    import json
    from dataclasses import asdict

    plan = done.plan.model_dump(mode="json")
    told = {**asdict(done), "plan": plan, "seconds": round(done.seconds, 3)}
    return json.dumps(told, ensure_ascii=False)


def _print_plan(plan: "Plan") -> None:
    from knowledge_base.plan_report import plan_lines

    for line in plan_lines(plan):
        typer.echo(line)


def _told(done: "Reindexed") -> str:
    if not done.published:
        return (
            f"Nothing has changed: generation {done.generation} serves, "
            f"{done.articles} articles, {done.chunks} chunks, {done.seconds:.1f} s."
        )
    return (
        f"Generation {done.generation} serves: {done.articles} articles, {done.chunks} chunks, "
        f"{done.embedded} texts embedded anew, {done.seconds:.1f} s."
    )
