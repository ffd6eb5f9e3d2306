"""Context: how well the passages of an answer hold the gold articles, in their order.

A passage counts by its article, and an article by its first passage; what is right is known by the
case's gold articles, so no model is asked. A case that names one of several articles which would do
makes these stricter than they should be.
"""

from dataclasses import dataclass

from app.answer import Answer
from evals.case import Case
from evals.metrics.ranking import ndcg
from evals.metrics.score import Score

_NO_GOLD = "the case has no gold article to find"


@dataclass(frozen=True, slots=True)
class RetrievedNdcg:
    """The discounted gain of the gold articles among the first `k`; see `ranking.ndcg`."""

    k: int

    @property
    def name(self) -> str:
        """The metric's name, `ndcg@5`."""
        return f"ndcg@{self.k}"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return the gain; not applicable without a gold article."""
        if not case.articles:
            return Score.not_applicable(self.name, _NO_GOLD)
        found = found_articles(answer)
        return Score.measured(self.name, ndcg(found, case.articles, self.k), _listed(found))


class ContextPrecision:
    """The mean of the precisions at the rank of each gold article that was found."""

    name = "context_precision"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return the mean, 0 where no gold article was found; not applicable without one."""
        if not case.articles:
            return Score.not_applicable(self.name, _NO_GOLD)
        found = found_articles(answer)
        ranks = [rank for rank, one in enumerate(found, start=1) if one in case.articles]
        precisions = [place / rank for place, rank in enumerate(ranks, start=1)]
        value = sum(precisions) / len(precisions) if precisions else 0.0
        return Score.measured(self.name, value, _listed(found))


class ContextRecall:
    """The share of the gold articles that were found."""

    name = "context_recall"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return the share; not applicable without a gold article."""
        gold = frozenset(case.articles)
        if not gold:
            return Score.not_applicable(self.name, _NO_GOLD)
        missing = sorted(gold.difference(found_articles(answer)))
        reason = f"not found: {', '.join(missing)}" if missing else ""
        return Score.counted(self.name, len(gold) - len(missing), len(gold), reason)


def found_articles(answer: Answer) -> tuple[str, ...]:
    """Return the ids of the articles whose passages the answer was made from, best first."""
    return tuple(dict.fromkeys(passage.article.id for passage in answer.passages))


def _listed(found: tuple[str, ...]) -> str:
    return "found: " + (", ".join(found) or "nothing")
