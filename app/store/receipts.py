"""What is kept of a receipt: each wording that was judged, its claims, and what they rested on.

Sentence → claim → span in an article → version of the article → generation of the index.
"""

from dataclasses import dataclass

from app.grounding.receipt import Attempt, CheckedClaim, Evidence, Origin, Receipt, Ruling
from app.grounding.verdict import Verdict


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A policy fact that the words state."""

    kind: str
    start: int
    """Code points into the article's body, like `end` (exclusive)."""
    end: int


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """The words of an article that a claim was judged by, with its title as it was."""

    article: str
    title: str
    version: str | None
    """Content hash of the article in its generation; None where it wasn't known."""
    start: int
    """Code points into the article's body, like `end` (exclusive)."""
    end: int
    passage_start: int
    passage_end: int
    facts: tuple[FactRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim, and what was found of it."""

    text: str
    start: int
    """Code points into the wording, like `end` (exclusive)."""
    end: int
    verdict: Verdict
    support: float
    reason: str
    check: str
    evidence: EvidenceRecord | None


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One wording that was judged."""

    origin: Origin
    text: str
    claims: tuple[ClaimRecord, ...]


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """What became of one drafted sentence."""

    ruling: Ruling
    attempts: tuple[AttemptRecord, ...]
    """The draft first, then what was tried in its place."""
    shown: str | None
    """What the customer read of it, if anything."""
    event: int | None = None
    """Number of the turn's event that showed it."""
    generation: str | None = None
    """The index generation that the evidence points into."""

    @property
    def objection(self) -> ClaimRecord | None:
        """Why the sentence isn't shown as it was drafted, None where it is."""
        doubted = [one for one in self.attempts[0].claims if one.verdict is not Verdict.SUPPORTED]
        return min(doubted, key=_standing) if doubted else None


def record_receipt(receipt: Receipt, event: int | None) -> ReceiptRecord:
    """Return what is kept of a receipt whose sentence, if there is one, `event` shows."""
    shown = receipt.sentence
    return ReceiptRecord(
        ruling=receipt.ruling,
        attempts=tuple(map(_record_attempt, receipt.attempts)),
        shown=shown.text if shown else None,
        event=event if shown else None,
        generation=receipt.generation,
    )


def _standing(claim: ClaimRecord) -> tuple[bool, float]:
    return claim.verdict is not Verdict.CONTRADICTED, claim.support


def _record_attempt(attempt: Attempt) -> AttemptRecord:
    return AttemptRecord(attempt.origin, attempt.text, tuple(map(_record_claim, attempt.claims)))


def _record_claim(checked: CheckedClaim) -> ClaimRecord:
    found, evidence = checked.finding, checked.evidence
    return ClaimRecord(
        text=found.claim.text,
        start=found.claim.start,
        end=found.claim.end,
        verdict=found.verdict,
        support=found.support,
        reason=found.reason,
        check=found.check,
        evidence=_record_evidence(evidence) if evidence else None,
    )


def _record_evidence(evidence: Evidence) -> EvidenceRecord:
    article, chunk = evidence.passage.article, evidence.passage.chunk
    return EvidenceRecord(
        article=article.id,
        title=article.title,
        version=evidence.version,
        start=evidence.start,
        end=evidence.end,
        passage_start=chunk.start,
        passage_end=chunk.end,
        facts=tuple(FactRecord(one.kind.value, one.start, one.end) for one in evidence.facts),
    )
