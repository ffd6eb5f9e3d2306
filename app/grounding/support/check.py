"""Support: whether the sources say the rest of what a claim says, by a model that can be exchanged.

The check always has something to say, so it stands last; its reason names what decided.
"""

from dataclasses import dataclass
from typing import Protocol

from app.answer import Question
from app.grounding.sources import Sources
from app.grounding.support.evidence import SupportEvidence
from app.grounding.support.reason import reason
from app.grounding.verdict import Claim, Finding, Verdict

NAME = "support"


@dataclass(frozen=True, slots=True)
class Support:
    """How well the sources say a claim."""

    probability: float
    """That they say it, 0 to 1."""
    decisive: tuple[str, ...] = ()
    """Names of `SupportFeatures` that speak for what was found, the strongest first."""


class SupportModel(Protocol):
    """Tells how likely the sources say a claim."""

    @property
    def threshold(self) -> float:
        """The least probability at which a claim counts as supported."""
        ...

    def support(self, evidence: SupportEvidence) -> Support:
        """Return how well the closest statements, or all sources, say the claim."""
        ...


class SupportCheck:
    """Finds a claim supported, or not supported enough."""

    def __init__(self, model: SupportModel) -> None:
        self._model = model

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding:
        """Return the verdict of the model with the closest statement's place."""
        evidence = SupportEvidence(claim.text, sources, asked)
        found = self._model.support(evidence) if is_spoken_of(evidence) else Support(0.0)
        holds = found.probability >= self._model.threshold
        return Finding(
            claim=claim,
            verdict=Verdict.SUPPORTED if holds else Verdict.NOT_ENOUGH_INFO,
            support=found.probability,
            reason=reason(evidence, found.decisive),
            check=NAME,
            place=evidence.place,
        )


def is_spoken_of(evidence: SupportEvidence) -> bool:
    """Tell whether a claim shares a word with the sources: what rests on nothing has no support."""
    return evidence.place is not None
