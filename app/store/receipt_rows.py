"""Turns receipts into table rows, and rows back into receipts."""

from collections.abc import Iterator
from dataclasses import asdict

from app.grounding.receipt import Origin, Ruling
from app.grounding.verdict import Verdict
from app.store.prepared import Row
from app.store.receipts import (
    AttemptRecord,
    ClaimRecord,
    EvidenceRecord,
    FactRecord,
    ReceiptRecord,
)
from app.store.tables import AttemptRow, ClaimRow, ReceiptRow


def receipt_rows(turn: str, number: int, receipt: ReceiptRecord) -> Iterator[Row]:
    """Yield the row of a receipt, then those of its attempts, each with its claims'."""
    yield (
        ReceiptRow,
        {
            "turn_id": turn,
            "number": number,
            "ruling": receipt.ruling,
            "shown": receipt.shown,
            "event": receipt.event,
            "generation": receipt.generation,
        },
    )
    for place, attempt in enumerate(receipt.attempts, start=1):
        yield from _attempt_rows({"turn_id": turn, "receipt_number": number}, place, attempt)


def to_receipt(row: ReceiptRow) -> ReceiptRecord:
    """Return the receipt that a row and those below it hold."""
    return ReceiptRecord(
        ruling=Ruling(row.ruling),
        attempts=tuple(map(_to_attempt, row.attempts)),
        shown=row.shown,
        event=row.event,
        generation=row.generation,
    )


def _attempt_rows(key: dict[str, object], number: int, attempt: AttemptRecord) -> Iterator[Row]:
    yield AttemptRow, key | {"number": number, "origin": attempt.origin, "text": attempt.text}
    for place, claim in enumerate(attempt.claims, start=1):
        yield ClaimRow, key | {"attempt_number": number, "number": place} | _claim_columns(claim)


def _claim_columns(claim: ClaimRecord) -> dict[str, object]:
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "verdict": claim.verdict,
        "support": claim.support,
        "reason": claim.reason,
        "check_name": claim.check,
        **(_evidence_columns(claim.evidence) if claim.evidence else _NO_EVIDENCE),
    }


def _evidence_columns(evidence: EvidenceRecord) -> dict[str, object]:
    return {
        "article": evidence.article,
        "title": evidence.title,
        "version": evidence.version,
        "evidence_start": evidence.start,
        "evidence_end": evidence.end,
        "passage_start": evidence.passage_start,
        "passage_end": evidence.passage_end,
        "facts": [asdict(fact) for fact in evidence.facts],
    }


_NO_EVIDENCE: dict[str, object] = dict.fromkeys(
    (
        "article",
        "title",
        "version",
        "evidence_start",
        "evidence_end",
        "passage_start",
        "passage_end",
        "facts",
    )
)


def _to_attempt(row: AttemptRow) -> AttemptRecord:
    return AttemptRecord(Origin(row.origin), row.text, tuple(map(_to_claim, row.claims)))


def _to_claim(row: ClaimRow) -> ClaimRecord:
    return ClaimRecord(
        text=row.text,
        start=row.start,
        end=row.end,
        verdict=Verdict(row.verdict),
        support=row.support,
        reason=row.reason,
        check=row.check_name,
        evidence=_to_evidence(row),
    )


def _to_evidence(row: ClaimRow) -> EvidenceRecord | None:
    if row.article is None:
        return None
    return EvidenceRecord(
        article=row.article,
        title=row.title or "",
        version=row.version,
        start=row.evidence_start or 0,
        end=row.evidence_end or 0,
        passage_start=row.passage_start or 0,
        passage_end=row.passage_end or 0,
        facts=tuple(
            FactRecord(str(fact["kind"]), int(fact["start"]), int(fact["end"]))
            for fact in row.facts or ()
        ),
    )
