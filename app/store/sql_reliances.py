"""What shown sentences rested on, in a SQL database."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Engine, RowMapping, Select, String, and_, cast, exists, func, null, select
from sqlalchemy.orm import aliased

from app.store.reliances import Reliance
from app.store.sessions import Sessions
from app.store.tables import AttemptRow, CitationRow, ClaimRow, ReceiptRow, SentenceRow, TurnRow

_NAMES_A_QUERY = 500  # SQLite takes 999 parameters in builds before 3.32
_LATER = aliased(TurnRow)


class SqlReliances:
    """Reads the receipts in the database that `open_database` returned."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = Sessions(engine)

    def on(self, articles: Collection[str]) -> tuple[Reliance, ...]:
        """Return what shown sentences rested on in these articles, the oldest turn first."""
        names = sorted(articles)
        found = [
            Reliance(**row)
            for first in range(0, len(names), _NAMES_A_QUERY)
            for row in self._rows(names[first : first + _NAMES_A_QUERY])
        ]
        return tuple(sorted(found, key=lambda one: (one.asked, one.turn, one.shown, one.start)))

    def _rows(self, articles: Sequence[str]) -> Iterator[RowMapping]:
        with self._sessions.read() as session:
            yield from session.execute(_by_receipt(articles)).mappings()
            yield from session.execute(_by_citation(articles)).mappings()


def _by_receipt(articles: Sequence[str]) -> Select[Any]:
    """Select the claims of the wordings that were shown: the last ones that were judged."""
    same_receipt = and_(
        AttemptRow.turn_id == ClaimRow.turn_id,
        AttemptRow.receipt_number == ClaimRow.receipt_number,
    )
    shown = select(func.max(AttemptRow.number)).where(same_receipt).scalar_subquery()
    return (
        select(
            *_turn_columns(),
            ReceiptRow.shown.label("shown"),
            ClaimRow.article.label("article"),
            ClaimRow.version.label("version"),
            ReceiptRow.generation.label("generation"),
            ClaimRow.evidence_start.label("start"),
            ClaimRow.evidence_end.label("end"),
        )
        .join(TurnRow, TurnRow.id == ClaimRow.turn_id)
        .join(
            ReceiptRow,
            and_(
                ReceiptRow.turn_id == ClaimRow.turn_id,
                ReceiptRow.number == ClaimRow.receipt_number,
            ),
        )
        # A receipt is kept before its sentence is: only what was released was read.
        .join(
            SentenceRow,
            and_(
                SentenceRow.turn_id == ReceiptRow.turn_id,
                SentenceRow.number == ReceiptRow.event,
            ),
        )
        .where(ClaimRow.article.in_(articles), ReceiptRow.shown.is_not(None))
        .where(ClaimRow.attempt_number == shown)
        .distinct()
    )


def _by_citation(articles: Sequence[str]) -> Select[Any]:
    """Select the cited words of sentences that no receipt speaks of."""
    has_receipt = exists().where(
        ReceiptRow.turn_id == SentenceRow.turn_id, ReceiptRow.event == SentenceRow.number
    )
    return (
        select(
            *_turn_columns(),
            SentenceRow.text.label("shown"),
            CitationRow.article.label("article"),
            cast(null(), String).label("version"),
            TurnRow.generation.label("generation"),
            CitationRow.start.label("start"),
            CitationRow.end.label("end"),
        )
        .join(TurnRow, TurnRow.id == CitationRow.turn_id)
        .join(
            SentenceRow,
            and_(
                SentenceRow.turn_id == CitationRow.turn_id,
                SentenceRow.number == CitationRow.sentence_number,
            ),
        )
        .where(CitationRow.article.in_(articles), ~has_receipt)
        .distinct()
    )


def _turn_columns() -> tuple[Any, ...]:
    latest = (
        select(func.max(_LATER.created))
        .where(_LATER.conversation_id == TurnRow.conversation_id)
        .correlate(TurnRow)
        .scalar_subquery()
    )
    return (
        TurnRow.id.label("turn"),
        TurnRow.conversation_id.label("conversation"),
        TurnRow.created.label("asked"),
        latest.label("last_asked"),
        TurnRow.question.label("question"),
    )
