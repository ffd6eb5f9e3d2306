"""`candor canary`: has the provider changed the model underneath?"""

import asyncio
import math
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.acting_user import acting_user
from app.commands.canary_lines import (
    alarm_lines,
    look_json,
    look_lines,
    offer_lines,
    share_told,
    spent_told,
)

if TYPE_CHECKING:
    from datetime import date

    from app.drift.canaries import Canaries
    from app.drift.canary import Canary
    from app.drift.observation import CanaryQuestion, Pass
    from app.drift.observing import Answering
    from app.drift.served import ServedSet
    from app.settings import AppSettings

canary = typer.Typer(
    help="Ask the release's model the same questions again and again, and tell when it changed.",
    no_args_is_help=True,
)
ALARM, UNJUDGED = 1, 2
"""Exit codes of a look that is an alarm, and of one in which too many questions failed."""


@canary.command()
def reference(
    *,
    suite: Annotated[
        Path | None,
        typer.Option(help="Suite file to draw questions from; else titles and headings."),
    ] = None,
    questions: Annotated[int, typer.Option(min=10, help="How many are asked.")] = 300,
    passes: Annotated[int, typer.Option(min=2, help="How often each is asked.")] = 3,
    seed: Annotated[int, typer.Option(help="Decides which are drawn.")] = 0,
) -> None:
    """Write the reference: what the model that serves makes of the questions now."""
    settings, served = _served()
    from app.drift.canaries import Canaries, Reference, moment_id  # noqa: PLC0415
    from app.drift.canary import check_passes  # noqa: PLC0415
    from app.drift.questions import drawn  # noqa: PLC0415
    from app.drift.served import pinned_over  # noqa: PLC0415
    from knowledge_base.validity import today  # noqa: PLC0415

    chosen = drawn(_questions(settings, served, suite), questions, seed)
    now, day = datetime.now(UTC), today(settings.timezone)
    assistant = _assistant(served)
    with asyncio.Runner() as loop:  # a model's open connections belong to one
        asked = tuple(loop.run(_ask(assistant, served, chosen, day)) for _ in range(passes))
    check_passes(asked)
    written = Reference(
        id=moment_id(now),
        created=now,
        release=served.release,
        generation=served.generation,
        model=served.model,
        day=day,
        seed=seed,
        questions=chosen,
        passes=asked,
        pinned=pinned_over(served, served.generation),
    )
    Canaries(settings.data_dir).keep_reference(written)
    failed = sum(one.failed for one in asked)
    typer.echo(
        f"Reference {written.id} of {served.release} ({served.model}): {len(chosen)} questions, "
        f"{passes} passes, {failed} answers failed; {spent_told(*asked)}."
    )


@canary.command()
def run(
    *,
    every: Annotated[
        str | None,
        typer.Option(help="Look again, so long after each look: 6h or 1d; until Ctrl-C."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a look.")] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 on an alarm too.")
    ] = False,
) -> None:
    """Ask the questions once and compare; exits with 1 on an alarm, 2 where it can't judge."""
    from ingestion.repeating import run_every  # noqa: PLC0415

    if every:
        run_every(every, partial(_look, as_json=as_json))
        return
    code = _look(as_json=as_json)
    raise typer.Exit(0 if exit_zero and code == ALARM else code)


@canary.command()
def power(
    *,
    questions: Annotated[int, typer.Option(min=10, max=10_000, help="How many are asked.")] = 300,
    passes: Annotated[int, typer.Option(min=2, help="How often, for the reference.")] = 3,
    flips: Annotated[
        float,
        typer.Option(min=0, max=1, help="Share of verdicts that differ between two passes anyhow."),
    ] = 0.0,
) -> None:
    """Say how small a shift a look at so many questions can see."""
    if math.isnan(flips):
        raise typer.BadParameter("--flips is a share from 0 to 1")
    from app.drift.power import SURE, power  # noqa: PLC0415 — keeps `candor --help` fast
    from app.settings import AppSettings  # noqa: PLC0415

    settings = AppSettings()
    found = power(
        questions,
        passes,
        flips=flips,
        alpha=settings.canary_false_alarms,
        planned=settings.canary_planned_looks,
    )
    typer.echo(
        f"{questions} questions, {passes} passes; one signal is an alarm below "
        f"p = {found.level:.2g}.\nSeen at one look with a chance of {SURE:.0%}: "
        f"{share_told(found.verdicts)} of the answers failing the gate that held before, or "
        f"{share_told(found.wordings)} worded otherwise by a model that repeats itself."
    )


