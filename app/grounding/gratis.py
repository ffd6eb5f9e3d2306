"""Gratis: the many ways of saying that something costs nothing, read as one.

"The label costs nothing", "you won't pay for the label" and "the label is free of charge" deny one
thing, that it is paid for; told word by word, one of them would deny what another one asserts.
"""

import re

FREE = "free"
_EXTRA = r"(?:extra |additional )?"
_WAYS = (
    rf"(?:at|for|with) no {_EXTRA}(?:cost|charge)s?",
    rf"without {_EXTRA}(?:charge|cost)s?",
    r"free of charge|for free|complimentary|on the house",
    r"costs? (?:you |them |customers )?nothing",
    (
        r"(?:(?:do|does|will|would)(?: not|n['’]t)|won['’]t|never) cost (?:(?:you|them) )?"
        r"(?:anything|a thing|a cent|extra)"
    ),
    r"(?:there is|there['’]s) nothing (?:more |else )?to pay(?: for)?",
    r"(?<!\bwe )(?:pay|pays|paid) nothing(?: for)?",
    (
        r"(?<!\bwe )(?:(?:do|does|will|need)(?: not|n['’]t)|won['’]t|never) "
        r"(?:(?:have|need) to |ever )?(?:pay|be charged) (?:anything |extra )?for"
    ),
    (
        r"(?<!\bwe )(?:(?:do|does|will|need)(?: not|n['’]t)|won['’]t|never) "
        r"(?:(?:have|need) to |ever )?(?:pay|be charged) anything"
    ),
)
GRATIS = re.compile(rf"\b(?:(?:is|are|come|comes) )?(?:{'|'.join(_WAYS)})\b", re.IGNORECASE)


_HINT = re.compile(r"charge|cost|free|nothing|pa(?:y|id)|complimentary|the house", re.IGNORECASE)
"""Without one of these, none of the ways is there: it is quicker to look for."""


def with_free(text: str) -> str:
    """Return a text with one word wherever it says that something costs nothing."""
    return GRATIS.sub(FREE, text) if _HINT.search(text) else text
