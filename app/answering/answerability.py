"""Answerability: whether the evidence answers the question at all.

A logistic model over six features that can be read. `benchmarks/fit_answering.py` fits it on the
sample suite and on further questions over the sample help centre, covered and not.
"""

import math
from typing import NamedTuple

from app.answering.evidence import Evidence
from app.answering.expectation import asks_yes_or_no
from app.answering.selection import likelihood_of_best, score

ENOUGH = 0.55
"""Answering needs this probability. In ten-fold cross-validation (five times over), it abstains
from 90 % of 172 uncovered questions and answers 81 % of 278 covered ones."""
LOOKED_AT = 3
"""How many of the best statements may close a hole in what is asked."""

_BIAS = -0.46


class EvidenceFeatures(NamedTuple):
    """What the logistic model looks at, or the weight of each."""

    passage: float
    """Greatest cosine of a passage with the question."""
    sure: float
    """How likely the best statement is among all that were read: an answer stands out."""
    said: float
    """Greatest share of the question's words that one statement holds. Its weight is below 0: at
    the same score, a statement that repeats the question's words speaks less of the rest."""
    unknown: float
    """Hole that all that was read leaves."""
    untold: float
    """Hole that each of the best statements leaves."""
    untold_yes_or_no: float
    """The same where the question is whether something is so: "How much is the gift wrapping?"
    takes it for granted that there is one, "Is there a gift registry?" does not."""

    @classmethod
    def of(cls, evidence: Evidence) -> "EvidenceFeatures":
        """Return the features of evidence that has candidates."""
        ranked = sorted(evidence.candidates, key=score, reverse=True)
        untold = min(candidate.hole for candidate in ranked[:LOOKED_AT])
        return cls(
            passage=max(candidate.passage.similarity for candidate in ranked),
            sure=likelihood_of_best(ranked),
            said=max(candidate.said for candidate in ranked),
            unknown=evidence.hole,
            untold=untold,
            untold_yes_or_no=untold * asks_yes_or_no(evidence.question.query),
        )


WEIGHTS = EvidenceFeatures(
    passage=10.51,
    sure=2.14,
    said=-4.0,
    unknown=-4.17,
    untold=-2.72,
    untold_yes_or_no=-4.79,
)


def answerable(evidence: Evidence) -> bool:
    """Tell whether the statements answer the question.

    They don't where it is about a thing that no article knows, however much they say of others.
    """
    if evidence.unheard or not evidence.candidates:
        return False
    return probability(evidence) > ENOUGH


def probability(evidence: Evidence) -> float:
    """Return how likely it is that the statements answer the question, 0 to 1."""
    weighed = zip(WEIGHTS, EvidenceFeatures.of(evidence), strict=True)
    logit = _BIAS + sum(weight * feature for weight, feature in weighed)
    return 1 / (1 + math.exp(-logit))
