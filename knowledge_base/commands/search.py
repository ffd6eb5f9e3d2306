"""`candor search`: the best articles and passages for a query, or for a file of them."""

import json
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.errors import BadInputError

if TYPE_CHECKING:
    from knowledge_base.searching.search import SearchIndex, SearchResult

_MOST_SHOWN = 100_000
"""More passages than any help centre has."""

_DAY = "%Y-%m-%d"
_DIGITS = 6


def search(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    *,
    k: Annotated[
        int, typer.Option("--k", min=1, max=_MOST_SHOWN, help="How many are shown at most.")
    ] = 10,
    at: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], help="Search what is in force on this day, not today."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    source: Annotated[
        Path | None,
        typer.Option("--input", help="Search for each row of a file, one JSON object a line."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Where the rows found are written.")] = None,
) -> None:
    """Find passages in the index that serves."""
    from knowledge_base.bootstrap import open_search
    from knowledge_base.settings import KnowledgeBaseSettings
    from knowledge_base.validity import today

    if (query is None) == (source is None) or (source is None) != (output is None):
        raise typer.BadParameter("give either a query, or both --input and --output")
    settings = KnowledgeBaseSettings()
    day = at.date() if at else today(settings.timezone)
    index = open_search(settings)
    if source is not None and output is not None:
        _search_file(index, source, output, k, day)
        return
    found = index.search(query or "", limit=k, at=day)
    if as_json:
        typer.echo(json.dumps(_fields(found), ensure_ascii=False))
    else:
        _print(found)


def _search_file(index: "SearchIndex", source: Path, output: Path, k: int, day: date) -> None:
    from knowledge_base.batch import run_batch

    def handle(row: Mapping[str, object]) -> dict[str, object]:
        asked = _asked(row)
        return _fields(index.search(asked.question, limit=k, at=asked.at or day))

    done = run_batch(source, output, handle)
    typer.echo(f"{done.rows} rows written to {output}, {done.failed} of them errors.", err=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    at: date | None


def _asked(row: Mapping[str, object]) -> _Asked:
    from knowledge_base.batch import read_day

    question = row.get("question")
    if not isinstance(question, str) or not question.strip():
        raise BadInputError("the row has no `question`")
    return _Asked(question, read_day(row.get("at")))


def _fields(found: "SearchResult") -> dict[str, object]:
    return {
        "articles": [
            {"id": ranked.article.id, "score": round(ranked.score, _DIGITS)}
            for ranked in found.articles
        ],
        "passages": [
            {
                "article": passage.article.id,
                "heading": " > ".join(passage.chunk.heading_path),
                "start": passage.chunk.start,
                "end": passage.chunk.end,
                "score": round(passage.score, _DIGITS),
                "text": passage.chunk.text,
            }
            for passage in found.passages
        ],
    }


def _print(found: "SearchResult") -> None:
    if not found.passages:
        typer.echo("Nothing found.")
    for number, passage in enumerate(found.passages, 1):
        place = " > ".join((passage.article.title, *passage.chunk.heading_path))
        ahead = "" if passage.in_force else f", not in force before {passage.article.valid_from}"
        typer.secho(f"{number}. {place} ({passage.score:.2f}{ahead})", bold=True)
        typer.echo(f"   {passage.article.id} [{passage.chunk.start}:{passage.chunk.end}]")
        typer.echo(textwrap.indent(passage.chunk.text, "   "))
        typer.echo()