@canary.command()
def show(
    alarm: Annotated[str | None, typer.Argument(help="Id of an alarm; else the latest.")] = None,
    *,
    close: Annotated[
        bool, typer.Option("--close", help="Close it: somebody has seen to it.")
    ] = False,
    why: Annotated[str, typer.Option(help="What was found, for `--close`.")] = "",
) -> None:
    """Show an alarm: what moved, and by which cases, side by side."""
    if close != bool(why.strip()):
        raise typer.BadParameter("--close wants a reason, and a reason wants it: --close --why …")
    from app.drift.canaries import Canaries, Closing  # noqa: PLC0415 — keeps `candor --help` fast
    from app.settings import AppSettings  # noqa: PLC0415

    canaries = Canaries(AppSettings().data_dir)
    found = canaries.alarm(alarm) if alarm else next(canaries.alarms(), None)
    if found is None:
        typer.echo("There is no alarm.")
        return
    if close:
        closing = Closing(acting_user(), why.strip(), datetime.now(UTC))
        found = canaries.close(found.id, closing)
    typer.echo("\n".join(alarm_lines(found, len(found.cases))))


def _look(*, as_json: bool) -> int:
    settings, served = _served()
    from app.drift.canaries import Canaries  # noqa: PLC0415
    from app.drift.served import check_reference  # noqa: PLC0415

    canaries = Canaries(settings.data_dir)
    known = canaries.reference()
    check_reference(known, served)
    judge = _canary(settings, canaries)
    judge.tell_again()
    assistant = _assistant(served, known.generation)
    asked = asyncio.run(_ask(assistant, served, known.questions, known.day))
    look, alarm = judge.look(known, asked)
    lines = [look_json(look, alarm)] if as_json else [*look_lines(look), *offer_lines(alarm)]
    typer.echo("\n".join(lines))
    if look.compared is None:
        return UNJUDGED
    return ALARM if alarm else 0


def _served() -> "tuple[AppSettings, ServedSet]":
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    settings = AppSettings()  # before the long import: a mistake in it is told at once
    from app.drift.served import served_set  # noqa: PLC0415
    from app.telemetry.logs import log_to_stderr  # noqa: PLC0415

    log_to_stderr()
    return settings, served_set(settings)


def _questions(
    settings: "AppSettings", served: "ServedSet", suite: Path | None
) -> "tuple[CanaryQuestion, ...]":
    from app.drift.questions import from_articles, from_suite  # noqa: PLC0415
    from knowledge_base.generations.generation import read_articles  # noqa: PLC0415
    from knowledge_base.generations.publication import GENERATIONS  # noqa: PLC0415

    if suite is not None:
        return from_suite(suite)
    return from_articles(read_articles(settings.data_dir / GENERATIONS / served.generation))


def _assistant(served: "ServedSet", generation: str | None = None) -> "Answering":
    from app.bootstrap import build_assistant  # noqa: PLC0415 — takes long
    from app.guardrails.personal_data import Masker  # noqa: PLC0415

    return build_assistant(served.settings, Masker(()), generation=generation or served.generation)


async def _ask(
    assistant: "Answering",
    served: "ServedSet",
    questions: "tuple[CanaryQuestion, ...]",
    day: "date",
) -> "Pass":
    from app.drift.account import look_account  # noqa: PLC0415
    from app.drift.observing import asked  # noqa: PLC0415

    return await asked(assistant, questions, day, account=look_account(served.settings))


def _canary(settings: "AppSettings", canaries: "Canaries") -> "Canary":
    import httpx  # noqa: PLC0415

    from app.api.signatures import HEADER, sign  # noqa: PLC0415
    from app.drift.canary import Canary, Limits  # noqa: PLC0415
    from app.drift.webhook import AlarmWebhook  # noqa: PLC0415
    from app.releases.store import Releases  # noqa: PLC0415
    from knowledge_base.bootstrap import open_embedder  # noqa: PLC0415

    url, secret = settings.canary_webhook_url, settings.webhook_secret
    return Canary(
        canaries,
        open_embedder(settings),
        Releases(settings.data_dir),
        now=lambda: datetime.now(UTC),
        limits=Limits(settings.canary_false_alarms, settings.canary_planned_looks),
        teller=AlarmWebhook(httpx.Client(), url, secret, sign, header=HEADER) if url else None,
    )
