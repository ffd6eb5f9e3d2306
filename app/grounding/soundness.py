"""Soundness: whether what a verifier returned can be believed at all.

The gate blocks on nonsense: on a support that is no number, on a claim outside of its sentence,
on a supported claim that rests on nothing. And on no findings, unless the sentence is a courtesy:
that is decided here, apart from the verifier, by a short list of words that can't claim anything.
"""

import math
import re

from app.grounding.sources import Sources
from app.grounding.verdict import Claim, Finding, Place, Verdict

_TELLING = frozenset(
    {
        "apologies", "below", "following", "follows", "glad", "happy", "hello", "here", "here's",
        "hi", "hope", "note", "sorry", "thank", "thanks", "tip", "welcome",
    }
)  # fmt: skip
"""A courtesy has one of these …"""
_BESIDE = frozenset(
    {
        "a", "also", "am", "and", "answer", "any", "are", "articles", "as", "asking", "details",
        "else", "for", "from", "good", "have", "help", "helps", "how", "i", "i'd", "i'm", "if",
        "in", "is", "it", "its", "know", "let", "like", "list", "me", "more", "morning", "much",
        "my", "of", "on", "or", "other", "our", "out", "please", "question", "questions",
        "reaching", "say", "says", "see", "so", "steps", "that", "the", "there", "these", "this",
        "to", "us", "what", "with", "would", "you", "you're", "your",
    }
)  # fmt: skip
"""… and beside them only these."""
_MOST_COURTEOUS_WORDS = 12
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def sound(sentence: str, findings: object, sources: Sources) -> tuple[Finding, ...]:
    """Return the findings as they are.

    Raises:
        ValueError, TypeError: They can't be findings about this sentence and these sources.
    """
    if not isinstance(findings, tuple) or not all(isinstance(one, Finding) for one in findings):
        raise ValueError("the verifier returned something else than findings")
    if not findings and not is_courtesy(sentence):
        raise ValueError("the verifier found no claim in a sentence that makes one")
    for one in findings:
        _check(sentence, one, sources)
    return findings


def is_courtesy(sentence: str) -> bool:
    """Say whether a sentence claims nothing, whatever it is put beside: "Happy to help!"."""
    words = {word.lower().replace("’", "'") for word in _WORD.findall(sentence)}
    is_short = len(sentence.split()) <= _MOST_COURTEOUS_WORDS
    return is_short and bool(words & _TELLING) and words <= _TELLING | _BESIDE


def _check(sentence: str, finding: Finding, sources: Sources) -> None:
    if not isinstance(finding.verdict, Verdict):
        raise TypeError("a verdict is none")
    if not _is_share(finding.support):
        raise ValueError("a support isn't between 0 and 1")
    if not _is_told(finding.reason) or not _is_told(finding.check):
        raise ValueError("a verdict has no reason")
    if not _lies_in(finding.claim, sentence):
        raise ValueError("a claim lies outside of its sentence")
    if finding.place is None and finding.verdict is Verdict.SUPPORTED:
        raise ValueError("a supported claim rests on nothing")
    if finding.place is not None and not _is_there(finding.place, sources):
        raise ValueError("a claim rests on words outside of the sources")


def _is_share(support: object) -> bool:
    if isinstance(support, bool) or not isinstance(support, int | float):
        return False
    return math.isfinite(support) and 0 <= support <= 1


def _is_told(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _lies_in(claim: object, sentence: str) -> bool:
    return isinstance(claim, Claim) and 0 <= claim.start < claim.end <= len(sentence)


def _is_there(place: object, sources: Sources) -> bool:
    if not isinstance(place, Place) or not 0 <= place.source < len(sources.listed):
        return False
    return 0 <= place.start < place.end <= len(sources.listed[place.source].text)
