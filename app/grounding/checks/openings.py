"""Openings: what a claim begins with and doesn't claim, such as the topic that it names first.

"With our Returns policy, …" says nothing of returns, and "To hire a tent:" above a step only says
what the step is for. What is left is what the articles must say.
"""

import re
from collections.abc import Iterable, Iterator

from app.answer import Question
from app.grounding.framing import without_framing
from app.grounding.meanings import meanings
from app.grounding.quantities import quantities
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.verdict import Claim

TOLD = 0.6
"""Share of a lead-in's words that must stand beside the item that a claim puts below it."""

_NAMES_TOPIC = re.compile(
    r"\W*(?:(?:with|for|in|on|under|about|regarding|concerning|as for|as to|according to|per"
    r"|when it comes to|you asked about)\s+)?(?:(?:our|the|your)\s+)?[\"'“\u2018]?",
    re.IGNORECASE,
)
_AFTER_TOPIC = re.compile(
    r"[\"'”’]?(?: (?:policy|article|page|rules|section))?[\"'”’]?\s*[,:]\s+", re.IGNORECASE
)
_PURPOSE = re.compile(
    r"\W*(?:to \w+|how to \w+|(?:please )?follow\b|here (?:are|is)\b|(?:please )?try\b|steps\b)"
    r"[^.!?]*:\s*",
    re.IGNORECASE,
)
_RESTRICTS = re.compile(
    r"\b(?:not|never|no|cannot|only|if|unless|except\w*|exclu\w+|without|until|when|once)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_TELLS_ORDER = frozenset(meanings("following follow these steps step try here please"))


def without_topic(text: str, topics: Iterable[str]) -> str:
    """Return a text without an opening that names one of the topics and nothing else."""
    opened = _NAMES_TOPIC.match(text)
    start = opened.end() if opened else 0
    for topic in topics:
        named = text[start : start + len(topic)]
        rest = _AFTER_TOPIC.match(text, start + len(topic))
        if topic and rest and named.casefold() == topic.casefold():
            return text[rest.end() :] or text
    return text


def own_text(claim: Claim, sources: Sources, asked: Question) -> str:
    """Return what a claim says beside its topic and, of a list's item, beside what it is for."""
    known = sources.own_texts
    key = (claim.text, asked.text)
    if key not in known:
        item = _item(claim, sources)
        topics = (asked.text, asked.text.partition(":")[0], *sources.topics)
        known[key] = item or without_topic(without_framing(claim.text), topics)
    return known[key]


def _item(claim: Claim, sources: Sources) -> str:
    """Return a list's item alone, where what introduces it only says what it is for.

    That must be told where the item stands: "To return ropes:" may not stand above a step for
    returning shoes.
    """
    length = claim.end - claim.start
    lead_in, item = claim.text[:-length], claim.text[-length:]
    if not lead_in or not _PURPOSE.fullmatch(lead_in) or _RESTRICTS.search(lead_in):
        return ""
    is_told = any(_tells(lead_in, told) for told in _beside(item, sources))
    return item if is_told else ""


def _beside(item: str, sources: Sources) -> Iterator[frozenset[str]]:
    """Yield the words that stand with each statement of an item: those before and above it too."""
    words = frozenset(meanings(item))
    before: Stated | None = None
    for one in sources.stated:
        if words and len(words & one.meant) >= TOLD * len(words):
            near = before.meant if before and before.source == one.source else frozenset()
            yield one.meant | one.meant_above | near
        before = one


def _tells(lead_in: str, told: frozenset[str]) -> bool:
    words = frozenset(meanings(lead_in)) - _TELLS_ORDER
    numbers = {word for one in quantities(lead_in) for word in meanings(one.written)}
    return numbers <= told and len(words & told) >= TOLD * len(words)
