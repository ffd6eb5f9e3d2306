"""Offers: what a question takes the company to offer, and no source names, isn't told of.

"Do you offer a museum pass?" – "Yes, we do offer a museum pass." A model that repeats the
customer's words makes a policy out of them, in a sentence that holds no number to compare.
"""

from app.answer import Question
from app.grounding.offering import words_for_offers
from app.grounding.sources import Sources
from app.grounding.support.claim_text import tells_of_silence
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.searching.keywords import stems

NAME = "offers"


class OfferCheck:
    """Objects to a claim about an offer that the question names and the sources don't."""

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return that the claim isn't supported, None where it speaks of no such offer."""
        told = sources.lexicon.words
        unknown = [word for word in words_for_offers(asked.text) if told.isdisjoint(stems(word))]
        if unknown:
            said = set(stems(claim.text))
            unknown = [word for word in unknown if said.issuperset(stems(word))]
        if not unknown or tells_of_silence(claim.text):
            return None
        reason = f"the question is about {', '.join(map(repr, unknown))}, which no source names"
        return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, NAME)
