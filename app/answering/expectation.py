"""What kind of answer a question expects, and whether a statement holds that kind."""

import re
from enum import StrEnum


class Expectation(StrEnum):
    """The kind of answer that a question asks for."""

    DURATION = "duration"
    AMOUNT = "amount"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    STEPS = "steps"
    PERMISSION = "permission"
    OPEN = "open"
    """Anything else."""


_ASKED = (
    (
        Expectation.DURATION,
        r"\bhow (?:long|soon|fast|quickly|late|old)\b|\bhow (?:many|few) (?:\w+ ){0,2}?"
        r"(?:minutes|hours|nights|days|weeks|months|years)\b|\b(?:deadline|time limit)\b"
        r"|\bhow much (?:time|notice)\b",
    ),
    (
        Expectation.AMOUNT,
        r"\bhow much\b|\b(?:what|which|any|an?|the|your|extra)\b[^?.]*"
        r"\b(?:costs?|prices?|fees?|charges?|rates?|deposit|discount|percent(?:age)?)\b"
        r"|\b(?:cost|charged?|expensive|cheap|pay)\b",
    ),
    (Expectation.NUMBER, r"\bhow (?:many|often|big|large|heavy|far|high|wide|tall)\b|\bmaximum\b"),
    (Expectation.STEPS, r"\bhow (?:do|can|should|would|could|to|does one)\b|\bwhat do i (?:do|need)\b"
     r"|\bsteps?\b|\bwhere (?:do|can) i (?:find|see|change|enter|cancel|set)\b"),
    (Expectation.DATE, r"\bwhen\b|\b(?:what|which) (?:day|date|time)\b|\bopening hours\b"),
    (Expectation.PLACE, r"\bwhere\b"),
    (
        Expectation.PERMISSION,
        r"^\W*(?:\w+\W+){0,12}?(?:can|could|may|do|does|is|are|am|will|would|should|must|did)\b",
    ),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ASKED)

_COUNT = (
    r"(?:\d[\d.,]*|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty))"
)
_HELD = {
    Expectation.DURATION: _COUNT
    + r"[\s-]*(?:business |working |calendar |more )?(?:minute|hour|night|day|week|month|year)s?\b",
    Expectation.AMOUNT: r"[$€£¥%]\s?\d|\d\s?(?:[$€£¥%]|[A-Z]{3}\b|percent|dollars?|euros?|pounds?)"
    r"|\bfree\b|\bno (?:charge|fee|cost)\b|\bnothing\b|\bnone\b|\bfull (?:price|fee|refund)\b"
    r"|\bhalf\b",
    Expectation.NUMBER: _COUNT + r"|\b(?:once|twice|weekly|monthly|daily|yearly|half)\b",
    Expectation.DATE: r"\d|\b(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b"
    r"|\b(?:within|until|before|after|as soon as|once|when)\b",
    Expectation.PLACE: r"\b(?:in|at|on|under|to|from|below|beside|inside)\b",
    Expectation.PERMISSION: r"\b(?:can|cannot|may|must|only|not|never|no|yes|allowed|need|have to"
    r"|except|unless|always|every|all|any|both|possible|are|is|do|does|will)\b",
}
_HOLDERS = {kind: re.compile(pattern) for kind, pattern in _HELD.items()}


def expectation(question: str) -> Expectation:
    """Return the kind of answer that `question` asks for."""
    return next((kind for kind, asks in _PATTERNS if asks.search(question)), Expectation.OPEN)


def holds(kind: Expectation, text: str) -> bool:
    """Tell whether `text` holds something of the kind; true where the kind says nothing of it."""
    holder = _HOLDERS.get(kind)
    return holder is None or holder.search(text) is not None
