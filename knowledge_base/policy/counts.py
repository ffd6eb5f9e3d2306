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

_TIMES, _FREE = "time", "free"
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
    rf"\b(?:up to|at most|(?:maximum|limit) of|limited to) (?P<number>{NUMBER})(?![.,]?\d)"
    r"(?=[.,;)]|$| (?:for|in|to|and|or|per|an?)\b)",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(rf"(?P<number>{NUMBER}) RP(?:[SMHD])(?!\w)")
_REPEATED = re.compile(
    r"(?<!\w)(?P<word>once|twice)(?= (?:a|an|per|every|each|in)\b)", re.IGNORECASE
)
_PLURAL = re.compile(r"(?<![su])s$|^(?:people|children|men|women)$|\(s\)$", re.IGNORECASE)
_MULTIPLE = re.compile(r" times (?:the|as|more|faster|larger|your)\b")
_MOST_WORDS = 3


def counts(text: str) -> Iterator[Value]:
    """Yield the counts in `text` that are limits, allowances or requirements."""
    for match in _COUNTED.finditer(text):
        number = normal(decimal(match["number"]))
        things = _things(text, match.end(), is_one=number == "1")
        if things is None or _MULTIPLE.match(text, match.end()):
            continue
        begin, end = things
        if _BOUND.search(text[: match.start()]) or _RATE.match(text, end) or match["more"]:
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


def _things(text: str, start: int, *, is_one: bool) -> tuple[int, int] | None:
    """Return where the things that are counted are named, from `start` on.

    Their name ends with a plural, except that of one thing.
    """
    reached = end = start
    for place, word in enumerate(WORD.finditer(text, start)):
        written = word.group()
        if text[reached : word.start()] not in {" ", "-"} or place == _MOST_WORDS:
            break
        if (is_function_word(written) and written != _FREE) or written[0].isdigit():
            break
        reached = word.end()
        if is_one or _PLURAL.search(written):
            end = reached
        if end == reached and not is_one and place:
            break
    return (start, end) if end > start else None
