"""`candor eval live`: a sample of the customers' answers, scored by the evaluation's metrics."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated

import typer


def live(
    *,
    days: Annotated[
        int, typer.Option(min=1, max=3650, help="How many days back answers are scored.")
    ] = 2,
    every: Annotated[
        str | None,
        typer.Option(help="Score again, so long after each run: 1d; until Ctrl-C."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a run.")] = False,
) -> None:
    """Score a sample of the live answers; what scores low goes to the review queue."""
    from ingestion.repeating import run_every  # noqa: PLC0415 — keeps `candor --help` fast

    if every:
        run_every(every, partial(_run, days, as_json=as_json))
    else:
        _run(days, as_json=as_json)


def _run(days: int, *, as_json: bool) -> None:
    from app.store.database import open_database  # noqa: PLC0415
    from app.store.sql_conversations import SqlConversations  # noqa: PLC0415
    from app.store.sql_live import SqlLiveTurns  # noqa: PLC0415
    from evals.live import LiveScoring, articles_in  # noqa: PLC0415
    from evals.live_judging import open_live_judging  # noqa: PLC0415
    from evals.settings import EvalsSettings  # noqa: PLC0415

    settings = EvalsSettings()
    judging = open_live_judging(settings)
    engine = open_database(settings.data_dir, settings.database_url)
    try:
        scoring = LiveScoring(
            SqlLiveTurns(engine),
            SqlConversations(engine),
            articles_in(settings.data_dir),
            settings.timezone,
            judging,
        )
        now = datetime.now(UTC)
        done = scoring.run(
            now - timedelta(days=days),
            now,
            share=settings.live_share,
            most=settings.live_most_turns,
        )
    finally:
        engine.dispose()
    told = (
        f"{done.turns} answers scored, {done.low} of them low and sent to review; {done.gone} "
        f"couldn't be scored, {done.left} are left for the next run."
    )
    if judging is not None:
        told += f" A model judged {done.judged} for {done.cost_usd:.4f} USD."
    typer.echo(json.dumps(asdict(done)) if as_json else told)
