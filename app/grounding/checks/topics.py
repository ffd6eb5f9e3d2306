"""Topics: what one article is about isn't told by another's words.

A title says what its article is about. Where a claim has a word of one article's title, and what
comes closest to the claim stands in another article and hasn't that word at all, the claim mixes
the two: "The workshop costs 11 USD for each trip", of an article about workshops and another one
that says so of home pick-up.
"""

from functools import lru_cache

from app.answer import Question
from app.grounding.meanings import meanings
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.support.evidence import SupportEvidence
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from app.wording import FUNCTION_WORDS

NAME = "topics"
_EMPTY = frozenset(meanings(" ".join(FUNCTION_WORDS)))


class TopicCheck:
    """Doesn't support what mixes the topic of one article with the words of another."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return that another article's topic is told, None where no statement close to it is."""
        evidence = SupportEvidence(claim.text, sources, asked)
        said = frozenset(meanings(evidence.text)) - _EMPTY
        near = self._near(evidence)
        if not near or not all(_mixed(said, one, sources) for one in near):
            return None
        mixed = _mixed(said, near[0], sources)
        words = dict.fromkeys(word for word in evidence.words if mixed & _words(word))
        reason = (
            f"the closest statement, of {near[0].article.title!r}, doesn't speak of "
            f"{', '.join(map(repr, words))}, which another article is about"
        )
        return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, NAME, evidence.place)

    def _near(self, evidence: SupportEvidence) -> tuple[Stated, ...]:
        """Return the statement that has most of the claim's words, and those about as close."""
        aligned = evidence.aligned
        least = aligned[0].score - self._thresholds.rests_near if aligned else 0.0
        return tuple(evidence.sources.stated[one.place] for one in aligned if one.score >= least)


def _mixed(said: frozenset[str], stated: Stated, sources: Sources) -> frozenset[str]:
    """Return the words of other articles' titles that are said and that a statement hasn't."""
    titles = {one.article.title for one in sources.listed if one.article.id != stated.article.id}
    topics = frozenset().union(*map(_words, titles))
    return said & topics - stated.meant - stated.meant_above - _words(stated.article.title)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(meanings(text))
