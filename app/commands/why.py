"""`candor why`: what became of each drafted sentence of a turn, and what it rested on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.command_line import printable_line

if TYPE_CHECKING:
    from app.answer import Usage
    from app.store.receipts import ClaimRecord, ReceiptRecord

_VERSION_SHOWN = 12


def why(
    turn: Annotated[str, typer.Argument(help="Id of the turn: the API and the log name it.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what each sentence of an answer rested on, and what was kept back and why."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    settings = AppSettings()  # before the long import: a mistake in it is told at once
    from app.errors import NotFoundError  # noqa: PLC0415
    from app.store.database import open_database  # noqa: PLC0415
    from app.store.sql_conversations import SqlConversations  # noqa: PLC0415

    store = SqlConversations(open_database(settings.data_dir, settings.database_url))
    try:
        receipts, calls = store.receipts(turn), store.turn(turn).usage
    except NotFoundError as error:
        raise typer.BadParameter(f"{error} An answer of `candor ask` isn't kept.") from error
    finally:
        store.close()
    if as_json:
        told = {
            "turn": turn,
            "receipts": [asdict(one) for one in receipts],
            "calls": [asdict(one) for one in calls],
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo("\n\n".join(filter(None, (readable(receipts), readable_calls(calls)))))


def readable(receipts: "Sequence[ReceiptRecord]") -> str:
    """Return the receipts for the terminal, a paragraph a drafted sentence."""
    if not receipts:
        return "Nothing was drafted in this turn: it ended before the gate."
    told = ("\n".join(_lines(number, receipt)) for number, receipt in enumerate(receipts, start=1))
    return "\n\n".join(told)


def readable_calls(calls: "Sequence[Usage]") -> str:
    """Return what served each model call, by the provider's own word, a line each."""
    return "\n".join(map(_call_line, calls))


def _call_line(call: "Usage") -> str:
    told = printable_line(call.served_model or "") or "not told"
    fingerprint = printable_line(call.served_fingerprint or "") or "not told"
    return f"{call.purpose.value} by {call.model}: served by {told}, fingerprint {fingerprint}"


def _lines(number: int, receipt: "ReceiptRecord") -> Iterator[str]:
    yield f"{number}. {receipt.ruling.value}"
    if receipt.shown is not None:
        yield f"   shown: {printable_line(receipt.shown)}"
    for attempt in receipt.attempts:
        yield f"   {attempt.origin.value}: {printable_line(attempt.text)}"
        for claim in attempt.claims:
            yield from _claim_lines(claim, receipt.generation)


def _claim_lines(claim: "ClaimRecord", generation: str | None) -> Iterator[str]:
    yield f"     {claim.verdict.value} {claim.support:.2f} ({claim.check}): {claim.reason}"
    yield f"       claim: {printable_line(claim.text)}"
    if claim.evidence is not None:
        at = claim.evidence
        version = f", version {at.version[:_VERSION_SHOWN]}" if at.version else ""
        built = f", generation {generation}" if generation else ""
        yield f"       rests on: {at.title} ({at.article}) {at.start}-{at.end}{version}{built}"
