"""`candor ask`: one question answered in the terminal, or a file of them."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.answer import Answer, Citation, Exchange
from app.commands.ask_row import AskRow

if TYPE_CHECKING:
    from app.turn_ports import Answering

_DAY = "%Y-%m-%d"


def ask(
    question: Annotated[str | None, typer.Argument(help="What a customer asks.")] = None,
    *,
    at: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], help="Answer by the rules of this day instead of today's."),
    ] = None,
    after: Annotated[
        list[str] | None,
        typer.Option(help="An earlier question of the same conversation; may be given again."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    source: Annotated[
        Path | None,
        typer.Option("--input", help="Answer a file of questions, one JSON object a line."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Where the answers to `--input` are written.")
    ] = None,
) -> None:
    """Answer a question from the help articles, each sentence with its source."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    if (question is None) == (source is None) or (source is None) != (output is None):
        raise typer.BadParameter("give either a question, or both --input and --output")
    settings = AppSettings()  # before the long import: a mistake in it is told at once
    from app.bootstrap import build_served_assistant  # noqa: PLC0415
    from app.telemetry.logs import log_to_stderr  # noqa: PLC0415

    log_to_stderr()
    assistant = build_served_assistant(settings)
    day = at.date() if at else None
    if source is not None and output is not None:
        _answer_file(assistant, source, output, day)
        return
    answer = asyncio.run(_answered(assistant, question or "", after or (), day))
    typer.echo(json.dumps(fields(answer), ensure_ascii=False) if as_json else readable(answer))


def fields(answer: Answer) -> dict[str, object]:
    """Return the answer as a row of a batch's output has it, without the id."""
    return {
        "outcome": answer.outcome.value,
        "text": answer.text,
        "sentences": [
            {
                "text": sentence.text,
                "citations": [
                    {"article": cited.passage.article.id, "start": cited.start, "end": cited.end}
                    for cited in sentence.citations
                ],
            }
            for sentence in answer.sentences
        ],
        "release": answer.release,
        "latency_ms": round(answer.timings_ms["total"], 1),
        "usage": [asdict(usage) for usage in answer.usage],
    }


def readable(answer: Answer) -> str:
    """Return the answer for the terminal: numbered sentences' sources below the text."""
    if not answer.sentences:
        return answer.text
    sources: dict[str, int] = {}
    lines = []
    for sentence in answer.sentences:
        named = dict.fromkeys(_source(cited) for cited in sentence.citations)
        marks = "".join(f"[{sources.setdefault(name, len(sources) + 1)}]" for name in named)
        lines.append(f"{sentence.text} {marks}")
    listed = [f"  [{number}] {name}" for name, number in sources.items()]
    return "\n".join([*lines, "", *listed])


def _answer_file(
    assistant: "Answering", source: Path, output: Path, default_day: date | None
) -> None:
    from knowledge_base.batch import run_batch  # noqa: PLC0415 — keeps `candor --help` fast

    with asyncio.Runner() as runner:

        def handle(row: Mapping[str, object]) -> dict[str, object]:
            asked = AskRow.read(row)
            turn = _answered(assistant, asked.question, asked.history, asked.at or default_day)
            return fields(runner.run(turn))

        done = run_batch(source, output, handle)
    typer.echo(f"{done.rows} rows written to {output}, {done.failed} of them errors.", err=True)


async def _answered(
    assistant: "Answering", question: str, earlier: Sequence[str], at: date | None
) -> Answer:
    history = [Exchange(question=before, answer="", query="") for before in earlier]
    events = [event async for event in assistant.answer(question, history, at)]
    return next(event for event in events if isinstance(event, Answer))


def _source(cited: Citation) -> str:
    article = cited.passage.article
    place = " › ".join((article.title, *cited.passage.chunk.heading_path))
    return f"{place} ({article.url or article.id})"
