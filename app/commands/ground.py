"""`candor ground`: a file of claims or answers checked against the passages beside them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.commands.ground_row import GroundRow
    from app.grounding.thresholds import Thresholds
    from app.grounding.verdict import Finding
    from app.grounding.verifier import Check


def ground(
    source: Annotated[
        Path, typer.Option("--input", help="Rows with a claim or an answer, and its passages.")
    ],
    output: Annotated[Path, typer.Option(help="Where the verdicts are written.")],
) -> None:
    """Check claims and answers against the passages that they should rest on."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    settings = AppSettings()
    from app.commands.ground_row import GroundRow  # noqa: PLC0415
    from app.grounding.support.check import SupportCheck  # noqa: PLC0415
    from app.grounding.support.likeness import with_likeness  # noqa: PLC0415
    from app.grounding.support.model import load_support_model  # noqa: PLC0415
    from app.grounding.thresholds import load_thresholds  # noqa: PLC0415
    from knowledge_base.batch import run_batch  # noqa: PLC0415
    from knowledge_base.bootstrap import open_embedder  # noqa: PLC0415
    from knowledge_base.validity import today  # noqa: PLC0415

    support, thresholds = SupportCheck(load_support_model()), load_thresholds()
    last = with_likeness(support, open_embedder(settings), thresholds)

    def handle(row: Mapping[str, object]) -> dict[str, object]:
        given = GroundRow.read(row)
        at = given.at or today(settings.timezone)
        return fields(findings(given, at, last, thresholds))

    done = run_batch(source, output, handle)
    typer.echo(f"{done.rows} rows written to {output}, {done.failed} of them errors.", err=True)


def findings(
    given: "GroundRow",
    at: date,
    support: "Check | None" = None,
    thresholds: "Thresholds | None" = None,
) -> tuple["Finding", ...]:
    """Return what the checks of the gate find of each claim of a row, on the day `at`.

    `support` is the last check, the shipped model's where it is None, and so are the thresholds.
    """
    from app.answer import Question  # noqa: PLC0415
    from app.commands.labelled_rows import sources_of_rows  # noqa: PLC0415
    from app.grounding.grounds import Grounds  # noqa: PLC0415
    from app.grounding.soundness import sound  # noqa: PLC0415
    from app.grounding.verdict import Claim, Finding, Verdict  # noqa: PLC0415
    from knowledge_base.scope import Scopes  # noqa: PLC0415

    articles = [one.article for one in given.passages]
    scopes = Scopes(articles)
    sources = sources_of_rows(given.passages)
    asked = Question(given.question, given.question, at, scopes.settled([given.question]))
    grounds = Grounds.of(scopes=scopes, support=support, thresholds=thresholds)
    found = grounds.verifier.verify(given.text, sources, asked)
    try:
        return sound(given.text, found, sources)
    except (TypeError, ValueError) as error:  # the gate blocks there too
        whole = Claim(given.text, 0, len(given.text))
        return (Finding(whole, Verdict.NOT_ENOUGH_INFO, 0.0, str(error), "gate"),)


def fields(found: tuple["Finding", ...]) -> dict[str, object]:
    """Return the findings as a row of the output has them, without the id.

    A courtesy claims nothing and is supported: nothing in it can be wrong.
    """
    from app.grounding.verdict import Verdict, worst  # noqa: PLC0415

    decisive = worst(found) if found else None
    return {
        "verdict": (decisive.verdict if decisive else Verdict.SUPPORTED).value,
        "support": round(decisive.support, 4) if decisive else 1.0,
        "claims": [_claim(one) for one in found],
    }


def _claim(one: "Finding") -> dict[str, object]:
    place = one.place
    return {
        "text": one.claim.text,
        "verdict": one.verdict.value,
        "support": round(one.support, 4),
        "reason": one.reason,
        "passage": place.source if place else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
    }
