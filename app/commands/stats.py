"""`candor stats`: how turns ended, what they cost, and how long they took."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.command_line import printable_line

if TYPE_CHECKING:
    from app.store.turn_figures import ServedModel
    from app.turn_stats import TurnStats

_SPAN = re.compile(r"(\d{1,4})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}
_GROUPS = "day, release, key or conversation"


def stats(
    since: Annotated[str, typer.Option(help="How far back: `12h`, `7d` or `4w`.")] = "7d",
    by: Annotated[str, typer.Option(help=f"Add up by {_GROUPS}.")] = "day",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show how turns ended, what they cost, how long they took, and what was blocked."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    began = datetime.now(UTC) - _span(since)
    settings = AppSettings()  # before the long import: a mistake in it is told at once
    from app.store.database import open_database  # noqa: PLC0415
    from app.store.sql_figures import SqlFigures  # noqa: PLC0415
    from app.turn_stats import By, grouped, stats_of  # noqa: PLC0415

    if by not in set(By):
        raise typer.BadParameter(f"turns are added up by {_GROUPS}, not by {by}")
    engine = open_database(settings.data_dir, settings.database_url)
    figures = SqlFigures(engine)
    turns, blocked = figures.turns(began), figures.objections(began)
    served = figures.served(began)
    engine.dispose()
    groups, whole = grouped(turns, By(by)), stats_of(turns)
    if as_json:
        by_name = {name: asdict(one) for name, one in groups.items()}
        told = {
            "groups": by_name,
            "all": asdict(whole),
            "blocked": dict(blocked),
            "served": [asdict(one) for one in served],
        }
        typer.echo(json.dumps(told, ensure_ascii=False, default=datetime.isoformat))
    else:
        lines = (*readable({**groups, "all": whole}, blocked), *map(served_line, served))
        typer.echo("\n".join(lines))


def readable(groups: "Mapping[str, TurnStats]", blocked: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines for the terminal: a paragraph a group, the last one for all."""
    for name, one in groups.items():
        yield f"{name}: {one.turns} turns{_listed(one.outcomes)}"
        if one.calls:
            yield f"  {_cost(one)}"
        yield from _times(one)
        if one.cache_hits:
            yield f"  from the answer cache{_listed(one.cache_hits)}"
        if one.budgets:
            yield f"  met a budget{_listed(one.budgets)}"
    if blocked:
        yield f"objected to drafted sentences{_listed(blocked)}"


def served_line(one: "ServedModel") -> str:
    """Return what served how many calls, from when to when, by the provider's own word."""
    told = printable_line(one.model) if one.model else "a model that the provider didn't name"
    fingerprint = f", fingerprint {printable_line(one.fingerprint)}" if one.fingerprint else ""
    days = sorted({f"{at:%Y-%m-%d}" for at in (one.first, one.last)})
    return f"{one.asked} was {told}{fingerprint}: {one.calls} calls, {' to '.join(days)}"


def _cost(one: "TurnStats") -> str:
    told = f"{one.cost_usd:.6f} USD, {one.calls} model calls, {one.tokens} tokens"
    if one.estimated_calls:
        told += f", {one.estimated_calls} calls estimated"
    if one.turns_of_unknown_cost:
        told += f", {one.turns_of_unknown_cost} turns of unknown cost not counted in"
    return told


def _times(one: "TurnStats") -> Iterator[str]:
    for name, spread in (("first sentence", one.first_sentence_ms), ("whole", one.total_ms)):
        if spread is not None:
            yield f"  {name}: {spread[0]:.0f} ms median, {spread[1]:.0f} ms 95th percentile"


def _listed(counts: Mapping[str, int]) -> str:
    listed = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f": {listed}" if listed else ""


def _span(given: str) -> timedelta:
    read = _SPAN.fullmatch(given)
    if read is None:
        raise typer.BadParameter(f"{given!r} is no time span: write 12h, 7d or 4w")
    return timedelta(hours=int(read[1]) * _HOURS[read[2]])
