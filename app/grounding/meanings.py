"""Meanings: the stems of a text, one for all those that help centres use alike."""

import re
from functools import lru_cache

from app.grounding.gratis import with_free
from app.grounding.quantities import quantities
from knowledge_base.searching.keywords import stems

_NOTHING = "0"
"""What is read into "free", which is a word like others."""
_BOUNDS = "least most more less fewer over under above below within up than later earlier longer"

_ALIKE = {
    "client": "custom",
    "cap": "limit",
    "charg": "fee",
    "purchas": "buy",
    "bought": "buy",
    "minimum": "least",
    "maximum": "most",
    "telephon": "phone",
    "mail": "email",
    "vacat": "holiday",
    "subscript": "plan",
    "membership": "plan",
    "timefram": "period",
    "cost": "price",
    "kept": "keep",
    "sent": "send",
    "paid": "pay",
    "held": "hold",
    "given": "give",
    "taken": "take",
    "sold": "sell",
    "lost": "lose",
    "spent": "spend",
    "made": "make",
    "hold": "keep",
    "choos": "select",  # codespell:ignore
    "chose": "select",
    "chosen": "select",
    "pick": "select",
    "swap": "exchang",
    "packag": "parcel",  # codespell:ignore
    "product": "item",
    "receiv": "get",
    "obtain": "get",
    "got": "get",
    "collect": "get",
    "reimburs": "refund",
    "begin": "start",
    "began": "start",
    "children": "child",
    "kid": "child",
    "broken": "break",
    "reprint": "print",
    "attempt": "tri",
    "color": "colour",
    "photograph": "photo",
    "pictur": "photo",
    "requir": "need",  # codespell:ignore
    "necessari": "need",
    "mandatori": "need",
    "must": "need",
    "permit": "allow",
    "worth": "valu",  # codespell:ignore
    "date": "day",
    "deliveri": "deliv",
    "decis": "decid",
    "payment": "pay",
    "shipment": "ship",
    "expiri": "expir",
    "signatur": "sign",  # codespell:ignore
    "entitl": "get",
    "inelig": "elig",
    "unavail": "avail",
    "longest": "longer",
    "highest": "higher",
    "lowest": "lower",
}
"""Stems that stand for another one."""
_PHRASES = tuple(
    (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), meant)
    for said, meant in (
        (r"money back|paid back|pay back|(?:get|receive)(?:s|ting)? back", "refund"),
        (r"(?:get|receive)s?(?P<what>(?: [\w%.,]+){1,5}?) back", r"refund\g<what>"),
        (r"(?:call|calls|called|calling)(?P<what>(?: [\w]+){0,3}?) off", r"cancel\g<what>"),
        (r"(?:run|runs|ran) out", "expire"),
        (r"(?:send|sends|sending|sent)(?P<what>(?: [\w]+){0,4}?) back", r"return\g<what>"),
    )
)
"""Words that mean together what one of them doesn't mean alone."""
_ENDS = re.compile(r"\b(?:back|off|out)\b", re.IGNORECASE)
"""Without one of these, none of the phrases is there: it is quicker to look for."""


@lru_cache(maxsize=8192)
def frame_of(text: str) -> frozenset[str]:
    """Return the stems of a text but for its numbers."""
    return frozenset(word for word in meanings(text) if not word[0].isdigit())


@lru_cache(maxsize=8192)
def matter_of(text: str) -> frozenset[str]:
    """Return the stems of a text but for its numbers, their units, and how they are bounded."""
    for one in reversed(quantities(text)):
        if one.number != _NOTHING:
            text = f"{text[: one.start]} {text[one.end :]}"
    return frame_of(text) - frozenset(meanings(_BOUNDS))


@lru_cache(maxsize=8192)
def meanings(text: str) -> tuple[str, ...]:
    """Return the stems of a text, with one word for those that help centres use alike."""
    return tuple(map(meaning, stems(spelt(text))))


def spelt(text: str) -> str:
    """Return a text with one word for each phrase that has a meaning of its own."""
    text = with_free(text)
    for said, meant in _PHRASES if _ENDS.search(text) else ():
        text = said.sub(meant, text)
    return text


def meaning(stem: str) -> str:
    """Return the stem that stands for all that are used alike."""
    return _ALIKE.get(stem, stem)
