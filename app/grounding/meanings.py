"""Meanings: the stems of a text, one for all those that help centres use alike."""

from functools import lru_cache

from knowledge_base.searching.keywords import stems

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
}
"""Stems that stand for another one."""


@lru_cache(maxsize=8192)
def frame_of(text: str) -> frozenset[str]:
    """Return the stems of a text but for its numbers."""
    return frozenset(word for word in meanings(text) if not word[0].isdigit())


def meanings(text: str) -> tuple[str, ...]:
    """Return the stems of a text, with one word for those that help centres use alike."""
    return tuple(map(meaning, stems(text)))


def meaning(stem: str) -> str:
    """Return the stem that stands for all that are used alike."""
    return _ALIKE.get(stem, stem)
