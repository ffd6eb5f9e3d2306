"""What is told rather than promised: examples, worked sums, messages, labels and observations.

"Say that you spend $80" binds nobody. A value in such words is no fact.
"""

import re
from collections.abc import Iterator, Sequence

from knowledge_base.policy.fact import FactKind
from knowledge_base.policy.value import Value

_EXAMPLE = re.compile(
    r"\b(?:for (?:example|instance)|e\.\s?g\.|examples?(?: \([^)]*\))?:|such as|suppose|imagine"
    r"|assum(?:e|ing)|let['’]s (?:say|assume|imagine)|say (?:that )?you|say,"
    r"|in (?:the|this|our|that|an) (?:example|scenario|case)"
    r"|(?:a|one) (?:customer|member|user|shopper|client)"
    r" (?:subscribed|bought|ordered|spent|paid|purchased|signed)"
    r"|(?-i:[Ii]f [A-Z][a-z]+) (?:edits|buys|books|spends|orders|pays|sells)"
    r"|if (?:a|an|your|the) [\w ]{2,40} (?:is priced at|costs|cost|was bought for|totals))"
    r"(?!\w)",
    re.IGNORECASE,
)
_EXAMPLE_HEADING = re.compile(
    r"\bexamples?\b(?! (?:curl|code|quer|requests?|responses?|output))|\b(?:scenarios?|sample"
    r"|case stud(?:y|ies)"
    r"|walkthrough|illustrations?)\b",
    re.IGNORECASE,
)
_EXAMPLE_LINE = re.compile(
    r"(?:^|[.:] )(?:for )?(?:examples?|instance)\b[^.]{0,60}:?", re.IGNORECASE
)
_SUM = re.compile(
    r"[\d%](?:\s?(?:of|[*×x·÷/+−-])\s?\\?[$€£]?[\d.,]+%?)+ ?\w* ?= ?\\?[$€£]?\d"
    r"|[=×÷] ?\\?[$€£]?\d[\d.,]* ?[=×÷*+]"
)
_MESSAGE = re.compile(
    r"Exception\b|\.java\b|\b[A-Z]{3,}\w?\d{3,}[A-Z]?\b|\bat (?:com|org|java|sun)\.|\bstatus: "
    r"|^\[?\d\d:\d\d:\d\d"
    r"|\bhttps?://\S+\d"
)
_TITLE = "Title:"
_LABEL_BEFORE = re.compile(
    r"(?:[\"“'(*]|^|\| ?|\b[Cc]hoose |\b[Ss]elect |, )(?:Last|Past|Previous|Top|Next) $"
)
_OBSERVED = re.compile(
    r"\b(?:typical(?:ly)?|often|might|probably|commonly|benchmark|on average|average[ds]? (?:of"
    r"|around|about)?"
    r"|our testing|we(?:'ve| have)? (?:saw|seen|found|observed|measured)|studies|survey"
    r"|research|according to"
    r"|traditional|excellent|considered|tends? to|world(?:wide)?|market|industry)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:releas|publish|updated?\b|modified|posted|disclosed|announced|copyright|built|version|title:|\d+\.\d+\.\d+)",
    re.IGNORECASE,
)
_DATE_RULE = re.compile(
    r"(?:\b(?:by|until|till|before|after|since|from|starting|starts?|begin(?:s|ning)?|effective"
    r"|as of"
    r"|between|through|to|ends?|expires?|than|(?:placed|made|bought|delivered) on"
    r"|deadline(?: is)?:?)"
    r"(?: on| the)*|[-–])\s*$",
    re.IGNORECASE,
)
_DATED_EVENT = re.compile(
    r"\b(?:starts?|begins?|ends?|closed?|closes|opens?|expires?|renews?|due|bill(?:ed|ing)?|charged?|paid"
    r"|payouts?|applies|deadline|changes?|holiday)\b",
    re.IGNORECASE,
)
_OFFERED_BY_READER = re.compile(
    r"\b(?:you can|you may|you could|how to|learn)\b[^.]{0,40}\b(?:offer|create|set up|add|give"
    r"|sell)\b"
    r"[^.]{0,20}$",
    re.IGNORECASE,
)
_PHYSICAL = frozenset({"mm", "km", "in", "ft", "DPI", "MP", "g", "core"})


def is_example(headings: Sequence[str], lead_in: str) -> bool:
    """Tell whether what stands below these headings and this lead-in is an example."""
    return (
        any(_EXAMPLE_HEADING.search(heading) for heading in headings)
        or _EXAMPLE_LINE.search(lead_in) is not None
    )


def promised(text: str, values: Sequence[Value]) -> Iterator[Value]:
    """Yield those of the values in `text` that are not merely told."""
    if _SUM.search(text) or _MESSAGE.search(text) or text.startswith(_TITLE):
        return
    for value in values:
        if not _is_told(text, value):
            yield value


def _is_told(text: str, value: Value) -> bool:
    if value.unit in _PHYSICAL:
        return True
    if _example_reaches(text, value.start) or _LABEL_BEFORE.search(text[: value.start]):
        return True
    if value.kind is FactKind.DATE and value.comparator is None:
        return not _is_dated_rule(text, value)
    if value.kind is FactKind.AMOUNT and value.value == "0" and not value.has_number:
        return _OFFERED_BY_READER.search(text[: value.start]) is not None
    return value.kind is FactKind.PERCENTAGE and _OBSERVED.search(text) is not None


def _example_reaches(text: str, place: int) -> bool:
    """Tell whether an example begins before `place`, and the brackets around it are not closed."""
    for match in _EXAMPLE.finditer(text, 0, place):
        opened = text.rfind("(", 0, match.end())
        if opened < 0 or ")" in text[opened : match.start()]:
            return True
        if ")" not in text[match.end() : place]:
            return True
    return False


def _is_dated_rule(text: str, value: Value) -> bool:
    """Tell whether a date begins, ends or limits something."""
    if _DATED.search(text):
        return False
    before = text[: value.start]
    return _DATE_RULE.search(before) is not None or _DATED_EVENT.search(text) is not None
