"""Overlap: a plain measure of support, the share of a claim's words that one statement has."""

from app.answer import Question
from app.grounding.sources import Sources
from app.grounding.verdict import Claim, Finding, Verdict

ENOUGH = 0.5
"""Share of a claim's words, rare ones counting more, from which on it is supported."""


class OverlapCheck:
    """Has a finding for every claim: stands in where no fitted model does."""

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding:
        """Return how much of the claim its closest statement has words for."""
        aligned = sources.aligned(claim.text, asked.text)
        if not aligned:
            reason = "no article speaks of it"
            return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "overlap")
        best = aligned[0]
        verdict = Verdict.SUPPORTED if best.score >= ENOUGH else Verdict.NOT_ENOUGH_INFO
        reason = f"the closest statement has {best.score:.0%} of its words"
        return Finding(claim, verdict, min(best.score, 1.0), reason, "overlap", best.stated.place)
