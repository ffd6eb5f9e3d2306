"""What kinds of answer a question expects, and whether a statement holds one of them."""

import re
from enum import StrEnum


class Expectation(StrEnum):
    """A kind of answer that a question asks for."""

    TIME = "time"
    """A duration, a deadline, a date or a time of day."""
    AMOUNT = "amount"
    """Money, a percentage, or that something is free."""
    NUMBER = "number"
    """A count, a size, an age, a limit."""
    STEPS = "steps"
    """How something is done."""
    CONSENT = "consent"
    """Whether something is possible, allowed or true."""


_UNITS = r"(?:seconds?|minutes?|hours?|nights?|days?|weeks?|months?|years?)"
_ASKS = {
    Expectation.TIME: (
        rf"\bhow (?:long|soon|fast|quickly|late)\b|\bhow many (?:\w+ )?{_UNITS}\b|\bwhen\b"
        r"|\bdeadline\b|\btime limit\b|\bhow much (?:time|longer|notice)\b"
        r"|\b(?:by|until|till|since|from) (?:when|what)\b|\b(?:what|which) (?:day|date|time|hour)"
        r"|\bopening (?:hours|times)\b|\bexpir|\brun out\b"
    ),
    Expectation.AMOUNT: (
        r"\bhow much\b(?! (?:time|longer|notice))|\b(?:cost|price|fee|deposit|discount)s?\b"
        r"|\bcharged?\b|\b(?:pay|owe)\b|\bexpensive\b|\bcheap|\bpercent|\bfor free\b"
        r"|\b(?:minimum|threshold|from what amount)\b"
    ),
    Expectation.NUMBER: (
        rf"\bhow (?:many (?!(?:\w+ )?{_UNITS}\b)|often|old|big|large|heavy|far|high|tall)\b"
        rf"|\bhow many\b(?! (?:\w+ )?{_UNITS}\b)|\bat (?:most|least)\b|\b(?:max|min)imum\b"
    ),
    Expectation.STEPS: (
        r"\bhow (?:do|can|should|would|could|to|does one)\b|\bwhat (?:do|should|can) i do\b"
        r"|\bsteps?\b|\bwhat now\b"
        r"|\bwhere (?:do|can|could|should) (?:i|we) (?:find|see|change|enter|cancel|get|set|look)\b"
    ),
    Expectation.CONSENT: (
        r"(?:^|[.,;:!?]\s*|\b(?:and|but|so|or|then)\s+)"
        r"(?:can|could|may|do|does|is|are|am|will|would|should|must|did|have|has)(?:n't)?\b"
    ),
}
_PATTERNS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _ASKS.items()}

_COUNT = (
    r"(?:(?<![\d.,])\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|twenty|thirty))"
)
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_HELD = {
    Expectation.TIME: (
        rf"(?:{_COUNT}|\ban?)[\s-]*(?:(?:business|working|calendar|full|more|further) )?{_UNITS}\b"
        rf"|\b{_MONTHS}\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
        r"|\b\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\b|o'clock)|\b\d{1,2}:\d\d\b|\b20\d\d\b"
        r"|\b(?:noon|midnight|never|immediately|at once|overnight|same day)\b"
    ),
    Expectation.AMOUNT: (
        r"[$€£¥]\s?\d|\d\s?(?:[$€£¥%]|[A-Z]{3}\b|percent|dollars?|euros?|pounds?|cents?)"
        r"|\bfree\b(?! of (?!charge|cost))|\bno (?:extra )?(?:charge|fee|fees|cost)\b"
        r"|\b(?:nothing|half|double|full (?:price|fee|refund))\b"
    ),
    Expectation.NUMBER: rf"{_COUNT}|\b(?:once|twice|weekly|monthly|daily|yearly|no limit)\b",
    Expectation.CONSENT: (
        r"\b(?:can|cannot|can't|may|must|only|not|never|no|yes|allowed|need|except|unless|always"
        r"|every|all|any|both|possible|do|does|will|without)\b"
    ),
}
_HOLDERS = {kind: re.compile(pattern) for kind, pattern in _HELD.items()}


_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_YES_OR_NO = re.compile(
    r"^\W*(?:(?:hi|hello|hey|and|so|but|or|ok|okay|also)\W+)*"
    r"(?:can|could|may|do|does|is|are|am|will|would|should|must|did|have|has)(?:n't)?\b",
    re.IGNORECASE,
)


def asking_part(question: str) -> str:
    """Return the sentences of `question` that end in a question mark, all of it if none does."""
    asking = [one.strip() for one in _SENTENCE.findall(question) if "?" in one]
    return " ".join(asking) or question


def asks_yes_or_no(question: str) -> bool:
    """Tell whether what is asked is whether something is so: "Do you …?", "Can I …?"."""
    return _YES_OR_NO.match(asking_part(question)) is not None


def expectations(question: str) -> frozenset[Expectation]:
    """Return the kinds of answer that `question` asks for, none where it doesn't show."""
    return frozenset(kind for kind, asks in _PATTERNS.items() if asks.search(question))


def holds(kind: Expectation, text: str) -> bool:
    """Tell whether `text` holds something of the kind; False where a text doesn't show it."""
    holder = _HOLDERS.get(kind)
    return holder is not None and holder.search(text) is not None
