"""Answerability: whether the evidence answers the question at all.

A logistic model over six features that can be read. Its weights were fitted on part `before` of
the sample suite and on further questions over the sample help centre, covered and not, which
`benchmarks/answering.py` holds together with the fit; part `after` was not looked at. In ten-fold
cross-validation it tells covered questions from uncovered ones with an AUC of .95.
"""

import math

from app.answering.evidence import Evidence
from app.answering.expectation import asks_yes_or_no
from app.answering.selection import score

ENOUGH = 0.45
"""Answering needs this probability: abstains from 9 in 10 uncovered questions, see above."""
LOOKED_AT = 3
"""How many of the best statements may close a hole in what is asked."""

_BIAS = -0.84
_PASSAGE = 6.98
"""For the best passage's cosine with the question."""
_BEST = 3.53
"""For the best statement's score."""
_SAID = -4.39
"""For the words of the question that one statement holds: at the same score, a statement that
repeats the question's words speaks less of the rest."""
_UNKNOWN = -4.66
"""For the hole that all that was read leaves."""
_UNTOLD = -2.56
"""For the hole that each of the best statements leaves."""
_UNTOLD_YES_OR_NO = -4.21
"""The same where the question is whether something is so: "How much is the gift wrapping?" takes
it for granted that there is one, "Is there a gift registry?" does not."""


def answerable(evidence: Evidence) -> bool:
    """Tell whether the statements answer the question."""
    return bool(evidence.candidates) and probability(evidence) > ENOUGH


def probability(evidence: Evidence) -> float:
    """Return how likely it is that the statements answer the question, 0 to 1."""
    ranked = sorted(evidence.candidates, key=score, reverse=True)
    untold = min(candidate.hole for candidate in ranked[:LOOKED_AT])
    logit = (
        _BIAS
        + _PASSAGE * max(candidate.passage.similarity for candidate in ranked)
        + _BEST * score(ranked[0])
        + _SAID * max(candidate.said for candidate in ranked)
        + _UNKNOWN * evidence.hole
        + _UNTOLD * untold
        + _UNTOLD_YES_OR_NO * untold * asks_yes_or_no(evidence.question.query)
    )
    return 1 / (1 + math.exp(-logit))
