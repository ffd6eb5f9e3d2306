"""Labelled rows: what `candor ground` reads, with a label beside it."""

import json
from collections.abc import Mapping
from datetime import tzinfo
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.answer import Question
from app.commands.ground_row import GivenPassage, GroundRow
from app.grounding.fitting.labelled_case import LabelledCase
from app.grounding.fitting.run import CaseSet
from app.grounding.sources import Source, Sources
from knowledge_base.errors import BadInputError
from knowledge_base.scope import Scopes
from knowledge_base.validity import today


def read_case_set(path: Path, timezone: tzinfo) -> CaseSet:
    """Return the labelled claims of a file of JSON lines.

    Raises:
        BadInputError: It can't be read, or a row is none of `candor ground` with a label.
    """
    reader = _Reader(timezone)
    try:
        held = path.read_bytes()
        rows = [json.loads(line) for line in held.decode("utf-8").splitlines() if line.strip()]
        cases = tuple(reader.case(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError, BadInputError) as error:
        raise BadInputError(
            f"{path} holds no labelled claims ({type(error).__name__}: {error}); "
            "see `candor gate fit --help` for the format"
        ) from error
    return CaseSet(path.name, sha256(held).hexdigest(), cases)


def sources_of_rows(passages: tuple[GivenPassage, ...]) -> Sources:
    """Return the passages of a row as the checks read them."""
    read = (Source(one.article, 0, len(one.article.body), heading=one.heading) for one in passages)
    return Sources(tuple(read))


class _Reader:
    """Reads rows; passages that come again are prepared once."""

    def __init__(self, timezone: tzinfo) -> None:
        self._today = today(timezone)
        self._made: dict[str, tuple[Sources, Scopes]] = {}

    def case(self, row: Mapping[str, Any]) -> LabelledCase:
        given = GroundRow.read(row)
        sources, scopes = self._prepared(row["passages"], given)
        asked = Question(
            given.question,
            given.question,
            given.at or self._today,
            scopes.settled([given.question]),
        )
        supported = row["supported"]
        if not isinstance(supported, bool):
            raise TypeError("`supported` is neither true nor false")
        origin = str(row.get("origin") or row["id"])
        return LabelledCase(given.text, asked, sources, scopes, supported, origin)

    def _prepared(self, passages: object, given: GroundRow) -> tuple[Sources, Scopes]:
        key = json.dumps(passages)
        if key not in self._made:
            scopes = Scopes(one.article for one in given.passages)
            self._made[key] = (sources_of_rows(given.passages), scopes)
        return self._made[key]
