"""The strictest grounds: nothing holds but an article's own words."""

from collections.abc import Iterator
from itertools import pairwise

from app.answer import Question
from app.grounding.checks.quotation import LiteralCheck
from app.grounding.claims import whole
from app.grounding.grounds import Grounds
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.verbatim import is_near_verbatim
from app.grounding.verdict import Claim, Finding, Place, Verdict
from app.grounding.verifier import Verifier

_CHECK = "verbatim"


def word_for_word() -> Grounds:
    """Return grounds on which a sentence holds if a source has it, word for word or nearly so."""
    return Grounds(
        verifier=Verifier((_NearlyVerbatim(),), whole), quotes=Verifier((LiteralCheck(),), whole)
    )


class _NearlyVerbatim:
    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        del asked
        for place, texts in _statements(sources):
            if is_near_verbatim(claim.text, *texts):
                return _found(claim, place)
        return _not_found(claim)


def _statements(sources: Sources) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Yield every statement, then every two that follow one another, as the article has them."""
    for one in sources.stated:
        yield one.place, (_text(sources, one),)
    for one, following in pairwise(sources.stated):
        if one.source == following.source:
            place = Place(one.source, one.place.start, following.place.end)
            yield place, (_text(sources, one), _text(sources, following))


def _text(sources: Sources, one: Stated) -> str:
    return sources.listed[one.source].text[one.place.start : one.place.end]


def _found(claim: Claim, place: Place) -> Finding:
    return Finding(
        claim, Verdict.SUPPORTED, 1.0, "the article says it in these words", _CHECK, place
    )


def _not_found(claim: Claim) -> Finding:
    reason = "no cited passage says it in these words"
    return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, _CHECK)
