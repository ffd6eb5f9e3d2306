"""Siblings: what an article says of one product isn't said of another, however alike both are.

Read off the titles of the sources: two that share words and differ by names ("Fees of the Gold
card", "Fees of the Silver card") are siblings, and each name stands for its own article.
"""

import re
from functools import lru_cache

from app.answer import Question
from app.grounding.checks.quotation import rests_on
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.article import Article
from knowledge_base.policy.words import is_function_word

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class SiblingCheck:
    """Contradicts what is said of a sibling of the thing that is asked about."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a contradiction where all that the claim rests on is said of siblings only."""
        said = _words(f"{asked.query} {asked.text} {claim.text}")
        close, near = self._thresholds.rests_close, self._thresholds.rests_near
        found = rests_on(claim, sources, asked, close=close, near=near)
        wrong = [_other(one, sources, said) for one in found]
        if not wrong or "" in wrong:
            return None
        return Finding(claim, Verdict.CONTRADICTED, 0.0, wrong[0], "scope", found[0].place)


def _other(stated: Stated, sources: Sources, said: frozenset[str]) -> str:
    """Return whose article the statement stands in, where a sibling of it is asked about."""
    own = _words(" ".join(stated.levels[:-1]))
    for other in {source.article.id: source.article for source in sources.listed}.values():
        mine, its = _names(stated.article, other), _names(other, stated.article)
        is_asked = its and its <= said and not its <= own
        if is_asked and mine and not mine & said:
            return f"is said of {stated.article.title!r}, asked about {other.title!r}"
    return ""


def _names(article: Article, beside: Article) -> frozenset[str]:
    """Return the names by which an article's title differs from a sibling's, in small letters."""
    return _different(article.title, article.body, beside.title)


@lru_cache(maxsize=4096)
def _different(title: str, body: str, beside: str) -> frozenset[str]:
    mine, its = _content(title), _content(beside)
    if 2 * len(mine & its) < min(len(mine), len(its)):
        return frozenset()
    named = {word for word in _capitalised(title) & (mine - its) if not word.endswith("ing")}
    return frozenset(word for word in named if not re.search(rf"\b{re.escape(word)}\b", body))


def _capitalised(title: str) -> frozenset[str]:
    """Return the words that a title writes as names, its first one only beside another."""
    words = _WORD.findall(title)
    large = [word[0].isupper() or word[0].isdigit() for word in words]
    alone = len(words) > 1 and not large[1] and not words[0].isupper()
    return frozenset(
        word.lower()
        for place, word in enumerate(words)
        if large[place] and not (place == 0 and alone)
    )


def _content(title: str) -> frozenset[str]:
    return frozenset(word for word in _words(title) if not is_function_word(word))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))
