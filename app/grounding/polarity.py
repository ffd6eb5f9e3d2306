"""Polarity: whether one text denies what another one asserts.

"You can return it" beside "you can't return it", "refundable" beside "non-refundable", "before"
beside "after". Told by the words that a denial reaches, and by pairs of opposite words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.grounding.gratis import FREE, with_free
from app.grounding.meanings import meanings
from app.grounding.quantities import LONGEST
from app.grounding.thresholds import Thresholds
from knowledge_base.searching.keywords import stems

_BOUND = re.compile(
    r"\bno(?= (?:[\w-]+ ){1,4}?(?:is|are|lasts?|costs?|takes?|goes) (?:[a-z]+er|more) than\b)"
    r"|\b(?:never|not|n['’]t)(?= (?:be |go |goes |rise |rises )?(?:over|above|beyond) [$€£]?\d)|"
    r"(?:\b(?:cannot|not|never|no)|n['’]t) (?:be )?(?:to )?"
    r"(?:more|less|fewer|later|earlier|longer|exceed|only)\b",
    re.IGNORECASE,
)
"""What bounds a value, and denies nothing."""
_IDLE = re.compile(
    r"\bno matter\b|\bnot only\b"
    r"|^\W*(?:no|nope|(?:unfortunately|sadly|sorry)(?:,? no|,? not)?)\b[,:;–—-]"
    r"(?=.*(?:\b(?:not|cannot|no|never|none|nothing|without|only)\b|n['’]t\b))",
    re.IGNORECASE,
)
"""What sounds like a denial, and is none, or is said again at once: "No, you can't"."""
_AFTER = re.compile(
    r"(?P<time>\b(?:(?:in|during|for) the first|within|for|up to|until|at most"
    r"|(?:no|not) (?:later|more) than) (?:the )?[\w.,-]+ (?:[a-z]+ )?[a-z]+) after\b",
    re.IGNORECASE,
)
"""A time that begins with something, and is over some time after it."""
_AHEAD = re.compile(
    r"\b(?:up to|until|(?:no|not) later than)(?P<time> [\w.,-]+ (?:[a-z]+ )?[a-z]+ before)\b",
    re.IGNORECASE,
)
"""The last day before something, which leaves at least as much time."""
_PAY = "pay"
"""What is denied of all that is free."""
_DENIAL = re.compile(
    r"(?:\b(?:can)?not\b|n['’]t\b|\bnever\b|\bno(?: longer)?\b|\bneither\b|\bnor\b|\bwithout\b"
    r"|\bnone\b|\bnothing\b|\bnobody\b)",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    r"\b(?:non-?(?P<non>[a-z]{4,})|un(?P<un>available|supported|opened|used|worn|limited|paid|able"
    r"|eligible|insured|taxed|sealed|washed|damaged)"
    r"|in(?P<in>eligible|valid|active|applicable)|im(?P<im>possible)|ir(?P<ir>revocable))\b",
    re.IGNORECASE,
)
_REACH = 3
"""Words behind a denial that it may deny."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.,;:!?()|]")
_STOPS = frozenset(".,;:!?()|")
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        (r"before|prior to|earlier than|until|within|up to", r"after|(?<!no )(?<!not )later than"),
        (r"with(?! no\b)", r"without|alone|(?:on|by) (?:your|their|its|his|her) own"),
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


def opposed(claim: str, stated: str, thresholds: Thresholds) -> str:
    """Return why a claim says the opposite of a statement, empty text where it doesn't."""
    mine, theirs = _read(claim), _read(stated)
    reached = (theirs.denied - theirs.asserted) & mine.asserted
    reaching = (mine.denied - mine.asserted) & theirs.asserted
    if reached and not mine.denied:
        return f"asserts what the article denies: {', '.join(sorted(reached))}"
    if reaching and not theirs.denied:
        return f"denies what the article asserts: {', '.join(sorted(reaching))}"
    if mine.denials != theirs.denials and alike(claim, stated, thresholds.alike):
        return "denies more than the article, or less"
    is_near = _overlap(claim, stated) >= thresholds.opposed
    return next(_opposites(_spelt(claim), _spelt(stated)), "") if is_near else ""


def alike(claim: str, stated: str, share: float) -> bool:
    """Tell whether two texts have that share of their words in common: what differs was changed."""
    return _overlap(claim, stated) >= share


def _overlap(claim: str, stated: str) -> float:
    mine, theirs = frozenset(stems(claim)), frozenset(stems(stated))
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def _opposites(claim: str, stated: str) -> Iterator[str]:
    for one, other in _OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            said, told = mine.search(claim), theirs.search(stated)
            if said and told and not theirs.search(claim) and not mine.search(stated):
                yield f"says {said.group()!r}, the article {told.group()!r}"


def _spelt(text: str) -> str:
    """Return a text with one wording for what costs nothing, and for the end of a time."""
    return _AHEAD.sub(r"at least\g<time>", _AFTER.sub(r"\g<time> of", with_free(text)))


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
    for word in _WORD.findall(_BOUND.sub(" ", _IDLE.sub(" ", with_free(text[:LONGEST])))):
        prefixed = _PREFIXED.fullmatch(word)
        if _DENIAL.search(word):
            reach = _REACH
            denials += 1
        elif word in _STOPS:
            reach = 0
        elif word.lower() == FREE:
            (asserted if reach > 0 else denied).append(_PAY)
            denials += reach <= 0
        elif prefixed:
            denied += meanings(next(filter(None, prefixed.groups())))
            denials += 1
        else:
            found = meanings(word)
            (denied if reach > 0 else asserted).extend(found)
            reach -= len(found)
    return _Words(frozenset(denied), frozenset(asserted), denials)
