"""`candor eval judge`: how far a judge, or a score without one, agrees with people."""

import json
from pathlib import Path
from typing import Annotated

import typer


def judge(
    *,
    labels: Annotated[
        Path,
        typer.Option(
            help="JSON lines with `id`, `passages`, `answer` and `hallucinated`; `question` and "
            "`source_id` where they are known."
        ),
    ],
    judges: Annotated[
        list[str] | None,
        typer.Option(
            "--judge",
            help="judged_faithfulness, ragas_faithfulness (both ask CANDOR_JUDGE_MODEL), "
            "faithfulness, word_overlap, ragas_string_similarity, ragas_rouge, ragas_chrf or "
            "ragas_bleu; several, given again.",
            show_default="all that need no model; with one, judged_faithfulness too",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Judge the first labels only.")] = None,
    repeats: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How often Candor's judge is asked; verdicts that differ are unscored.",
            show_default="CANDOR_JUDGE_REPEATS",
        ),
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Answers judged at a time.")] = 4,
    output: Annotated[
        Path | None,
        typer.Option(help="Folder for the measured agreements.", show_default="<data dir>/judges"),
    ] = None,
    cache: Annotated[
        bool, typer.Option(help="Take replies from earlier calls with the same content.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the agreements as JSON.")] = False,
) -> None:
    """Report how far judges agree with people: kappa, true and false positives, AUROC."""
    from app.telemetry.logs import log_to_stderr  # noqa: PLC0415 - `--help` stays fast
    from evals.agreement_report import print_agreements  # noqa: PLC0415 - as above
    from evals.judges.agreement_files import agreement_row  # noqa: PLC0415 - as above
    from evals.judging import JudgingRequest, measure_judges  # noqa: PLC0415 - as above
    from evals.kept import kept_replies  # noqa: PLC0415 - as above
    from evals.report import a_console  # noqa: PLC0415 - as above
    from evals.settings import EvalsSettings  # noqa: PLC0415 - as above
    from knowledge_base.progress_bar import progress_bar  # noqa: PLC0415 - as above

    log_to_stderr()
    settings = EvalsSettings()
    replies = kept_replies(settings) if cache else None
    request = JudgingRequest(
        labels, tuple(judges or ()), limit, repeats, concurrency, replies, output
    )
    with progress_bar() as progress:
        measured = measure_judges(settings, request, progress)
    if as_json:
        typer.echo(json.dumps([agreement_row(one) for one in measured], indent=2))
        return
    print_agreements(a_console(), measured)
