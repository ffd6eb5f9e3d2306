"""Polarity: whether one text denies what another one asserts.

"You can return it" beside "you can't return it", "refundable" beside "non-refundable", "before"
beside "after". Told by the words that a denial reaches, and by pairs of opposite words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.grounding.quantities import LONGEST
from knowledge_base.searching.keywords import stems

_BOUND = re.compile(
    r"(?:\b(?:cannot|not|never|no)|n['’]t) (?:be )?(?:to )?"
    r"(?:more|less|fewer|later|earlier|longer|exceed|only)\b",
    re.IGNORECASE,
)
"""What bounds a value, and denies nothing."""
_DENIAL = re.compile(
    r"(?:\b(?:can)?not\b|n['’]t\b|\bnever\b|\bno(?: longer)?\b|\bneither\b|\bnor\b|\bwithout\b"
    r"|\bnone\b)",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    r"\b(?:non-?(?P<non>[a-z]{4,})|un(?P<un>available|supported|opened|used|worn|limited|paid|able"
    r"|eligible|insured|taxed|sealed|washed|damaged)"
    r"|in(?P<in>eligible|valid|active|applicable)|im(?P<im>possible)|ir(?P<ir>revocable))\b",
    re.IGNORECASE,
)
ALIKE = 0.75
"""Share of the words of two texts that both have from which on they say nearly the same."""
CLOSE = 0.5
"""The same share from which on opposite words are a contradiction."""
_REACH = 3
"""Words behind a denial that it may deny."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.,;:!?()|]")
_STOPS = frozenset(".,;:!?()|")
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        (r"before|prior to|earlier than|until|within|up to", r"after|later than"),
        (r"with(?! no\b)", r"without"),
        (r"always", r"never"),
        (r"include[sd]?|including", r"exclude[sd]?|excluding"),
        (
            r"allow(?:s|ed)?|permit(?:s|ted)?",
            r"forbid(?:s|den)?|prohibit(?:s|ed)?|bans?|banned|disallow(?:s|ed)?",
        ),
        (r"accept(?:s|ed)?", r"reject(?:s|ed)?|refuse[sd]?|decline[sd]?"),
        (r"required|mandatory|compulsory", r"optional|voluntary"),
        (r"free", r"paid|charged"),
        (r"increase[sd]?|raise[sd]?", r"decrease[sd]?|reduce[sd]?|lower(?:s|ed)?"),
        (
            r"over|above|exceed(?:s|ing)?|more|at least|minimum|no less",
            r"under|below|less|fewer|at most|maximum|up to|within|no more",
        ),
        (r"open(?:s|ed)?", r"close[sd]?"),
        (r"online", r"in[- ]store|offline"),
        (r"new", r"used|existing"),
        (r"domestic", r"international|foreign"),
        (r"monthly", r"yearly|annual(?:ly)?"),
        (r"opened", r"unopened"),
        (r"first", r"last"),
        (r"higher|larger|longer|greater", r"lower|smaller|shorter"),
        (r"enabled?", r"disabled?"),
        (r"can|may", r"must"),
    )
)


def opposed(claim: str, stated: str) -> str:
    """Return why a claim says the opposite of a statement, empty text where it doesn't."""
    mine, theirs = _read(claim), _read(stated)
    reached = (theirs.denied - theirs.asserted) & mine.asserted
    reaching = (mine.denied - mine.asserted) & theirs.asserted
    if reached and not mine.denied:
        return f"asserts what the article denies: {', '.join(sorted(reached))}"
    if reaching and not theirs.denied:
        return f"denies what the article asserts: {', '.join(sorted(reaching))}"
    if alike(claim, stated) and mine.denials != theirs.denials:
        return "denies more than the article, or less"
    return next(_opposites(claim, stated), "") if _overlap(claim, stated) >= CLOSE else ""


def alike(claim: str, stated: str) -> bool:
    """Tell whether two texts have nearly the same words, so that what differs was changed."""
    return _overlap(claim, stated) >= ALIKE


def _overlap(claim: str, stated: str) -> float:
    mine, theirs = frozenset(stems(claim)), frozenset(stems(stated))
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def _opposites(claim: str, stated: str) -> Iterator[str]:
    for one, other in _OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            said, told = mine.search(claim), theirs.search(stated)
            if said and told and not theirs.search(claim) and not mine.search(stated):
                yield f"says {said.group()!r}, the article {told.group()!r}"


@dataclass(frozen=True, slots=True)
class _Words:
    denied: frozenset[str]
    """Stems of the words that a denial reaches."""
    asserted: frozenset[str]
    """Those of all others."""
    denials: int
    """How many denials there are."""


@lru_cache(maxsize=8192)
def _read(text: str) -> _Words:
    denied: list[str] = []
    asserted: list[str] = []
    reach = denials = 0
    for word in _WORD.findall(_BOUND.sub(" ", text[:LONGEST])):
        prefixed = _PREFIXED.fullmatch(word)
        if _DENIAL.search(word):
            reach = _REACH
            denials += 1
        elif word in _STOPS:
            reach = 0
        elif prefixed:
            denied += stems(next(filter(None, prefixed.groups())))
            denials += 1
        else:
            found = stems(word)
            (denied if reach > 0 else asserted).extend(found)
            reach -= len(found)
    return _Words(frozenset(denied), frozenset(asserted), denials)
