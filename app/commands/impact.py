"""`candor impact`: who was told what has changed since, and which cases ask for it."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.command_line import printable_line
from knowledge_base.errors import BadInputError

if TYPE_CHECKING:
    from app.impact.edition import Edition
    from app.impact.report import Impact
    from app.settings import AppSettings

_SUITES = Path(__file__).resolve().parents[2] / "evals" / "suites"
_SHOWN = 20
_MOST_HOURS = 87_600  # ten years


def impact(
    *,
    fact: Annotated[
        str | None,
        typer.Option(
            help="Id of a policy fact, as `candor facts --json` has it, or of an article."
        ),
    ] = None,
    generation: Annotated[
        str | None,
        typer.Option(help="`A..B`: what changed from A to B; `A..`: to the one that serves."),
    ] = None,
    suite: Annotated[
        list[Path] | None, typer.Option(help="Suite files of golden cases; else the bundled ones.")
    ] = None,
    open_hours: Annotated[
        float,
        typer.Option(
            min=0,
            max=_MOST_HOURS,
            help="How long after its latest question a conversation is open.",
        ),
    ] = 24.0,
    output: Annotated[
        Path | None, typer.Option(help="Also write the answers there: .csv, else JSON lines.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List the past answers, open conversations and golden cases that rested on what changed."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    if fact is None and ".." not in (generation or ""):
        raise BadInputError("name a fact (--fact ID), two generations (--generation A..B), or both")
    if math.isnan(open_hours):
        raise BadInputError("--open-hours is no number of hours")
    settings = AppSettings()  # before the long import: a mistake in it is told at once
    from app.impact.report import write_export  # noqa: PLC0415

    suites = suite or sorted(_SUITES.glob("*.v*.jsonl"))
    found = _impact(settings, fact, generation, suites, timedelta(hours=open_hours))
    if output is not None:
        write_export(found, output)
    typer.echo(_as_json(found) if as_json else "\n".join(_readable(found)))


def _impact(
    settings: "AppSettings",
    fact: str | None,
    generation: str | None,
    suites: Sequence[Path],
    open_for: timedelta,
) -> "Impact":
    from app.impact.cases import cases_that_state  # noqa: PLC0415
    from app.impact.edition import editions_in  # noqa: PLC0415
    from app.impact.inquiry import Inquiry, cases_of_change, named_facts  # noqa: PLC0415
    from app.impact.report import Impact, answers_of  # noqa: PLC0415
    from app.store.database import open_database  # noqa: PLC0415
    from app.store.sql_reliances import SqlReliances  # noqa: PLC0415

    older, _, newer = (generation or "").partition("..")
    before = _edition(settings.data_dir, older)
    facts = named_facts(fact, before) if fact else None
    engine = open_database(settings.data_dir, settings.database_url)
    try:
        inquiry = Inquiry(SqlReliances(engine), editions_in(settings.data_dir))
        if facts is not None and ".." not in (generation or ""):
            cases = tuple(cases_that_state(suites, facts, before))
            answers = answers_of(inquiry.of_facts(facts), datetime.now(UTC), open_for)
            return Impact(answers, cases)
        after = _edition(settings.data_dir, newer)
        found = inquiry.of_change(before, after, facts)
    finally:
        engine.dispose()
    cases = cases_of_change(suites, before, after, facts)
    return Impact(answers_of(found, datetime.now(UTC), open_for), cases)


def _edition(data_dir: Path, generation: str) -> "Edition":
    """Return the edition of a generation, of the one that serves where none is named."""
    from app.impact.edition import read_edition  # noqa: PLC0415
    from knowledge_base.generations.publication import is_generation_id  # noqa: PLC0415
    from knowledge_base.generations.serving import Serving  # noqa: PLC0415

    if generation and not is_generation_id(generation):
        raise BadInputError(
            f"{generation!r} is no generation; `candor generations list` shows those there are"
        )
    return read_edition(data_dir, generation or Serving(data_dir).generation_id())


def _as_json(found: "Impact") -> str:
    from app.impact.report import case_row, row_of  # noqa: PLC0415

    told = {
        "answers": [row_of(one) for one in found.answers],
        "open_conversations": list(found.open_conversations),
        "cases": [case_row(one) for one in found.cases],
    }
    return json.dumps(told, ensure_ascii=False)


def _readable(found: "Impact") -> Iterator[str]:
    """Yield the lines for the terminal: the first answers and cases, and how many there are."""
    talks = {one.conversation for one in found.answers}
    yield (
        f"{len(found.answers)} answers in {len(talks)} conversations, "
        f"{len(found.open_conversations)} of these open; {len(found.cases)} golden cases."
    )
    for answer in found.answers[:_SHOWN]:
        state = "open" if answer.is_open else "over"
        yield f"\n{answer.asked:%Y-%m-%d %H:%M} turn {answer.turn} ({state}) {answer.ground.value}"
        yield from (f"  changed: {printable_line(told)}" for told in answer.told)
        yield from (f"  said: {printable_line(said)}" for said in answer.said)
    for case in found.cases[:_SHOWN]:
        yield f"\ncase {case.case} of {case.suite}: {printable_line('; '.join(case.told))}"
    if len(found.answers) > _SHOWN or len(found.cases) > _SHOWN:
        yield f"\nThe first {_SHOWN} of each are shown: --output FILE or --json has all."
