"""How the words around a value bound it ("up to", "or more"), and whether they deny it."""

import re
from collections.abc import Mapping

from knowledge_base.policy.fact import Comparator

_FILLERS = (
    r"(?:\s+(?:a|an|the|of|to|is|are|be|your|our|its|this|that|any|another|you|only|total|around|"
    r"just|additional|extra|full|first|next))*\s*[(*]*$"
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
            r"up to|within|(?:no|not) (?:more|longer|later|larger|greater|higher|bigger) than",
            r"(?:less|smaller) than or equal to|maximum(?: of)?|max\.?",
            r"as (?:much|long|many|late) as",
            r"until|till|not (?:to )?exceed|capped at|cap of|<=|≤|by|at most",
            r"limit(?:ed)?(?: of| to| is)?",
        ),
        Comparator.AT_LEAST: (
            r"at least|(?:no|not) (?:less|fewer|earlier|sooner|lower|smaller) than|minimum(?: of)?",
            r"min\.?|starting (?:at|from)|starts? (?:at|from)|from|as (?:little|low|few) as|>=|≥",
            r"(?:greater|more) than or equal to|since|as of",
        ),
        Comparator.LESS_THAN: (
            r"(?:less|fewer|smaller|shorter|lower|younger|earlier) than",
            r"under|below|before|prior to|<",
        ),
        Comparator.MORE_THAN: (
            r"(?:more|greater|longer|larger|higher|older|later|bigger) than",
            r"over|above|exceed(?:s|ed|ing)?|beyond|>|in excess of",
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
        Comparator.AT_MOST: ("maximum", "max", "limit", "limited", "highest"),
        Comparator.AT_LEAST: ("minimum", "min", "lowest"),
    },
    r"\b(?:{})\b[^.;,|]{{0,50}}?(?:\bis|\bare|\bof|:|=)\s*[*]*$",
)
_BEHIND = _patterns(
    {
        Comparator.AT_LEAST: (
            r"(?:or|and) (?:more|above|over|up|older|longer|greater|higher|later|larger)",
            r"minimum|at least",
        ),
        Comparator.AT_MOST: (
            r"(?:or|and) (?:less|fewer|under|below|lower|younger|smaller)",
            r"maximum|max|at (?:the )?most|limit",
        ),
    },
    r"\s?(?:{})(?!\w)",
)
_NEAR = 60
_DENIED = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\binstead of|\brather than)\s+(?:\w+\s+){0,1}$", re.IGNORECASE
)


def comparator(text: str, start: int, end: int) -> Comparator:
    """Return how the words around `text[start:end]` bound the value that stands there."""
    before = text[max(0, start - _NEAR) : start]
    for found, pattern in (*_BEFORE, *_LIMIT_IS):
        if pattern.search(before):
            return found
    for found, pattern in _BEHIND:
        if pattern.match(text, end):
            return found
    return Comparator.EQ


def is_denied(text: str, start: int) -> bool:
    """Tell whether the words before `start` deny the value that begins there."""
    return _DENIED.search(text[max(0, start - _NEAR) : start]) is not None
