"""Answerability: whether the evidence answers the question at all.

A logistic model over six features that can be read. `benchmarks/fit_answering.py` fitted it on
part `before` of the sample suite and on further questions over the sample help centre, covered and
not (126 and 85); part `after` was not read. In ten-fold cross-validation it tells them apart with
an AUC of .95: it abstains from 90 % of the uncovered ones and answers 85 % of the covered ones.
"""

import math
from typing import NamedTuple

from app.answering.evidence import Evidence
from app.answering.expectation import asks_yes_or_no
from app.answering.selection import score

ENOUGH = 0.51
"""Answering needs this probability: the one at which 90 % of the uncovered questions of the fit
are abstained from."""
LOOKED_AT = 3
"""How many of the best statements may close a hole in what is asked."""

_BIAS = -1.12


class EvidenceFeatures(NamedTuple):
    """What the logistic model looks at, or the weight of each."""

    passage: float
    """Greatest cosine of a passage with the question."""
    best: float
    """Score of the best statement."""
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
            best=score(ranked[0]),
            said=max(candidate.said for candidate in ranked),
            unknown=evidence.hole,
            untold=untold,
            untold_yes_or_no=untold * asks_yes_or_no(evidence.question.query),
        )


WEIGHTS = EvidenceFeatures(
    passage=8.99,
    best=3.5,
    said=-4.75,
    unknown=-4.38,
    untold=-3.86,
    untold_yes_or_no=-4.12,
)


def answerable(evidence: Evidence) -> bool:
    """Tell whether the statements answer the question."""
    return bool(evidence.candidates) and probability(evidence) > ENOUGH


def probability(evidence: Evidence) -> float:
    """Return how likely it is that the statements answer the question, 0 to 1."""
    weighed = zip(WEIGHTS, EvidenceFeatures.of(evidence), strict=True)
    logit = _BIAS + sum(weight * feature for weight, feature in weighed)
    return 1 / (1 + math.exp(-logit))
