"""`candor replay`: what was answered then beside what the release of then, or of now, answers."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.command_line import printable_line

if TYPE_CHECKING:
    from datetime import date

    from app.answer import Answer
    from app.drift.served import ServedSet
    from app.replay import Replay, Side
    from app.settings import AppSettings
    from app.store.records import Conversation, Turn

THEN, NOW = "then", "now"
_MARKS = {"same": "  ", "only_then": "- ", "only_now": "+ "}
_DAY = "%Y-%m-%d"


def replay(
    turn: Annotated[str, typer.Argument(help="Id of the turn: the API and the log name it.")],
    *,
    release: Annotated[str, typer.Option(help="`now`, `then`, or the id of a release.")] = NOW,
    at: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], help="Answer by the rules of this day; else of the turn's."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Answer an old question again and show both answers, their sentences marked."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    settings = AppSettings()  # before the long import: a mistake in it is told at once
    from app.replay import day_asked, replayed, side_of_answer, side_of_turn  # noqa: PLC0415
    from app.telemetry.logs import log_to_stderr  # noqa: PLC0415

    log_to_stderr()
    asked, conversation = _stored(settings, turn)
    served, caution = _set(settings, asked, release)
    day = at.date() if at else day_asked(asked, settings.timezone)
    answer = asyncio.run(_answered(served, asked, conversation, day))
    now = replace(side_of_answer(answer), release=served.release)
    found = replayed(side_of_turn(asked), now)
    if as_json:
        told = {"turn": turn, "same": found.is_same, "caution": caution, **asdict(found)}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        typer.echo("\n".join(_readable(asked, found, caution)))


def _stored(settings: "AppSettings", turn: str) -> "tuple[Turn, Conversation]":
    from app.errors import NotFoundError  # noqa: PLC0415
    from app.store.database import open_database  # noqa: PLC0415
    from app.store.sql_conversations import SqlConversations  # noqa: PLC0415

    store = SqlConversations(open_database(settings.data_dir, settings.database_url))
    try:
        asked = store.turn(turn)
        return asked, store.conversation(asked.conversation)
    except NotFoundError as error:
        raise typer.BadParameter(f"{error} An answer of `candor ask` isn't kept.") from error
    finally:
        store.close()


def _set(settings: "AppSettings", turn: "Turn", release: str) -> "tuple[ServedSet, str | None]":
    """Return what answers, and in which way it may not be what it is called."""
    from app.drift.served import (  # noqa: PLC0415
        ServedSet,
        asking_the_model,
        served_set,
    )
    from app.releases.release import is_release_id  # noqa: PLC0415

    if release == NOW:
        return served_set(settings), None
    if release != THEN:
        return _released(settings, release)
    said = turn.answer
    if said is None or said.generation is None:
        raise typer.BadParameter(f"Turn {turn.id} has no generation: it ended before the search.")
    if said.release is not None and is_release_id(said.release):
        return _released(settings, said.release)
    caution = "no release served then: today's settings with the generation of then"
    release = said.release or "unreleased"
    return ServedSet(release, said.generation, asking_the_model(settings)), caution


def _released(settings: "AppSettings", release: str) -> "tuple[ServedSet, str | None]":
    """Return a release's set, and what of it this program doesn't have any more."""
    from app.drift.served import pinned_over, release_set  # noqa: PLC0415
    from app.releases.difference import differences  # noqa: PLC0415
    from app.releases.store import Releases  # noqa: PLC0415

    served = release_set(settings, release)
    pinned = Releases(settings.data_dir).release(release).pinned
    changed = differences(pinned, pinned_over(served, served.generation))
    if not changed:
        return served, None
    return served, f"{', '.join(one.name for one in changed)} changed since {release} was made"


async def _answered(
    served: "ServedSet", turn: "Turn", conversation: "Conversation", day: "date"
) -> "Answer":
    from app.answer import Answer  # noqa: PLC0415
    from app.bootstrap import build_assistant  # noqa: PLC0415 — takes long
    from app.guardrails.personal_data import Masker  # noqa: PLC0415
    from app.replay import history_before  # noqa: PLC0415

    # The store has the question masked already.
    assistant = build_assistant(served.settings, Masker(()), generation=served.generation)
    history = history_before(turn, conversation)
    steps = [step async for step in assistant.answer(turn.question, history, day)]
    return next(step for step in steps if isinstance(step, Answer))


def _readable(turn: "Turn", found: "Replay", caution: str | None) -> Iterator[str]:
    yield printable_line(turn.question)
    yield f"then: {_about(found.then)} ({turn.created:%Y-%m-%d %H:%M})"
    yield f"now:  {_about(found.now)}"
    if caution:
        yield f"note: {caution}"
    yield ""
    yield from (f"{_MARKS[line.mark]}{printable_line(line.text)}" for line in found.lines)
    yield ""
    yield "The same." if found.is_same else "`-` was said then and isn't now, `+` the other way."


def _about(side: "Side") -> str:
    return f"{side.outcome}, {side.release or '–'}, {side.generation or '–'}, {side.model or '–'}"
