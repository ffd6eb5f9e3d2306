"""Retrieval measured alone: how high the gold articles rank, for any index and question file."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from app.statistics import Mean, mean
from evals.case import explain, read_lines, refuse_repeated_ids
from evals.errors import CaseFileError, UnknownArticleError
from evals.metrics.ranking import hit, ndcg, reciprocal_rank

_CUTS = (1, 5)
_SHOWN_IDS = 5


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the ids of the articles that answer it."""

    id: str
    text: str
    gold: tuple[str, ...]

    @property
    def is_even(self) -> bool:
        """Whether sha256 of the id is even: weights are fitted on the even half only."""
        return int(sha256(self.id.encode()).hexdigest(), 16) % 2 == 0


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of one file."""

    questions: tuple[GoldQuestion, ...]
    unanswerable: int
    """Rows with `answerable: false`, which have no place in a ranking and are left out."""


@dataclass(frozen=True, slots=True)
class RankedId:
    """An article that a search returned."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a search returned for one question, best first."""

    question: GoldQuestion
    articles: tuple[RankedId, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The articles' ids, best first."""
        return tuple(article.id for article in self.articles)


@dataclass(frozen=True, slots=True)
class RetrievalScores:
    """One group of questions with its measures."""

    group: str
    measures: Mapping[str, Mean]


class RankArticles(Protocol):
    """Ranks articles for a question."""

    def __call__(self, question: str, limit: int) -> Sequence[RankedId]:
        """Return at most `limit` articles, best first."""
        ...


def load_questions(path: Path) -> QuestionSet:
    """Return the questions of a file of JSON lines: `id`, `question`, `gold`, `answerable`?.

    Raises:
        CaseFileError: The file can't be read, or a row is no question; the message names file:line.
    """
    lines = read_lines(path)
    rows = [_read_row(text, f"{path}:{number}") for number, text in lines]
    refuse_repeated_ids([row.id for row in rows], [number for number, _ in lines], path)
    kept = tuple(GoldQuestion(row.id, row.question, row.gold) for row in rows if row.answerable)
    if not kept:
        raise CaseFileError(f"{path} holds no answerable question: nothing can be ranked")
    return QuestionSet(kept, unanswerable=len(rows) - len(kept))


def known_questions(
    questions: Sequence[GoldQuestion], article_ids: Collection[str], *, allow_missing: bool
) -> tuple[GoldQuestion, ...]:
    """Return the questions; with `allow_missing`, those with at least one gold article indexed.

    Raises:
        UnknownArticleError: Gold articles aren't in the index.
    """
    wanted = dict.fromkeys(gold for question in questions for gold in question.gold)
    missing = [gold for gold in wanted if gold not in article_ids]
    if missing and not allow_missing:
        shown = ", ".join(missing[:_SHOWN_IDS]) + (", …" if len(missing) > _SHOWN_IDS else "")
        raise UnknownArticleError(
            f"{len(missing)} of {len(wanted)} gold articles aren't in the index ({shown}): "
            "name their folder with --help-centre, or leave them out with --allow-missing"
        )
    return tuple(q for q in questions if any(gold in article_ids for gold in q.gold))


def rank_questions(
    questions: Sequence[GoldQuestion],
    rank: RankArticles,
    *,
    limit: int,
    on_ranking: Callable[[Ranking], None],
) -> tuple[Ranking, ...]:
    """Return each question's ranking, in order; each is handed to `on_ranking` as it comes."""
    rankings = []
    for question in questions:
        ranking = Ranking(question, tuple(rank(question.text, limit)))
        on_ranking(ranking)
        rankings.append(ranking)
    return tuple(rankings)


def retrieval_scores(
    rankings: Sequence[Ranking], *, k: int, split: bool
) -> tuple[RetrievalScores, ...]:
    """Return the measures of the first `k` articles over all questions.

    With `split`, also over the questions whose sha256(id) is odd, and over the even ones.
    """
    groups = {"all": list(rankings)}
    if split:
        groups["odd"] = [ranking for ranking in rankings if not ranking.question.is_even]
        groups["even"] = [ranking for ranking in rankings if ranking.question.is_even]
    return tuple(RetrievalScores(name, _measures(part, k)) for name, part in groups.items() if part)


def ranking_row(ranking: Ranking) -> dict[str, object]:
    """Return a ranking as it is written: ids and scores, no text."""
    articles = [{"id": found.id, "score": round(found.score, 6)} for found in ranking.articles]
    return {"id": ranking.question.id, "gold": ranking.question.gold, "articles": articles}


class _QuestionRow(BaseModel):
    """A line of a question file; fields that aren't needed here are ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    gold: tuple[str, ...] = ()
    answerable: bool = True


def _read_row(text: str, place: str) -> _QuestionRow:
    try:
        row = _QuestionRow.model_validate(json.loads(text))
    except ValueError as error:
        raise CaseFileError(f"{place} is no question: {explain(error)}") from error
    if row.answerable and not row.gold:
        raise CaseFileError(
            f"{place}: question {row.id} has no gold article: "
            'name it in `gold`, or mark the row `"answerable": false`'
        )
    return row


def _measures(rankings: Sequence[Ranking], k: int) -> dict[str, Mean]:
    found = [(ranking.ids, ranking.question.gold) for ranking in rankings]
    cuts = [*(cut for cut in _CUTS if cut < k), k]
    values = {f"hit@{cut}": [float(hit(ids, gold, cut)) for ids, gold in found] for cut in cuts}
    values[f"nDCG@{k}"] = [ndcg(ids, gold, k) for ids, gold in found]
    values[f"MRR@{k}"] = [reciprocal_rank(ids, gold, k) for ids, gold in found]
    return {name: mean(observed) for name, observed in values.items()}
