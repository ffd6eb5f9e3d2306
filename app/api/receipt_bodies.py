"""Receipts as a customer may see them: what was shown and why, and how much was kept back."""

from collections import Counter
from collections.abc import Sequence

from app.api.schemas import ClaimBody, EvidenceBody, ReceiptBody, ReceiptsBody, WithheldBody
from app.store.receipts import ClaimRecord, EvidenceRecord, ReceiptRecord


def receipts_body(turn: str, receipts: Sequence[ReceiptRecord]) -> ReceiptsBody:
    """Return a turn's receipts without a word of what was kept back."""
    kept_back = Counter(one.objection.check for one in receipts if one.objection is not None)
    return ReceiptsBody(
        turn=turn,
        generation=next((one.generation for one in receipts if one.generation), None),
        receipts=tuple(_receipt(one, one.shown) for one in receipts if one.shown is not None),
        withheld=tuple(
            WithheldBody(check=check, sentences=count) for check, count in kept_back.items()
        ),
    )


def _receipt(receipt: ReceiptRecord, shown: str) -> ReceiptBody:
    return ReceiptBody.model_validate(
        {
            "text": shown,
            "ruling": receipt.ruling.value,
            "claims": tuple(map(_claim, receipt.attempts[-1].claims)),
        }
    )


def _claim(claim: ClaimRecord) -> ClaimBody:
    return ClaimBody(
        text=claim.text,
        verdict=claim.verdict.value,
        support=claim.support,
        reason=claim.reason,
        check=claim.check,
        evidence=_evidence(claim.evidence) if claim.evidence else None,
    )


def _evidence(evidence: EvidenceRecord) -> EvidenceBody:
    return EvidenceBody(
        article=evidence.article,
        title=evidence.title,
        version=evidence.version,
        start=evidence.start,
        end=evidence.end,
        passage_start=evidence.passage_start,
        passage_end=evidence.passage_end,
    )
