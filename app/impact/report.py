"""The blast radius as it is handed on: a row an answer, for the terminal and for the support team.

The customer's question is in it as the store has it, with personal data masked.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.impact.cases import AffectedCase
from app.impact.changes import Ground
from app.impact.reliance import Affected

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run: OWASP, CSV injection

_COLUMNS = (
    "turn",
    "conversation",
    "asked",
    "open",
    "ground",
    "stated",
    "changed",
    "articles",
    "question",
    "said",
)


@dataclass(frozen=True, slots=True)
class AffectedAnswer:
    """A turn in which something was said that has changed."""

    turn: str
    conversation: str
    asked: datetime
    is_open: bool
    """Whether the customer may still be there: the conversation's latest question is recent."""
    ground: Ground
    """The gravest of its sentences' grounds."""
    question: str
    said: tuple[str, ...]
    """The sentences that relied on it, as they were read."""
    articles: tuple[str, ...]
    told: tuple[str, ...]
    """What has changed, a line each."""
    is_stated: bool
    """Whether one of the sentences has the very words that changed."""


@dataclass(frozen=True, slots=True)
class Impact:
    """Who was told what has changed, and which cases ask for it."""

    answers: tuple[AffectedAnswer, ...]
    """The oldest first."""
    cases: tuple[AffectedCase, ...] = ()

    @property
    def open_conversations(self) -> tuple[str, ...]:
        """Return the conversations in which the customer may still be, each once."""
        return tuple(dict.fromkeys(one.conversation for one in self.answers if one.is_open))


def answers_of(
    affected: Sequence[Affected], now: datetime, open_for: timedelta
) -> tuple[AffectedAnswer, ...]:
    """Return the affected sentences by turn, the oldest turn first."""
    turns: dict[str, list[Affected]] = {}
    for one in affected:
        turns.setdefault(one.reliance.turn, []).append(one)
    return tuple(_answer(sentences, now - open_for) for sentences in turns.values())


def row_of(answer: AffectedAnswer) -> dict[str, object]:
    """Return what is written of an affected answer."""
    return {
        "turn": answer.turn,
        "conversation": answer.conversation,
        "asked": answer.asked.isoformat(timespec="seconds"),
        "open": answer.is_open,
        "ground": answer.ground.value,
        "stated": answer.is_stated,
        "changed": list(answer.told),
        "articles": list(answer.articles),
        "question": answer.question,
        "said": list(answer.said),
    }


def case_row(case: AffectedCase) -> dict[str, object]:
    """Return what is written of an affected case."""
    return {
        "suite": case.suite,
        "case": case.case,
        "article": case.article,
        "changed": list(case.told),
    }


def write_export(impact: Impact, path: Path) -> None:
    """Write the answers for the support team: CSV by the name's ending, else JSON lines.

    Raises:
        OSError: The file can't be written.
    """
    rows = [row_of(one) for one in impact.answers]
    as_csv = path.suffix.lower() == ".csv"
    path.write_text(_csv(rows) if as_csv else _json_lines(rows), encoding="utf-8")


def _answer(sentences: Sequence[Affected], open_since: datetime) -> AffectedAnswer:
    first = sentences[0].reliance
    return AffectedAnswer(
        turn=first.turn,
        conversation=first.conversation,
        asked=first.asked,
        is_open=first.last_asked >= open_since,
        ground=min((one.ground for one in sentences), key=list(Ground).index),
        question=first.question,
        said=tuple(dict.fromkeys(one.reliance.shown for one in sentences)),
        articles=tuple(dict.fromkeys(one.reliance.article for one in sentences)),
        told=tuple(dict.fromkeys(line for one in sentences for line in one.told)),
        is_stated=any(one.is_stated for one in sentences),
    )


def _json_lines(rows: Sequence[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: Sequence[dict[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(row[name]) for name in _COLUMNS] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    told = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{told}" if told.startswith(_FORMULA) else told
