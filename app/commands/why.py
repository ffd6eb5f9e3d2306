"""`candor why`: what became of each drafted sentence of a turn, and what it rested on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
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
        receipts = store.receipts(turn)
    except NotFoundError as error:
        raise typer.BadParameter(f"{error} An answer of `candor ask` isn't kept.") from error
    finally:
        store.close()
    told = {"turn": turn, "receipts": [asdict(one) for one in receipts]}
    typer.echo(json.dumps(told, ensure_ascii=False) if as_json else readable(receipts))


def readable(receipts: "Sequence[ReceiptRecord]") -> str:
    """Return the receipts for the terminal, a paragraph a drafted sentence."""
    if not receipts:
        return "Nothing was drafted in this turn: it ended before the gate."
    told = ("\n".join(_lines(number, receipt)) for number, receipt in enumerate(receipts, start=1))
    return "\n\n".join(told)


def _lines(number: int, receipt: "ReceiptRecord") -> Iterator[str]:
    yield f"{number}. {receipt.ruling.value}"
    if receipt.shown is not None:
        yield f"   shown: {_in_one_line(receipt.shown)}"
    for attempt in receipt.attempts:
        yield f"   {attempt.origin.value}: {_in_one_line(attempt.text)}"
        for claim in attempt.claims:
            yield from _claim_lines(claim, receipt.generation)


def _claim_lines(claim: "ClaimRecord", generation: str | None) -> Iterator[str]:
    yield f"     {claim.verdict.value} {claim.support:.2f} ({claim.check}): {claim.reason}"
    yield f"       claim: {_in_one_line(claim.text)}"
    if claim.evidence is not None:
        at = claim.evidence
        version = f", version {at.version[:_VERSION_SHOWN]}" if at.version else ""
        built = f", generation {generation}" if generation else ""
        yield f"       rests on: {at.title} ({at.article}) {at.start}-{at.end}{version}{built}"


def _in_one_line(text: str) -> str:
    """Return the text without line breaks and without what could steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
