"""Likeness: whether the statements that have most of a claim's words are about the same thing.

Words alone support what a weak model makes up of common ones: those of "You will be asked to choose
a date" stand in many an article, in statements about something else. An embedding tells these from
a claim that says in other words what a statement says.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from app.answer import Question
from app.grounding.sources import Sources
from app.grounding.support.evidence import SupportEvidence
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from app.grounding.verifier import Check
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.embedding.model_files import BUNDLED, find_model

NAME = "likeness"


class LikenessCheck:
    """Takes support back from a claim where nothing close to it is about the same thing."""

    def __init__(self, support: Check, embedder: Embedder, thresholds: Thresholds) -> None:
        self._support = support
        self._embedder = embedder
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return what the check of support finds, unless the claim is like nothing close to it."""
        found = self._support.check(claim, sources, asked)
        if found is None or found.verdict is not Verdict.SUPPORTED:
            return found
        evidence = SupportEvidence(claim.text, sources, asked)
        likeness = self.cosines(evidence)
        if self._is_like(likeness):
            return found
        return replace(
            found,
            verdict=Verdict.NOT_ENOUGH_INFO,
            support=max(0.0, likeness[0]),
            reason=f"the closest statement is about something else: “{evidence.closest[0].text}”",
            check=NAME,
        )

    def cosines(self, evidence: SupportEvidence) -> Sequence[float]:
        """Return those of the claim and each of the statements closest to it, in their order."""
        closest = [one.text for one in evidence.closest]
        own, *others = self._embedder.embed([evidence.text, *closest])
        return [float(own @ other) for other in others]

    def _is_like(self, likeness: Sequence[float]) -> bool:
        is_close = likeness[0] >= self._thresholds.like_closest
        return is_close or max(likeness) >= self._thresholds.like_any


def with_likeness(support: Check, embedder: Embedder | None, thresholds: Thresholds) -> Check:
    """Return the check of support with that of likeness around it.

    Without the latter where `embedder` is None or another than the one that the thresholds were
    chosen with, since each has cosines of its own.
    """
    if embedder is None or embedder.fingerprint != _bundled_fingerprint():
        return support
    return LikenessCheck(support, embedder, thresholds)


@cache
def _bundled_fingerprint() -> str:
    return find_model(BUNDLED).fingerprint
