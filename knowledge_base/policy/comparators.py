"""How the words around a value bound it ("up to", "or more"), and whether they deny it."""

import re
from collections.abc import Mapping, Sequence

from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.policy.listing import listed_with
from knowledge_base.policy.value import Value

_FILLERS = (
    r"(?:\s+(?:a|an|the|of|to|is|are|be|your|our|its|this|that|any|another|you|only|total|around|"
    r"just|additional|extra|full|first|next|last|past))*\s*[(*]*$"
)


def _patterns(
    words: Mapping[Comparator, tuple[str, ...]], template: str
) -> tuple[tuple[Comparator, re.Pattern[str]], ...]:
    return tuple(
        (found, re.compile(template.format("|".join(listed)), re.IGNORECASE))
        for found, listed in words.items()
    )


_BEFORE = _patterns(
    {
        Comparator.AT_MOST: (
            r"up ?to|within|(?:no|not) (?:more|longer|later|larger|greater|higher|bigger) than",
            r"(?:less|smaller) than or equal to|maximum(?: of)?|max\.?",
            r"as (?:much|long|many|late) as",
            r"until|till|(?:not|\w+n['’]t|never|cannot) (?:to )?exceed|capped at|cap of|<=|≤",
            r"at most|on or before",
            r"limit(?:ed)?(?: of| to| is)?",
        ),
        Comparator.AT_LEAST: (
            r"at least|(?:no|not) (?:less|fewer|earlier|sooner|lower|smaller) than|minimum(?: of)?",
            r"min\.?|starting (?:at|from)|starts? (?:at|from)|from|starting|effective",
            r"as (?:little|low|few) as|>=|≥",
            r"(?:greater|more) than or equal to|since|as of|on or after",
        ),
        Comparator.LESS_THAN: (
            r"(?:less|fewer|smaller|shorter|lower|younger|earlier) than",
            r"under|below|(?<!or )before|prior to|<",
        ),
        Comparator.MORE_THAN: (
            r"(?:more|greater|longer|larger|higher|older|later|bigger) than",
            r"over(?! the (?:past|last|next|course)\b)|above|exceed(?:s|ed|ing)?|beyond|>",
            r"in excess of",
        ),
        Comparator.ABOUT: (
            r"about|around|approximately|approx\.?|roughly|nearly|almost|circa|~|≈|some",
            r"an average of|average|on average|usually|typically|estimated",
        ),
    },
    rf"(?<!\w)(?:{{}}){_FILLERS}",
)
_LIMIT_IS = _patterns(
    {
        Comparator.AT_LEAST: ("minimum", "min", "lowest"),
        Comparator.AT_MOST: ("maximum", "max", "limit", "limited", "highest"),
    },
    r"\b(?:{})\b[^.;,|]{{0,50}}?(?:\bis|\bare|\bof|:|=)\s*[*]*$",
)
_BEHIND = _patterns(
    {
        Comparator.AT_LEAST: (
            r"(?:or|and) (?:more|above|over|up|older|longer|greater|higher|later|larger)",
            r"minimum|at least|,? whichever is (?:higher|greater|more|later)",
        ),
        Comparator.AT_MOST: (
            r"(?:or|and) (?:less|fewer|under|below|lower|younger|smaller)",
            r"maximum|max|at (?:the )?most|limit|,? whichever is (?:lower|less|sooner|earlier)",
        ),
    },
    r"\s?(?:{})(?!\w)",
)
_BEFORE_DATES = _patterns(
    {Comparator.MORE_THAN: ("(?<!or )after",), Comparator.AT_MOST: ("by",)},
    rf"(?<!\w)(?:{{}}){_FILLERS}",
)
_HEADER = (
    (Comparator.AT_LEAST, re.compile(r"\b(?:minimum|min|at least)\b", re.IGNORECASE)),
    (Comparator.AT_MOST, re.compile(r"\b(?:maximum|max|at most|limit|up to)\b", re.IGNORECASE)),
)
_NEGATIVE = re.compile(r"\bnot\b|n['’]t\b|\bnever\b", re.IGNORECASE)
_DATED = frozenset({FactKind.DATE, FactKind.TIME})
_NEAR = 60
_DENIED = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\binstead of|\brather than)\s+(?!exceed|more|less|fewer|later"
    r"|to exceed)(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)


def comparator(text: str, value: Value, values: Sequence[Value], header: str = "") -> Comparator:
    """Return how a value bounds: by its expression, the words around it or its list, its column."""
    first, _ = listed_with(text, values, value)
    said = (_own(text, one) for one in (value, first))
    headed = (found for found, pattern in _HEADER if pattern.search(header))
    return next(filter(None, said), None) or next(headed, Comparator.EQ)


def _own(text: str, value: Value) -> Comparator | None:
    if value.comparator is not None:
        return value.comparator
    before = text[max(0, value.start - _NEAR) : value.start]
    dated = _BEFORE_DATES if value.kind in _DATED else ()
    for found, pattern in (*_BEFORE, *_LIMIT_IS, *dated):
        if pattern.search(before):
            return found
    behind = (found for found, pattern in _BEHIND if pattern.match(text, value.end))
    return next(behind, None)


def is_denied(text: str, value: Value) -> bool:
    """Tell whether the words around a value deny it; a case is denied by its own words."""
    if value.kind is FactKind.EXCLUSION:
        return False
    if value.kind is FactKind.CONDITION:
        return _NEGATIVE.search(text[value.start : value.end]) is not None
    return _DENIED.search(text[max(0, value.start - _NEAR) : value.start]) is not None
