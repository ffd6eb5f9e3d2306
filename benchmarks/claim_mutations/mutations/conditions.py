"""Dropped conditions: what holds in a case is said to hold always."""

import re
from collections.abc import Iterator

from benchmarks.claim_mutations.mutations.change import Change, in_capitals

_CLAUSE = (
    r"(?:(?:if|unless|when|as long as|so long as|provided(?: that)?|only (?:if|when|after)) "
    r"|once (?!an? |per |each |every |for |in ))"
)
_UNTIL = r"until (?=(?:the end|\w+ \d|\d+|noon|midnight|we |you ))"
_FRONTED = re.compile(rf"^(?P<lost>{_CLAUSE}[^,:;]+), (?P<main>[^,;:]+)$", re.IGNORECASE)
_TRAILING = re.compile(
    rf"^(?P<main>[^;:]*?\w)(?P<lost>,? (?:but )?(?!when )(?:{_CLAUSE}|{_UNTIL})[^,;:]+?)"
    r"(?P<end>[.!]?)$"
)
_SECOND = re.compile(
    rf"^(?P<main>.* {_CLAUSE}[^,;]+?)(?P<lost> and (?:you )?(?:have|are|do) .+?)(?P<end>\.)$"
)
_AMOUNT = r"[$€£]?\d[\d.,]*(?: ?(?:USD|EUR|GBP|kg|cm|m)\b|%)?"
_ABOVE = re.compile(
    r"(?P<lost> (?:on|for|with) (?:(?!is |are |especially )[\w-]+ ){0,3}?(?:over|above|below|under"
    rf"|of at least|of more than|worth more than|worth less than|from) {_AMOUNT}"
    r"(?:(?:,| or|, or| to) (?:[\d.,]+ )?(?:USD|EUR|GBP))*)(?=[.,]? [a-z]|[.,]?$| \|)"
)
_BRACKET = re.compile(r"(?P<lost> \((?:if|only|with|requires?|when) [^()]+\))")

_NOT_OPEN = re.compile(
    r"(?:\b(?:even|as|see|check|know|ask|asks|verify|confirm|determine|decide|and|or|not|than|only"
    r"|wait|especially|for|again|by|date|day|month|time|moment|but|including|tell|notice|find"
    r"|until|from|especially|remain|stays?|apply|lasts?|holds?|starts?),?)$",
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
    r"^(?:(?:if|when|unless) [^,]+, )?(?:please |then |do not |don't |always )?"
    r"(?:add|advise|align|apply|re-enable|allow|ask|avoid|call|capture|change"
    r"|check|choose|click|close|compare|confirm|consider|consolidate|contact|continue|count|create"
    r"|delete|determine|disable|do|enable|ensure|enter|explain|export|fill|follow|go|have|include|increase|inform|keep|let|log|look"
    r"|maintain|make|monitor|move|note|notify|offer|open|pay|place|plan|proceed|process|provide"
    r"|reach|read|record|reduce|refuse|remind|remove|report|request|retry|review|say|see|select|send|set"
    r"|sign|split|stop|submit|take|tap|tell|thank|transfer|try|turn|update|use|verify|view|visit|wait"
    r"|write)\b",
    re.IGNORECASE,
)
_OPEN_ANYWAY = re.compile(
    r"\b(?:may (?:be|have|not|limit|apply|vary|affect|cause)|might|can help|because"
    r"|so (?:that )?you)\b",
    re.IGNORECASE,
)
"""What says so little that it holds without its condition too."""
_LEAST_WORDS = 3


def dropped_conditions(text: str) -> Iterator[Change]:
    """Yield the sentence without one of its conditions, once for each that it can lose."""
    for found in _found(text):
        lost = found.lost.strip(" ,()")
        main = re.sub(r"^note: ", "", found.text, flags=re.IGNORECASE)
        if len(main.split()) >= _LEAST_WORDS and not _tells_nothing(main, lost):
            yield Change(found.text, found.how, lost)


def _tells_nothing(main: str, lost: str) -> bool:
    """Say whether the condition restricts nothing that is promised."""
    weak = _WISH.search(lost) or _IMPERATIVE.match(main) or _OPEN_ANYWAY.search(main)
    return weak is not None


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
