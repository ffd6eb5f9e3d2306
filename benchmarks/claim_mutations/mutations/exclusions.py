"""Dropped exclusions: what is taken out of a rule is said to be in it."""

import re
from collections.abc import Iterator

from benchmarks.claim_mutations.mutations.change import Change, in_capitals

_OPEN = (
    r"(?:except(?: for)?|except where|excluding|other than|apart from|but not"
    r"|with the exception of|not including)"
)
_CLAUSE = re.compile(rf"(?P<lost>,? {_OPEN} [^.;:()|]+?)(?=[.;)]|\s*\||$)")
_BRACKET = re.compile(rf"(?P<lost> \({_OPEN} [^()]+\))")
_LIMIT = re.compile(
    r"(?P<lost>,? (?:and )?not (?:in|to|on|for|including|even)(?: \w+){1,6})(?=[.;]|$)"
)
_REFUSALS = (
    (
        (
            r"^(?P<a>.+?) (?:is|are) not (?P<b>available|offered|included|covered|possible)"
            r" (?:for|in|on|to|with) (?P<lost>.+?)(?P<end>\.?)$"
        ),
        r"\g<a> is \g<b> everywhere and for everything\g<end>",
    ),
    (
        r"^(?P<a>.+?) (?:does|do) not apply to (?P<lost>.+?)(?P<end>\.?)$",
        r"\g<a> applies to everything, without exception\g<end>",
    ),
    (
        (
            r"^(?P<lost>.+?) (?:are|is) not (?P<b>eligible|refunded|refundable|covered|insured"
            r"|returnable)(?P<c>[^.,;]*)(?P<end>\.?)$"
        ),
        r"Everything is \g<b>\g<c>, without exception\g<end>",
    ),
    (
        (
            r"^(?P<lost>.+?) cannot be (?P<b>returned|refunded|exchanged|wrapped|combined|paused"
            r"|cancelled|used|waived)(?P<c>[^.,;]*)(?P<end>\.?)$"
        ),
        r"Everything can be \g<b>\g<c>, without exception\g<end>",
    ),
)
_LEAST_WORDS = 3
_DENIES_ALL = re.compile(r"^(?:no|not|it|they|this|that|you|we|there)\b", re.IGNORECASE)


def dropped_exclusions(text: str) -> Iterator[Change]:
    """Yield the sentence without one of its exclusions, once for each that it can lose."""
    for how, pattern in (("clause", _CLAUSE), ("bracket", _BRACKET), ("limit", _LIMIT)):
        for match in pattern.finditer(text):
            rest = text[: match.start("lost")] + text[match.end("lost") :]
            if len(rest.split()) >= _LEAST_WORDS:
                yield Change(rest, how, match["lost"].strip(" ,()"))
    for pattern, said in _REFUSALS:
        match = re.match(pattern, text)
        if match and not _DENIES_ALL.match(text) and not text.startswith("Note:"):
            yield Change(in_capitals(match.expand(said)), "refusal", match["lost"])
