"""What can be read off the text of a claim: numbers, names, negations, bounds, longest run.

What only points at the sources (a link's target, "according to passage 2") is no part of it.
"""

import re
from collections.abc import Sequence

_POINTERS = re.compile(
    r"^\s*\d{1,2}[.)](?:\s+|$)"  # a list's marker
    r"|(?<=\])\s?\([^()\s]*\)"  # a link's target; whether it may be shown is another check's matter
    r"|\bhttps?://[^\s)]+"
    r"|\b(?:according to|based on|(?:mentioned|stated|described|explained) in)"
    r"\s(?:the\s)?(?:given\s|provided\s)?passages?\b(?:\s\d+)?[,:]?"
    r"|\(?\bpassages?\s\d+(?:(?:,|\sand|,\sand)\s\d+)*\b\)?[,:]?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)(?:[\s-]?(%|[^\W\d_]+))?")
_NAME = re.compile(r"(?<=[\w,;)]\s)[A-Z][\w-]*")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|cannot|without|nor|neither|unable)\b|n['’]t\b", re.IGNORECASE
)
_SILENCE = re.compile(
    r"\bunable to (?:answer|provide|determine|find)\b"
    r"|\bpassages?\b[^.]{0,60}?(?:\bnot\b|n['’]t\b|\bno\b)"
    r"|(?:\bnot|n['’]t|\bno)\b[^.]{0,60}?"
    r"\b(?:mention|specify|specifies|specified|specific|provide|stated|information|explicit|passages?)",
    re.IGNORECASE,
)
STEP_VERBS = r"(?:click|tap|press|select|choose|open|hover|scroll|enter|type|go|navigate|log in)"
"""With what a step tells to use something on a screen, as a pattern."""
_STEP = re.compile(
    rf"\W*(?:(?:then|please|now|and|next|finally|simply),?\s)?{STEP_VERBS}\b", re.IGNORECASE
)
_BOUNDS = {
    "at most": r"up to|within|at most|maximum|until|(?:no|not) (?:more|later|longer) than",
    "at least": r"at least|minimum|(?:no|not) (?:less|fewer|earlier) than|or more",
    "more than": r"(?<!no )(?<!not )(?:more|greater|longer|higher) than|over|above|exceed\w*",
    "less than": r"(?<!no )(?<!not )(?:less|fewer|shorter|lower) than|under|below",
    "about": r"about|around|approximately|roughly|nearly|almost",
}
_BOUND = re.compile(
    "|".join(f"(?P<{name.replace(' ', '_')}>\\b(?:{words})\\b)" for name, words in _BOUNDS.items()),
    re.IGNORECASE,
)


def without_pointers(text: str) -> str:
    """Return the text without a list's marker, links' targets and mentions of passages."""
    return _POINTERS.sub(" ", text)


def words(text: str) -> tuple[str, ...]:
    """Return all words in small letters, in their order."""
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(text))


def numbers(text: str) -> frozenset[tuple[str, str]]:
    """Return each number with the word behind it: `("30", "day")` of "30 days"."""
    found = _NUMBER.findall(text)
    return frozenset((number, unit.lower().removesuffix("s")) for number, unit in found)


def names(text: str) -> tuple[str, ...]:
    """Return the capitalised words that don't begin a sentence."""
    return tuple(_NAME.findall(text))


def is_negated(text: str) -> bool:
    """Tell whether the text denies something."""
    return _NEGATION.search(text) is not None


def tells_of_silence(text: str) -> bool:
    """Tell whether the text says that the sources don't say something."""
    return _SILENCE.search(text) is not None


def is_step(text: str) -> bool:
    """Tell whether the text tells to click, choose or open something."""
    return _STEP.match(text) is not None


def bounds(text: str) -> frozenset[str]:
    """Return how the text bounds its numbers: "at most", "more than", "about"."""
    return frozenset(str(match.lastgroup).replace("_", " ") for match in _BOUND.finditer(text))


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words in a row both have: the longest run that is common to them."""
    known, longest = 0, min(len(one), len(other))
    while known < longest:
        tried = (known + longest + 1) // 2
        if _runs(one, tried).isdisjoint(_runs(other, tried)):
            longest = tried - 1
        else:
            known = tried
    return known


def _runs(listed: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(listed[start : start + length]) for start in range(len(listed) - length + 1)
    )
