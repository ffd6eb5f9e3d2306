"""Steps: what is written on a screen stands together in one step of a source.

A weak model makes steps up of words that all stand somewhere: "Click on the Cards tab" where an
article speaks of cards and another one of a tab. A customer who follows them finds no such thing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.answer import Question
from app.grounding.meanings import meanings
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.support.claim_text import STEP_VERBS, without_pointers
from app.grounding.verdict import Claim, Finding, Verdict
from app.wording import FUNCTION_WORDS

NAME = "steps"
_TOLD = (
    r"(?:(?:then|please|now|and|next|first|finally|simply|just|also"
    r"|you (?:can|may|must|should|(?:will )?(?:need|have) to)),? )"
)
_STEP = re.compile(rf"\W*{_TOLD}*{STEP_VERBS}\b(?P<thing>.*)", re.IGNORECASE | re.DOTALL)
_NEXT = re.compile(rf"(?:[,;]|,? and|,? then)+ (?={_TOLD}?{STEP_VERBS}\b)", re.IGNORECASE)
"""Where one step of a claim ends and another one begins."""
_BESIDE = re.compile(
    r",? (?:to (?!(?:the|your|an?) )(?=[a-z])|if|when|for|so that|in order|once|where|until|before"
    r"|after|(?:and|then) [a-z]+ (?=(?:the|your|an?|it)\b)).*",
    re.DOTALL,
)
"""What a step is for, and when, and what else is done: not on the same screen."""
_SHOWN = re.compile(
    r"[“\"'][^”\"']+[”\"']|\b[A-Z][\w-]*"
    r"|\b(?:drop-?down|button|tab|menu|icon|link|page|section|panel|box|field|form|list|window"
    r"|screen|toggle|checkbox|bar|dashboard)s?\b"
)
"""What is written on a screen, and what it is written on."""
_USES = re.compile(rf"\b{STEP_VERBS}\b|[>›→»]", re.IGNORECASE)
_EMPTY = frozenset(meanings(" ".join(FUNCTION_WORDS)))


class StepCheck:
    """Doesn't support a step that names what no step of a source does."""

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return that no source has a step, None for one that a source has and for all else."""
        del asked
        for thing in _things(without_pointers(claim.text)):
            shown = _shown(thing)
            if shown and not any(shown <= _used(one) for one in sources.stated):
                reason = f"no step of the articles has {thing.strip(' .')!r}"
                return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, NAME)
        return None


def _things(claim: str) -> Iterator[str]:
    """Yield what each step of a claim tells to use; what introduces the claim is none of it."""
    for step in _NEXT.split(claim.rpartition(": ")[2]):
        if found := _STEP.match(step):
            yield _BESIDE.sub("", found["thing"])


@lru_cache(maxsize=8192)
def _shown(thing: str) -> frozenset[str]:
    written = " ".join(_SHOWN.findall(thing))
    return frozenset(meanings(written)) - _EMPTY


def _used(one: Stated) -> frozenset[str]:
    """Return the words of a step, none of what is no step."""
    return one.meant if _USES.search(one.text) else frozenset()
