"""Support features: what tells whether the sources say a claim, each of which can be named."""

import math
from collections.abc import Collection
from typing import NamedTuple

from app.grounding.lexicon import Close
from app.grounding.support.evidence import SupportEvidence


class SupportFeatures(NamedTuple):
    """What a model of support looks at; counts are logarithms of 1 and the count."""

    words_best: float
    """Share of the claim's words, rare ones counting more, that the closest statement has."""
    words_three: float
    """The same of the closest three together."""
    rare: float
    """Share of its rare words that the closest three have."""
    lacking: float
    """Number of its words that stand nowhere."""
    gap: float
    """The same of those in a row."""
    pairs_best: float
    """Share of its pairs of words that the closest statement has."""
    pairs_three: float
    """The same of the closest three together."""
    pairs_anywhere: float
    """The same of all sources."""
    run: float
    """Share of the claim that one of the closest three has word for word, in one go."""
    run_words: float
    """How many words that are."""
    numbers: float
    """Its numbers that none of the closest three has with the same unit."""
    numbers_nowhere: float
    """Its numbers that stand nowhere."""
    negation: float
    """1 where either the claim or the closest statement denies something."""
    bound: float
    """1 where the claim bounds a number in a way that the closest three don't."""
    names: float
    """Its names that stand nowhere."""
    length: float
    """Its words."""
    step: float
    """1 where it tells to click, choose or open something."""
    margin: float
    """How much closer the closest statement is than the next."""
    lead_in: float
    """1 where it only introduces what follows."""
    silence: float
    """1 where it says that the sources don't say something."""
    asked: float
    """Share of its words that the question has."""
    asked_lacking: float
    """The same of those that stand nowhere."""


SIGNS = SupportFeatures(
    words_best=1,
    words_three=1,
    rare=1,
    lacking=-1,
    gap=-1,
    pairs_best=1,
    pairs_three=1,
    pairs_anywhere=1,
    run=1,
    run_words=1,
    numbers=-1,
    numbers_nowhere=-1,
    negation=-1,
    bound=-1,
    names=-1,
    length=0,
    step=0,
    margin=1,
    lead_in=0,
    silence=0,
    asked=0,
    asked_lacking=0,
)
"""Which way a feature may speak: what is there for a claim, what is amiss against it."""


def features_of(evidence: SupportEvidence) -> SupportFeatures:
    """Return the features of a claim."""
    best, length = evidence.aligned[:1], len(evidence.words)
    own = [one.pairs for one in evidence.closest]
    return SupportFeatures(
        words_best=best[0].score if best else 0.0,
        words_three=_weighed(evidence),
        rare=_share(evidence.rare, evidence.held),
        lacking=math.log1p(len(evidence.lacking)),
        gap=math.log1p(evidence.gap),
        pairs_best=_share(evidence.pairs, frozenset().union(*own[:1])),
        pairs_three=_share(evidence.pairs, frozenset().union(*own)),
        pairs_anywhere=_share(evidence.pairs, evidence.lexicon.pairs),
        run=evidence.run / length if length else 1.0,
        run_words=math.log1p(evidence.run),
        numbers=math.log1p(len(evidence.numbers_lacking)),
        numbers_nowhere=math.log1p(len(evidence.numbers_nowhere)),
        negation=float(evidence.negation_differs),
        bound=float(bool(evidence.bounds_lacking)),
        names=math.log1p(len(evidence.names_nowhere)),
        length=math.log1p(length),
        step=float(evidence.is_step),
        margin=_margin(evidence.aligned),
        lead_in=float(evidence.introduces),
        silence=float(evidence.tells_of_silence),
        asked=_share(evidence.stems, evidence.asked_stems, of_none=0.0),
        asked_lacking=_share(evidence.lacking, evidence.asked_stems, of_none=0.0),
    )


def overlap(evidence: SupportEvidence) -> float:
    """Return the share of a claim's words that the sources have: the plain measure."""
    return 1 - len(evidence.lacking) / len(evidence.stems) if evidence.stems else 1.0


def _weighed(evidence: SupportEvidence) -> float:
    weights = {word: evidence.lexicon.rarity(word) for word in evidence.stems}
    held = sum(weight for word, weight in weights.items() if word in evidence.held)
    whole = sum(weights.values())
    return held / whole if whole else 1.0


def _share(wanted: Collection[str], known: frozenset[str], of_none: float = 1.0) -> float:
    return sum(one in known for one in wanted) / len(wanted) if wanted else of_none


def _margin(aligned: tuple[Close, ...]) -> float:
    scores = [one.score for one in aligned[:2]]
    return scores[0] - (scores[1] if len(scores) > 1 else 0.0) if scores else 0.0
