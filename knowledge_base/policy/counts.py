"""Counts that limit or grant: "up to 5 team members", "three free labels a year", "twice".

A number of things is a policy only where the words around it make it one; "there are two ways"
is none.
"""

import re
from collections.abc import Iterator

from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.policy.numbers import NUMBER, decimal, normal
from knowledge_base.policy.value import Value
from knowledge_base.policy.words import WORD, is_function_word, singular

_TIMES = "time"
_COUNTED = re.compile(rf"(?P<number>{NUMBER})(?P<more>\+)?(?=[ -][a-z])", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:up to|at (?:least|most)|(?:more|less|fewer|greater) than|maximum(?: of)?|max\.?"
    r"|minimum(?: of)?|limit(?:ed)?(?: of| to| is)?|exceeds?|only|includes?|included|allows?"
    r"|gets?|receives?|grants?|gives?|offers?|supports?|contains?|requires?|needs?"
    r"|have|has|every|first|over|under|below|above|another|additional|extra)"
    r"(?: (?:a|an|the|your|our|any|one of|total of|you|of|to))*\s*$",
    re.IGNORECASE,
)
_RATE = re.compile(r"\s?(?:/|(?:per|a|an|each|every)\s)(?=\w)", re.IGNORECASE)
_BARE = re.compile(
    rf"\b(?:up to|at most|(?:maximum|limit) of) (?P<number>{NUMBER})(?=[.,;)]|$| (?:for|in|to"
    rf"|and|or)\b)",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(rf"(?P<number>{NUMBER}) RP(?:[SMHD])(?!\w)")
_REPEATED = re.compile(
    r"(?<!\w)(?P<word>once|twice)(?= (?:a|an|per|every|each|in)\b)", re.IGNORECASE
)
_PARTICIPLE = re.compile(r"(?:ed|ing)$")
_MULTIPLE = re.compile(r" times (?:the|as|more|faster|larger|your)\b")
_MOST_WORDS = 3


def counts(text: str) -> Iterator[Value]:
    """Yield the counts in `text` that are limits, allowances or requirements."""
    for match in _COUNTED.finditer(text):
        things = _things(text, match.end())
        if things is None or _MULTIPLE.match(text, match.end()):
            continue
        begin, end = things
        if _BOUND.search(text[: match.start()]) or _RATE.match(text, end) or match["more"]:
            number = normal(decimal(match["number"]))
            more = Comparator.AT_LEAST if match["more"] else None
            unit = singular(WORD.findall(text[begin:end])[-1])
            yield Value(FactKind.COUNT, number, unit, match.start(), end, more)
    for match in _ABBREVIATED.finditer(text):
        number = normal(decimal(match["number"]))
        yield Value(FactKind.COUNT, number, "request", *match.span(), Comparator.AT_MOST)
    for match in _BARE.finditer(text):
        number = normal(decimal(match["number"]))
        yield Value(FactKind.COUNT, number, "", *match.span("number"))
    for match in _REPEATED.finditer(text):
        number = "1" if match["word"].lower() == "once" else "2"
        yield Value(FactKind.COUNT, number, _TIMES, *match.span(), has_number=False)


def _things(text: str, start: int) -> tuple[int, int] | None:
    """Return where the things that are counted are named, from `start` on."""
    reached = start
    for place, word in enumerate(WORD.finditer(text, start)):
        gap = text[reached : word.start()]
        if place == _MOST_WORDS or gap not in {" ", "-"} or is_function_word(word.group()):
            break
        if word.group()[0].isdigit() or (place and _PARTICIPLE.search(word.group())):
            break
        reached = word.end()
    return (start, reached) if reached > start else None
