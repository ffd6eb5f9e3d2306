"""Namesakes: what holds for the Gold Rewards Card isn't said of the Silver Zoom Card.

A claim must not put one name in the place of another of its kind, nor may a statement that stands
below one such name answer a question about another. The ledger knows whose a value is in a table
that gives it to each plan or product in a column of its own.
"""

from app.answer import Question
from app.grounding.checks.openings import own_text
from app.grounding.checks.quotation import rests_on
from app.grounding.sources import Sources
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict


class NamesakeCheck:
    """Contradicts what is said of another thing of the same kind."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a contradiction where all that the claim rests on is said of others only."""
        own = own_text(claim, sources, asked)
        close, near = self._thresholds.rests_close, self._thresholds.rests_near
        found = rests_on(claim, sources, asked, close=close, near=near)
        wrong = [sources.naming.other_than_meant(one, own, asked.text) for one in found]
        if not wrong or None in wrong:
            return None
        reason = f"is said of {' '.join(wrong[0] or ())!r}"
        return Finding(claim, Verdict.CONTRADICTED, 0.0, reason, "scope", found[0].place)
