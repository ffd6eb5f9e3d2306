"""`candor reindex`: help articles in, a published index generation out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ingestion.reindex import Reindexed, Reindexing
    from ingestion.sources.source import Source
    from knowledge_base.generations.pins import Pins
    from knowledge_base.generations.plan import Plan
    from knowledge_base.progress import Progress


SourceOption = Annotated[
    list[str] | None,
    typer.Option(
        help="Folder, file, https://…/sitemap.xml, zendesk:SUBDOMAIN or intercom:; may be "
        "given again.",
        show_default="CANDOR_SOURCES, else the sample",
    ),
]
ProbeOption = Annotated[
    Path | None,
    typer.Option(
        help="Questions that must go on finding their articles, one JSON object a line with "
        "`question` and `articles`.",
        show_default="the sample suite, where the sample is indexed",
    ),
]
EveryOption = Annotated[
    str | None,
    typer.Option(help="Repeat, so long after each run's end: 90s, 15m, 6h or 1d; until Ctrl-C."),
]


def reindex(
    source: SourceOption = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Build everything anew, whatever hasn't changed.")
    ] = False,
    probe: ProbeOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Publish nothing if a file can't be used.")
    ] = False,
    every: EveryOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, and no progress.")
    ] = False,
    progress: Annotated[
        bool,
        typer.Option("--progress", help="With --json: before it, how far it is, an object a line."),
    ] = False,
) -> None:
    """Build a new index from what has changed in help articles, check it and let it serve."""
    asked = _Asked(
        tuple(source or ()),
        probe,
        full=full,
        strict=strict,
        as_json=as_json,
        tells_progress=progress,
    )
    if dry_run and every:
        raise typer.BadParameter("give either --dry-run or --every")
    if dry_run:
        _print_dry_run(asked)
    elif every:
        _repeat(asked, every)
    else:
        _run(asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    source: tuple[str, ...]
    probe: Path | None
    full: bool
    strict: bool
    as_json: bool
    tells_progress: bool
    """Whether JSON is preceded by lines that say how far it is."""


def _print_dry_run(asked: _Asked) -> None:
    with _opened(asked) as (reindexing, sources):
        plan = reindexing.plan(sources, full=asked.full)
    if asked.as_json:
        typer.echo(plan.model_dump_json())
    else:
        _print_plan(plan)


def _run(asked: _Asked) -> None:
    on_plan = _tell_nothing if asked.as_json else _print_plan
    with _opened(asked) as (reindexing, sources):
        done = reindexing.run(sources, strict=asked.strict, full=asked.full, on_plan=on_plan)
        pins = reindexing.pins()
    typer.echo(_as_json(done, pins) if asked.as_json else told(done, pins))


def _repeat(asked: _Asked, every: str) -> None:
    from functools import partial

    from ingestion.repeating import run_every

    run_every(every, partial(_run, asked))


@contextmanager
def _opened(asked: _Asked) -> Iterator[tuple["Reindexing", dict[str, "Source"]]]:
    """Yield what reindexes, with the sources, and show its progress as long as the block runs."""
    from ingestion.bootstrap import build_reindexing, default_probe, open_sources
    from ingestion.settings import IngestionSettings
    from knowledge_base.progress_bar import progress_bar

    settings = IngestionSettings()
    sources = open_sources(settings, asked.source)
    for_programs = nullcontext(_for_programs(told=asked.tells_progress))
    with for_programs if asked.as_json else progress_bar() as progress:
        questions = asked.probe or default_probe(sources)
        yield build_reindexing(settings, progress, probe=questions), sources


def _for_programs(*, told: bool) -> "Progress":
    import time

    from knowledge_base.progress import NoProgress
    from knowledge_base.progress_lines import ProgressLines

    return ProgressLines(typer.echo, time.monotonic) if told else NoProgress()


def _tell_nothing(plan: "Plan") -> None:
    del plan


def _as_json(done: "Reindexed", pins: "Pins") -> str:
    plan = done.plan.model_dump(mode="json")
    row = {
        **asdict(done),
        "plan": plan,
        "seconds": round(done.seconds, 3),
        "serves": not pins.serving or done.generation in pins.serving,
    }
    return json.dumps(row, ensure_ascii=False)


def _print_plan(plan: "Plan") -> None:
    from knowledge_base.generations.plan_report import plan_lines

    for line in plan_lines(plan):
        typer.echo(line)


def told(done: "Reindexed", pins: "Pins") -> str:
    """Return what a run did, and what its generation waits for where a release serves another."""
    waits = bool(pins.serving) and done.generation not in pins.serving
    does = "is published" if waits else "serves"
    held = f"{done.articles} articles, {done.chunks} chunks"
    if done.published:
        said = (
            f"Generation {done.generation} {does}: {held}, "
            f"{done.embedded} texts embedded anew, {done.seconds:.1f} s."
        )
    else:
        said = (
            f"Nothing has changed: generation {done.generation} {does}, {held}, "
            f"{done.seconds:.1f} s."
        )
    return f"{said}\n{_waiting(pins)}" if waits else said


def _waiting(pins: "Pins") -> str:
    return (
        f"It waits: release {' and '.join(pins.releases)} serves {', '.join(pins.serving)} until a "
        "release with the new one is promoted (`candor release create`)."
    )
