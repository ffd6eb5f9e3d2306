"""Cases, answers and an assistant with set answers, for the tests of the evaluations."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from app.answer import Answer, Citation, Exchange, Outcome, Question, Sentence, Usage
from evals.case import Case, Kind, Part
from evals.metrics.score import Score
from evals.recorded import RecordedRun
from evals.results import Result
from evals.run import RunFolder
from evals.summary import summarise
from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.errors import CandorError

SUITE_DAY = date(2026, 11, 1)


def a_case(
    case_id: str = "c1",
    *,
    kind: Kind = Kind.ANSWERABLE,
    part: Part = Part.BEFORE,
    question: str = "How long do I have to bring boots back?",
    history: tuple[str, ...] = (),
    at: date | None = None,
    outcomes: tuple[Outcome, ...] = (Outcome.ANSWERED,),
    articles: tuple[str, ...] = ("returns",),
    must: tuple[tuple[str, ...], ...] = (),
    must_not: tuple[str, ...] = (),
) -> Case:
    return Case(
        id=case_id,
        kind=kind,
        part=part,
        question=question,
        history=history,
        at=at,
        outcomes=outcomes,
        articles=articles,
        must=must,
        must_not=must_not,
        note="",
    )


def an_uncovered_case(case_id: str = "u1", *, kind: Kind = Kind.UNCOVERED) -> Case:
    return a_case(case_id, kind=kind, outcomes=(Outcome.ABSTAINED,), articles=())


def a_passage_of(article_id: str, body: str) -> Passage:
    article = Article(id=article_id, title=article_id.title(), body=body, path=f"{article_id}.md")
    return Passage(Chunk(article_id, (), 0, len(body), body), article, score=1.0)


def a_sentence(text: str, *, cites: str | None = None, article_id: str = "returns") -> Sentence:
    """Return a sentence that cites the whole of a body, its own text by default."""
    body = text if cites is None else cites
    return Sentence(text, (Citation(a_passage_of(article_id, body), 0, len(body)),))


def an_answer(
    *sentences: Sentence,
    outcome: Outcome = Outcome.ANSWERED,
    text: str | None = None,
    query: str | None = None,
    usage: tuple[Usage, ...] = (),
    passages: tuple[Passage, ...] | None = None,
) -> Answer:
    cited = tuple(c.passage for sentence in sentences for c in sentence.citations)
    return Answer(
        outcome=outcome,
        text=" ".join(s.text for s in sentences) if text is None else text,
        sentences=sentences,
        question=Question(query, query, SUITE_DAY) if query else None,
        passages=cited if passages is None else passages,
        generation="g1",
        usage=usage,
    )


def an_abstention() -> Answer:
    return an_answer(outcome=Outcome.ABSTAINED, text="Our articles don't cover this.")


class ScriptedAssistant:
    """Gives each question its set answer, or raises its set error, and notes what it was asked."""

    def __init__(self, answers: Mapping[str, Answer | CandorError]) -> None:
        self._answers = answers
        self.asked: list[tuple[str, tuple[Exchange, ...], date | None]] = []

    async def answer(
        self, question: str, history: Sequence[Exchange] = (), at: date | None = None
    ) -> AsyncIterator[Sentence | Answer]:
        self.asked.append((question, tuple(history), at))
        answer = self._answers[question]
        if isinstance(answer, CandorError):
            raise answer
        for sentence in answer.sentences:
            yield sentence
        yield answer


def a_recorded_run(
    *results: Result, name: str = "run", suite: str = "mine.v1", sha256: str = "abc"
) -> RecordedRun:
    config = {"suite": {"name": suite, "sha256": sha256}, "generation": "g1", "day": "2026-11-01"}
    return RecordedRun(Path(name), config, results)


def a_scored_result(case: Case, *scores: Score, answer: Answer | None = None) -> Result:
    return Result(case, 5.0, answer or an_answer(a_sentence("30 days.")), scores=scores)


def passed(*, right: bool, reason: str = "") -> Score:
    return Score.passed("passed", right=right, reason=reason)


def a_written_run(path: Path, *results: Result, sha256: str = "abc") -> Path:
    """Write a run that has ended to a folder, and return the folder."""
    folder = RunFolder(path)
    config = dict(a_recorded_run(sha256=sha256).config)
    metrics = tuple(dict.fromkeys(score.metric for one in results for score in one.scores))
    folder.begin(config)
    folder.finish(config, results, summarise("mine.v1", results, metrics, {}))
    return path
