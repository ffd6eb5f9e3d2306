"""`candor screen`: what the guardrails decide of a file of questions."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.errors import BadInputError

if TYPE_CHECKING:
    from app.guardrails.guardrail import Decision


def screen(
    *,
    source: Annotated[
        Path, typer.Option("--input", help='Questions, one `{"id", "text"}` a line.')
    ],
    output: Annotated[Path, typer.Option(help="Where the decisions are written, in their order.")],
) -> None:
    """Say of each question whether the guardrails let it in, which one didn't, and why."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    settings = AppSettings()
    from app.guardrails.roster import build_guardrails  # noqa: PLC0415
    from app.guardrails.screening import Screening  # noqa: PLC0415
    from knowledge_base.batch import run_batch  # noqa: PLC0415

    screening = Screening(build_guardrails(settings))

    def handle(row: Mapping[str, object]) -> dict[str, object]:
        return fields(screening.screen(_text(row)))

    done = run_batch(source, output, handle)
    typer.echo(f"{done.rows} rows written to {output}, {done.failed} of them errors.", err=True)


def fields(decision: "Decision") -> dict[str, object]:
    """Return the decision as a row of the output has it, without the id.

    A fixed reply to a greeting or to somebody in distress isn't a block; its guard is named.
    """
    from app.guardrails.guardrail import Action  # noqa: PLC0415 — keeps `candor --help` fast

    shown = Action.BLOCK if decision.action is Action.BLOCK else Action.ALLOW
    return {
        "decision": shown.value,
        "guard": decision.guard or None,
        "reason": decision.reason or None,
    }


def _text(row: Mapping[str, object]) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise BadInputError("the row has no `text`")
    return text
