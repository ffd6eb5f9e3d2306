"""Dropped conditions: what holds in a case is said to hold always."""

import re
from collections.abc import Iterator

from benchmarks.claim_mutations.mutations.change import Change, in_capitals

_WORD = r"(?:if|unless|when|as long as|so long as|provided(?: that)?|once|until)"
_FRONTED = re.compile(rf"^(?P<lost>{_WORD} [^,:;]+), (?P<main>[^,;:]+)$", re.IGNORECASE)
_TRAILING = re.compile(
    rf"^(?P<main>[^;:]*?\w)(?P<lost>,? (?:only |but only )?{_WORD} [^,;:]+)(?P<end>[.!]?)$"
)
_SECOND = re.compile(
    rf"^(?P<main>.* {_WORD} [^,;]+?)(?P<lost> and (?:you )?(?:have|are|do) .+?)(?P<end>\.)$"
)
_ABOVE = re.compile(
    r"(?P<lost> (?:on|for|in|with|of) (?:[\w-]+ ){0,3}?"
    r"(?:over|above|below|under|of at least|of more than|worth more than|worth less than|from) "
    r"[$€£]?\d[\d,.]*\d(?: (?:USD|EUR|GBP|kg|cm)\b)?)(?P<end>[.,]?$|,)"
)
_BRACKET = re.compile(r"(?P<lost> \((?:if|only|with|requires?|when|after|for) [^()]+\))")

_NOT_OPEN = re.compile(
    r"(?:\b(?:even|as|see|check|know|ask|asks|verify|confirm|determine|decide|and|or|not|than|only"
    r"|wait|especially|for|again|by|date|day|month|time|moment|but|including|tell|notice|find"
    r"|until|from|remain|stays?|apply|lasts?|holds?|starts?),?)$",
    re.IGNORECASE,
)
"""What stands before a word of condition that opens no condition of its sentence."""
_WISH = re.compile(
    r"\b(?:you (?:also |still )?(?:want|wish|prefer|like|need|have (?:any )?questions|would"
    r"|(?:do not|don't) see|see|notice|think|suspect|are unsure|plan|choose)|needed|possible"
    r"|necessary|applicable|in doubt|not)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^(?:please |then |do not |don't |always )?(?:add|align|allow|ask|avoid|call|capture|change"
    r"|check|choose|click|close|compare|confirm|consider|consolidate|contact|continue|count|create"
    r"|delete|determine|do|ensure|enter|explain|export|fill|follow|go|have|include|inform|keep|let|log|look"
    r"|maintain|make|monitor|move|note|notify|offer|open|pay|place|plan|proceed|process|provide"
    r"|reach|read|record|reduce|refuse|remind|remove|report|request|retry|review|say|see|select|send|set"
    r"|sign|split|stop|submit|take|tap|tell|thank|transfer|try|turn|update|use|verify|view|visit|wait"
    r"|write)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 3


def dropped_conditions(text: str) -> Iterator[Change]:
    """Yield the sentence without one of its conditions, once for each that it can lose."""
    for found in _found(text):
        lost = found.lost.strip(" ,()")
        main = re.sub(r"^note: ", "", found.text, flags=re.IGNORECASE)
        if len(main.split()) < _LEAST_WORDS or _WISH.search(lost) or _IMPERATIVE.match(main):
            continue
        yield Change(found.text, found.how, lost)


def _found(text: str) -> Iterator[Change]:
    prefix = "Note: " if text.startswith("Note: ") else ""
    bare = text.removeprefix(prefix)
    if (match := _FRONTED.match(bare)) and not _dangles(match["main"]):
        yield Change(prefix + in_capitals(match["main"]), "fronted", match["lost"])
    if (match := _TRAILING.match(bare)) and not _NOT_OPEN.search(match["main"]):
        yield Change(prefix + match["main"] + match["end"], "trailing", match["lost"])
    if match := _SECOND.match(bare):
        yield Change(prefix + match["main"] + match["end"], "second", match["lost"])
    for name, pattern in (("value", _ABOVE), ("bracket", _BRACKET)):
        if match := pattern.search(bare):
            rest = bare[: match.start("lost")] + bare[match.end("lost") :]
            yield Change(prefix + rest, name, match["lost"])


def _dangles(main: str) -> bool:
    """Say whether the rest can't be understood without its condition."""
    return re.match(r"(?:it|they|this|that|these|or|and|then) ", main, re.IGNORECASE) is not None
