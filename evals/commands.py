"""`candor eval`: measure the assistant on a suite, and retrieval on any help centre."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from evals.generators.command import generate
from evals.judge_command import judge
from evals.live_command import live
from evals.mutation_command import mutations
from evals.poison_command import poison
from evals.run_commands import compare, gate, report
from knowledge_base.validity import today

SAMPLE_SUITE = Path(__file__).parent / "suites" / "sample.v1.jsonl"
SAMPLE_DAY = date(2026, 11, 1)
"""The day that the sample suite's cases are written for."""
OVER_BUDGET_STATUS = 3
"""Exit status of a run whose budget left cases unasked."""
_DATE = ["%Y-%m-%d"]

evaluate = typer.Typer(
    help="Measure the assistant on a suite of cases, or retrieval alone.", no_args_is_help=True
)

evaluate.command()(compare)
evaluate.command()(judge)
evaluate.command()(generate)
evaluate.command()(mutations)
evaluate.command()(poison)
evaluate.command()(gate)
evaluate.command()(report)
evaluate.command()(live)

AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]


@evaluate.command()
def run(
    *,
    suite: Annotated[
        Path, typer.Option(help="File of cases, one JSON object a line.", show_default="the sample")
    ] = SAMPLE_SUITE,
    run_dir: Annotated[
        Path | None,
        typer.Option(help="Folder to write the run to.", show_default="<data dir>/runs/…"),
    ] = None,
    at: Annotated[
        datetime | None,
        typer.Option(
            formats=_DATE,
            help="Day that cases without their own are asked as of.",
            show_default="today; 2026-11-01 for the sample",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask the first cases only.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Cases asked at a time.")] = 1,
    url: Annotated[
        str | None,
        typer.Option(help="Address of a running API to ask.", show_default="in this process"),
    ] = None,
    release: Annotated[
        str | None,
        typer.Option(
            help="Release to measure.", show_default="the settings, over the published generation"
        ),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(help="Folder of a run that was interrupted, to go on with; same --suite."),
    ] = None,
    max_tokens: Annotated[
        int | None, typer.Option(min=0, help="Most tokens that answers and judges may take.")
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option(min=0, help="Most that answers and judges may cost, in US dollars."),
    ] = None,
    question_tokens: Annotated[
        int | None,
        typer.Option(
            min=1, help="What one question may take.", show_default="as the largest so far"
        ),
    ] = None,
    cache: Annotated[
        bool, typer.Option(help="Take replies from earlier calls with the same content.")
    ] = True,
    repeats: Annotated[
        int,
        typer.Option(
            min=1,
            help="How often each case is asked: rates are those of the first time, `consistency` "
            "the share of cases that end the same each time.",
        ),
    ] = 1,
    as_json: AsJson = False,
    progress: Annotated[
        bool,
        typer.Option("--progress", help="With --json: before it, how far it is, an object a line."),
    ] = False,
) -> None:
    """Ask every case of a suite and report rates with their 95 % intervals.

    Exits with 3 where a budget left cases unasked.
    """
    from app.telemetry.logs import log_to_stderr  # noqa: PLC0415 - `--help` stays fast
    from evals.bootstrap import SuiteRequest, resuming, run_suite  # noqa: PLC0415 - as above
    from evals.budget import Limits  # noqa: PLC0415 - as above
    from evals.report import a_console, print_report  # noqa: PLC0415 - as above
    from evals.settings import EvalsSettings  # noqa: PLC0415 - as above
    from evals.summary import summary_row  # noqa: PLC0415 - as above

    settings = EvalsSettings()
    is_sample = suite.resolve() == SAMPLE_SUITE.resolve()
    day = at.date() if at else SAMPLE_DAY if is_sample else today(settings.timezone)
    limits = Limits(max_tokens, max_cost, question_tokens)
    request = SuiteRequest(
        suite,
        run_dir,
        day,
        limit,
        concurrency,
        limits,
        url,
        release,
        progress,
        uses_cache=cache,
        repeats=repeats,
    )
    log_to_stderr()
    measured = run_suite(settings, resuming(request, resume) if resume else request)
    if as_json:
        typer.echo(json.dumps(summary_row(measured.summary), ensure_ascii=False, indent=2))
    else:
        print_report(a_console(), measured.summary, measured.results)
        typer.echo(f"Written to {measured.folder}")
    if measured.summary.not_asked:
        told = f"{measured.summary.not_asked} cases weren't asked: the budget left no room"
        typer.secho(f"candor: {told}; go on with --resume {measured.folder}", err=True)
        raise typer.Exit(OVER_BUDGET_STATUS)


@evaluate.command()
def retrieval(
    *,
    help_centre: Annotated[
        list[Path],
        typer.Option(help="Folder of articles; several, given again, become one index."),
    ],
    questions: Annotated[
        Path, typer.Option(help="JSON lines with `id`, `question` and `gold`, a list of ids.")
    ],
    k: Annotated[int, typer.Option(min=1, help="How many articles count.")] = 10,
    at: Annotated[
        datetime | None,
        typer.Option(formats=_DATE, help="Day that is asked as of.", show_default="today"),
    ] = None,
    split: Annotated[
        bool, typer.Option("--split", help="Report odd and even halves by sha256(id) too.")
    ] = False,
    allow_missing: Annotated[
        bool,
        typer.Option("--allow-missing", help="Leave out questions whose article isn't indexed."),
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="File for the rankings, ids and scores only.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Index help centres aside, and report how high the articles that answer rank."""
    from evals.bench import RetrievalRequest, measure_retrieval, retrieval_row  # noqa: PLC0415
    from evals.report import a_console  # noqa: PLC0415
    from evals.retrieval_report import print_retrieval  # noqa: PLC0415
    from ingestion.settings import IngestionSettings  # noqa: PLC0415
    from knowledge_base.progress_bar import progress_bar  # noqa: PLC0415

    settings = IngestionSettings()
    day = at.date() if at else today(settings.timezone)
    request = RetrievalRequest(tuple(help_centre), questions, k, day, split, allow_missing, output)
    with progress_bar() as progress:
        measured = measure_retrieval(settings, request, progress)
    if as_json:
        typer.echo(json.dumps(retrieval_row(measured), ensure_ascii=False, indent=2))
        return
    print_retrieval(a_console(), measured)


@evaluate.command()
def schema() -> None:
    """Print the JSON schema of a case, as `evals/suites/case.schema.json` has it."""
    from evals.case import case_schema  # noqa: PLC0415 - `--help` stays fast

    typer.echo(json.dumps(case_schema(), ensure_ascii=False, indent=2))


@evaluate.command()
def review(
    *,
    output: Annotated[
        Path | None,
        typer.Option(help="Write what was accepted as a suite, instead of listing what waits."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many are listed at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List the answers that wait for a person, or write those that became cases as a suite."""
    from evals.production import candidate_row, open_queue, write_cases  # noqa: PLC0415
    from evals.settings import EvalsSettings  # noqa: PLC0415

    settings = EvalsSettings()
    queue = open_queue(settings)
    if output is not None:
        typer.echo(f"{write_cases(queue.accepted(), output)} cases written to {output}")
        return
    waiting = queue.waiting(limit, settings.review_share)
    if as_json:
        typer.echo(json.dumps([candidate_row(one) for one in waiting], ensure_ascii=False))
        return
    for one in waiting:
        typer.echo(f"{one.turn}  {one.outcome}  {', '.join(one.occasions)}  {one.question}")
    typer.echo(f"{len(waiting)} shown; the page Evaluations has the form that makes them cases.")
