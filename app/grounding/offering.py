"""What a question takes the company to offer: "Do you have a …?", "How do I claim my …?".

Such a question is about that very thing. Where no article knows the words for it, there is none,
and whatever is told of the next best thing would be taken for it.
"""

import re

from app.wording import content_words

_THING = (
    r"\s+(?:(?:a|an|any|the|my|your|some|special)\s+)?"
    r"(?P<thing>(?:[\w'’-]+\s+){0,3}?[\w'’-]+(?:\s+for\s+\w+)?)"
    r"(?=\s+(?:with|on|in|at|if|when|and|or|as|to|from|of|costs?|works?|include|that|which|is|are"
    r"|for|available|too|does|by|here)\b|\s*[,?.;:!]|$)"
)
_ANYTHING = frozenset(
    [
        *("alternative", "chance", "choice", "kind", "option", "possibility", "sort"),
        *("thing", "type", "version", "way"),
    ]
)
"""Words that name no thing: "the standard option" is about what is standard."""
_OURS = r"(?= (?:the|my|your)\b)"
_TAKEN_FOR_GRANTED = tuple(
    re.compile(asked + _THING, re.IGNORECASE)
    for asked in (
        (
            r"\b(?:do|does|did|will|would|can) (?:you|they|it) (?:also |still |really |ever )?"
            r"(?:offer|have|sell|provide|give|do|stock|run|accept|take)"
        ),
        r"\b(?:is|are|isn't|aren't) there",
        r"\byou (?:also |still )?(?:have|offer|sell|provide|give|run)",
        rf"\b(?:claim|redeem|get|receive|apply for|activate|qualify for|join|sign up for){_OURS}",
        rf"\b(?:conditions?|terms|rules|requirements|price|cost|fee) (?:for|of){_OURS}",
        r"\bhow much (?:is|are|does|do|would)(?= (?:the|a|an|my|your)\b)",
    )
)


def words_for_offers(question: str) -> tuple[str, ...]:
    """Return the content words of the things that `question` takes to be offered, each once."""
    things = (found["thing"] for asked in _TAKEN_FOR_GRANTED for found in asked.finditer(question))
    words = (word for thing in things for word in content_words(thing))
    return tuple(dict.fromkeys(word for word in words if word.isalpha() and word not in _ANYTHING))
