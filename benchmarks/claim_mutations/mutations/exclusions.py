"""Dropped exclusions: what is taken out of a rule is said to be in it."""

import re
from collections.abc import Iterable, Iterator

from benchmarks.claim_mutations.mutations.change import Change, in_capitals
from benchmarks.claim_mutations.rewriting.template import lowered

_OPEN = (
    r"(?:except(?: for)?|except where|excluding|other than|apart from|but not"
    r"|with the exception of|not including)"
)
_CLAUSE = re.compile(rf"(?P<lost>,? {_OPEN} [^.;:()|]+?)(?=[.;)]|\s*\||$)")
_BRACKET = re.compile(rf"(?P<lost> \({_OPEN} [^()]+\))")
_NOUNS = (
    r"(?P<lost>(?!(?:no|not|it|they|this|that|you|we|there|note|if|when|use) )"
    r"(?:(?!that |who |which |if |unless |before |after |being )[^ ,;:]+ ?){1,8}?)"
)
_REST = r"(?P<c>(?:(?! (?:if|unless|until|once|after|before|except)\b)[^.,;])*)(?P<end>\.?)$"
_SUBJECT = r"(?P<a>(?!(?:If|When|Use) )(?:(?! that | who | if | and )[^,;:.])+?)"
_REFUSALS = (
    (
        (
            rf"^{_SUBJECT} (?:is|are) not (?P<b>available|offered|included|covered|possible)"
            r" (?:for|in|on|to|with) (?P<lost>[^.;]+?)(?P<end>\.?)$"
        ),
        r"\g<a> is \g<b> everywhere and for everything\g<end>",
    ),
    (
        rf"^{_SUBJECT} (?:does|do) not apply to (?P<lost>[^.;]+?)(?P<end>\.?)$",
        r"\g<a> applies to everything, without exception\g<end>",
    ),
    (
        (
            rf"^{_NOUNS} (?:are|is) not (?P<b>eligible|refunded|refundable|covered|insured"
            rf"|returnable){_REST}"
        ),
        r"Everything is \g<b>\g<c>, without exception\g<end>",
    ),
    (
        (
            rf"^{_NOUNS} cannot be (?P<b>returned|refunded|exchanged|wrapped|combined|paused"
            rf"|cancelled|used|waived){_REST}"
        ),
        r"Everything can be \g<b>\g<c>, without exception\g<end>",
    ),
)
_LEAST_WORDS = 3
_DENIES_ALL = re.compile(r"^(?:no|not|it|they|this|that|you|we|there)\b", re.IGNORECASE)
_LISTS = (
    (r"not covered|not cover$|limitations and exclusions", "We cover {item}."),
    (r"cannot be wrapped", "We wrap {item}."),
    (r"not repair$", "We repair {item}."),
    (r"cannot be cancelled", "You can cancel {item}."),
    (
        r"^Merchants Not Eligible|Not Qualify|^(?:Important|Common) exclusions|Exclusion\):",
        "What is eligible includes {name}.",
    ),
)
"""Headings and lead-ins of lists of what is left out, and what says the contrary."""
_ITEM = re.compile(r"[^.:|]+")


def listed_exclusion(item: str, above: Iterable[str], names: frozenset[str]) -> Change | None:
    """Return what grants a list's item that the line above it takes out, None elsewhere."""
    for said in above:
        for pattern, granted in _LISTS:
            if re.search(pattern, said, re.IGNORECASE) and _ITEM.fullmatch(item):
                return Change(granted.format(item=lowered(item, names), name=item), "list")
    return None


def dropped_exclusions(text: str) -> Iterator[Change]:
    """Yield the sentence without one of its exclusions, once for each that it can lose."""
    for how, pattern in (("clause", _CLAUSE), ("bracket", _BRACKET)):
        for match in pattern.finditer(text):
            rest = text[: match.start("lost")] + text[match.end("lost") :]
            if len(rest.split()) >= _LEAST_WORDS:
                yield Change(rest, how, match["lost"].strip(" ,()"))
    for refusal, said in _REFUSALS:
        denied = re.match(refusal, text)
        if denied and not _DENIES_ALL.match(text) and not text.startswith("Note:"):
            yield Change(in_capitals(denied.expand(said)), "refusal", denied["lost"])
