"""Turns receipts into table rows, and rows back into receipts."""

from dataclasses import asdict

from app.grounding.receipt import Origin, Ruling
from app.grounding.verdict import Verdict
from app.store.receipts import (
    AttemptRecord,
    ClaimRecord,
    EvidenceRecord,
    FactRecord,
    ReceiptRecord,
)
from app.store.tables import AttemptRow, ClaimRow, ReceiptRow


def receipt_row(turn: str, number: int, receipt: ReceiptRecord) -> ReceiptRow:
    """Return the row of a receipt, with those of its attempts and their claims."""
    return ReceiptRow(
        turn_id=turn,
        number=number,
        ruling=receipt.ruling,
        shown=receipt.shown,
        event=receipt.event,
        generation=receipt.generation,
        attempts=[
            _attempt_row(turn, number, place, attempt)
            for place, attempt in enumerate(receipt.attempts, start=1)
        ],
    )


def to_receipt(row: ReceiptRow) -> ReceiptRecord:
    """Return the receipt that a row and those below it hold."""
    return ReceiptRecord(
        ruling=Ruling(row.ruling),
        attempts=tuple(map(_to_attempt, row.attempts)),
        shown=row.shown,
        event=row.event,
        generation=row.generation,
    )


def _attempt_row(turn: str, receipt: int, number: int, attempt: AttemptRecord) -> AttemptRow:
    return AttemptRow(
        turn_id=turn,
        receipt_number=receipt,
        number=number,
        origin=attempt.origin,
        text=attempt.text,
        claims=[
            _claim_row((turn, receipt, number, place), claim)
            for place, claim in enumerate(attempt.claims, start=1)
        ],
    )


def _claim_row(key: tuple[str, int, int, int], claim: ClaimRecord) -> ClaimRow:
    turn, receipt, attempt, number = key
    row = ClaimRow(
        turn_id=turn,
        receipt_number=receipt,
        attempt_number=attempt,
        number=number,
        text=claim.text,
        start=claim.start,
        end=claim.end,
        verdict=claim.verdict,
        support=claim.support,
        reason=claim.reason,
        check_name=claim.check,
    )
    if claim.evidence is not None:
        _rest_on(row, claim.evidence)
    return row


def _rest_on(row: ClaimRow, evidence: EvidenceRecord) -> None:
    row.article, row.title, row.version = evidence.article, evidence.title, evidence.version
    row.evidence_start, row.evidence_end = evidence.start, evidence.end
    row.passage_start, row.passage_end = evidence.passage_start, evidence.passage_end
    row.facts = [asdict(fact) for fact in evidence.facts]


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
