"""Whether an answer cites, and the search found, an article that holds the right answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.answer import Answer
from evals.case import Case
from evals.metrics.score import Score


class GoldCited:
    """Whether the answer cites one of the gold articles."""

    name = "gold_cited"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 for a citation of a gold article; not applicable where there is none."""
        if not case.is_answerable:
            return Score.not_applicable(self.name, "the case has no gold article to cite")
        cited = cited_article_ids(answer)
        reason = "" if cited else "nothing is cited"
        return Score.passed(
            self.name, right=_meets(case, cited), reason=reason or "cited: " + ", ".join(cited)
        )


@dataclass(frozen=True, slots=True)
class GoldRetrieved:
    """Whether a gold article is among the first articles that the answer's search returned."""

    k: int
    """How many articles count, in the order of their first passage."""

    @property
    def name(self) -> str:
        """The metric's name, `retrieved@5`."""
        return f"retrieved@{self.k}"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 for a gold article among the first `k`; not applicable without one."""
        if not case.articles:
            return Score.not_applicable(self.name, "the case has no gold article to find")
        found = dict.fromkeys(passage.article.id for passage in answer.passages)
        first = tuple(found)[: self.k]
        return Score.passed(
            self.name, right=_meets(case, first), reason="found: " + (", ".join(first) or "nothing")
        )


def cited_article_ids(answer: Answer) -> tuple[str, ...]:
    """Return the ids of the articles that an answer cites, once, in order of appearance."""
    return tuple(
        dict.fromkeys(
            citation.passage.article.id
            for sentence in answer.sentences
            for citation in sentence.citations
        )
    )


def _meets(case: Case, ids: Iterable[str]) -> bool:
    return not set(case.articles).isdisjoint(ids)
