"""Live scoring: a sample of the customers' answers by those metrics that need no right answer.

With a judge, a model says of each what it thinks, while the money that is set aside for it lasts.

The answers are read from the store, where personal data is masked, and put together again with the
articles of the generation that they were made from; where that is gone, they aren't scored.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from app.answer import Answer, Citation, Outcome, Question, Sentence
from app.errors import NotFoundError
from app.store.conversations import Conversations
from app.store.live import LiveScore, LiveTurns
from app.store.records import CitationRecord, Turn
from evals.case import Case, Kind, Part
from evals.judges.claim_judge import JUDGED_FAITHFULNESS
from evals.live_judging import LiveJudging
from evals.metrics.faithfulness import Faithfulness
from evals.metrics.invented_policy import NoInventedPolicy
from evals.metrics.relevance import AnswerRelevance
from evals.metrics.score import Metric, Score
from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.generations.generation import read_articles
from knowledge_base.generations.publication import GENERATIONS, is_generation_id

LOW: Mapping[str, float] = MappingProxyType(
    {
        Faithfulness.name: 1.0,
        NoInventedPolicy.name: 1.0,
        JUDGED_FAITHFULNESS: 1.0,
        AnswerRelevance.name: 0.2,
    }
)
"""Below which value a person looks at an answer: every flaw of the first three, and an answer that
takes up nearly nothing of what was asked."""

Articles = Callable[[str], Mapping[str, Article] | None]
"""Returns the articles of a generation, None where it isn't kept."""


@dataclass(frozen=True, slots=True)
class LiveRun:
    """What one run scored."""

    turns: int
    low: int
    """Answers that a person should look at."""
    gone: int
    """Answers that couldn't be scored: their generation isn't kept, or they were forgotten."""
    left: int
    """Sampled answers that the limit left for the next run."""
    judged: int = 0
    """Answers that the judge was asked about."""
    cost_usd: float = 0.0
    """What the judge cost."""


class LiveScoring:
    """Scores a sample of the answers that customers got."""

    def __init__(
        self,
        live: LiveTurns,
        store: Conversations,
        articles: Articles,
        timezone: tzinfo,
        judging: LiveJudging | None = None,
    ) -> None:
        self._live = live
        self._store = store
        self._articles = articles
        self._timezone = timezone
        self._judging = judging
        self._metrics = cache(self._built)

    def run(self, since: datetime, until: datetime, *, share: float, most: int) -> LiveRun:
        """Score a share of the answers of a span of time that have no score yet, and keep that."""
        return asyncio.run(self._run(since, until, share, most))

    async def _run(self, since: datetime, until: datetime, share: float, most: int) -> LiveRun:
        waiting = self._live.unscored(since, until, share)
        low = gone = judged = 0
        for turn in waiting[:most]:
            scores = await self._scores(turn)
            self._live.keep_scores(scores, until)
            low += any(one.is_low for one in scores)
            gone += not scores
            judged += any(one.metric == JUDGED_FAITHFULNESS for one in scores)
        scored = len(waiting[:most]) - gone
        spent = self._judging.spent_usd if self._judging else 0.0
        return LiveRun(scored, low, gone, len(waiting[most:]), judged, spent)

    async def _scores(self, turn: str) -> Sequence[LiveScore]:
        try:
            found = self._store.turn(turn)
        except NotFoundError:
            return ()
        generation = found.answer.generation if found.answer else None
        articles = self._articles(generation) if generation else None
        answer = answer_of(found, articles, self._day(found)) if articles else None
        if answer is None or generation is None:
            return ()
        case = _case(found, self._day(found))
        scores = [metric.score(case, answer) for metric in self._metrics(generation)]
        if self._judging and (judged := await self._judging.score(case, answer)):
            scores.append(judged)
        return [_live_score(turn, one) for one in scores]

    def _built(self, generation: str) -> Sequence[Metric]:
        articles = tuple((self._articles(generation) or {}).values())
        invented = NoInventedPolicy(articles, date.min)  # each case has its own day
        return (Faithfulness(), invented, AnswerRelevance(articles))

    def _day(self, turn: Turn) -> date:
        return turn.at or turn.created.astimezone(self._timezone).date()


def answer_of(turn: Turn, articles: Mapping[str, Article], day: date) -> Answer | None:
    """Return a turn's answer with its citations, None where an article isn't there."""
    if turn.answer is None:
        return None
    cited = {cite.article for said in turn.sentences for cite in said.citations}
    if not cited <= articles.keys():
        return None
    sentences = tuple(
        Sentence(
            said.text, tuple(_citation(one, articles[one.article], day) for one in said.citations)
        )
        for said in turn.sentences
    )
    passages = [citation.passage for one in sentences for citation in one.citations]
    return Answer(
        outcome=turn.answer.outcome,
        text=turn.answer.text,
        sentences=sentences,
        question=Question(turn.question, turn.answer.query, day),
        passages=tuple(passages),
        generation=turn.answer.generation,
        model=turn.answer.model,
    )


def articles_in(data_dir: Path) -> Articles:
    """Return what reads the articles of the data folder's generations, each once."""
    return cache(partial(_read, data_dir))


def _read(data_dir: Path, generation: str) -> Mapping[str, Article] | None:
    folder = data_dir / GENERATIONS / generation
    if not is_generation_id(generation) or not folder.is_dir():
        return None
    return read_articles(folder)


def _citation(record: CitationRecord, article: Article, day: date) -> Citation:
    start, end = record.passage_start, record.passage_end
    heading = tuple(record.heading.split(" › ")) if record.heading else ()
    chunk = Chunk(article.id, heading, start, end, article.body[start:end])
    is_in_force = article.valid_from is None or article.valid_from <= day
    passage = Passage(chunk, article, score=0.0, in_force=is_in_force)
    return Citation(passage, record.start, record.end)


def _case(turn: Turn, day: date) -> Case:
    return Case(
        id=turn.id,
        kind=Kind.ANSWERABLE,
        part=Part.PRODUCTION,
        question=turn.question,
        history=(),
        at=day,
        outcomes=tuple(Outcome),
        articles=(),
        must=(),
        must_not=(),
        note="",
    )


def _live_score(turn: str, score: Score) -> LiveScore:
    is_low = score.value is not None and score.value < LOW[score.metric]
    return LiveScore(turn, score.metric, score.value, score.reason, is_low=is_low)
