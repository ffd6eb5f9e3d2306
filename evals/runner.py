"""The runner: asks every case of a suite, in order, and scores what comes back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from app.answer import Answer, Exchange, Sentence, Usage
from evals.budget import Amount, Budget, Limits
from evals.case import Case
from evals.errors import EvalsError
from evals.metrics.citations import cited_article_ids
from evals.metrics.roster import METRICS
from evals.metrics.score import Metric, Score
from evals.results import Repeat, Result
from knowledge_base.errors import CandorError

OVER_BUDGET = "the budget left no room for another case"


class MeasuredAssistant(Protocol):
    """The assistant, as far as the runner needs it."""

    def answer(
        self, question: str, history: Sequence[Exchange] = (), at: date | None = None
    ) -> AsyncIterator[Sentence | Answer]:
        """Yield each released sentence, then exactly one answer."""
        ...


class Judge(Protocol):
    """A model that scores an answer."""

    @property
    def name(self) -> str:
        """The metric's name in results and reports."""
        ...

    async def score(self, case: Case, answer: Answer) -> Score:
        """Return the score; what can't be judged is unscored, never 0."""
        ...


@dataclass(frozen=True, slots=True)
class Runner:
    """Asks cases and scores the answers."""

    assistant: MeasuredAssistant
    day: date
    """The day that a case without its own is asked as of."""
    clock: Callable[[], float]
    """Seconds, from any start."""
    metrics: Sequence[Metric] = METRICS
    judges: Sequence[Judge] = ()
    budget: Budget = field(default_factory=lambda: Budget(Limits()))
    again: Sequence[MeasuredAssistant] = ()
    """Who is asked each case again, in turn, for its consistency."""

    @property
    def metric_names(self) -> tuple[str, ...]:
        """Names of everything that is scored, in the order of the report."""
        return (
            *(metric.name for metric in self.metrics),
            *(judge.name for judge in self.judges),
        )

    async def run(
        self, cases: Sequence[Case], *, concurrency: int = 1, on_result: Callable[[Result], None]
    ) -> tuple[Result, ...]:
        """Return the results in the cases' order; each is handed to `on_result` as it comes.

        Cases that the budget leaves no room for aren't asked, and not handed over.
        """
        places, settled = asyncio.Semaphore(concurrency), asyncio.Condition()

        async def in_turn(case: Case) -> Result:
            async with places:
                reserved = await self._reserved(case, settled)
                if reserved is None:
                    return Result(case, 0.0, not_asked=OVER_BUDGET)
                result = await self.ask(case)
                self.budget.settle(reserved, spent_by_question(result), spent_on_judging(result))
                async with settled:
                    settled.notify_all()
            on_result(result)
            return result

        return tuple(await asyncio.gather(*(in_turn(case) for case in cases)))

    async def _reserved(self, case: Case, settled: asyncio.Condition) -> Amount | None:
        """Return what is set aside for a case; None where all are settled and it doesn't fit."""
        async with settled:
            while (
                reserved := self.budget.reserve(questions_of(case, 1 + len(self.again)))
            ) is None:
                if not self.budget.has_open:
                    return None
                await settled.wait()
        return reserved

    async def ask(self, case: Case) -> Result:
        """Return what came of one case; an error of the assistant is a result too."""
        day = case.at or self.day
        started = self.clock()
        try:
            history, earlier = await self._history(case, day)
            started = self.clock()
            answer = await self._answer(case.question, history, day)
        except CandorError as error:
            return Result(case, self._since_ms(started), error=f"{type(error).__name__}: {error}")
        latency_ms = self._since_ms(started)
        return Result(
            case,
            latency_ms,
            answer,
            scores=await self._scores(case, answer),
            earlier_usage=earlier,
            repeats=await self._repeats(case),
        )

    async def _repeats(self, case: Case) -> tuple[Repeat, ...]:
        repeats = []
        for number, assistant in enumerate(self.again, start=1):
            other = replace(self, assistant=assistant, metrics=(), judges=(), again=())
            repeats.append(Repeat.of(number, await other.ask(case)))
        return tuple(repeats)

    async def _history(
        self, case: Case, day: date
    ) -> tuple[tuple[Exchange, ...], tuple[Usage, ...]]:
        history: tuple[Exchange, ...] = ()
        usage: tuple[Usage, ...] = ()
        for question in case.history:
            answer = await self._answer(question, history, day)
            history = (*history, exchange(question, answer))
            usage = (*usage, *answer.usage)
        return history, usage

    async def _answer(self, question: str, history: Sequence[Exchange], day: date) -> Answer:
        answers = [
            part
            async for part in self.assistant.answer(question, history, day)
            if isinstance(part, Answer)
        ]
        if len(answers) != 1:
            raise EvalsError(f"the assistant gave {len(answers)} answers to one question")
        return answers[0]

    async def _scores(self, case: Case, answer: Answer) -> tuple[Score, ...]:
        scores = [metric.score(case, answer) for metric in self.metrics]
        judged = [await judge.score(case, answer) for judge in self.judges]
        return (*scores, *judged)

    def _since_ms(self, started: float) -> float:
        return (self.clock() - started) * 1000


def questions_of(case: Case, times: int) -> int:
    """Return how many questions a case takes that is asked so many times, its history included."""
    return times * (len(case.history) + 1)


def spent_by_question(result: Result) -> tuple[Sequence[Usage], ...] | None:
    """Return the model calls of a case, its own question's last; None where they aren't known.

    Those of the history and of repeats are told apart from each other no more, and count as a
    question each.
    """
    if result.answer is None or any(repeat.error is not None for repeat in result.repeats):
        return None
    repeated = (usage for repeat in result.repeats for usage in repeat.usage)
    others = ((usage,) for usage in (*result.earlier_usage, *repeated))
    return (*others, result.answer.usage)


def spent_on_judging(result: Result) -> tuple[Usage, ...]:
    """Return the calls that judged a case."""
    return tuple(call for score in result.scores for call in score.usage)


def exchange(question: str, answer: Answer) -> Exchange:
    """Return a turn as the next one remembers it."""
    return Exchange(
        question=question,
        answer=answer.text,
        query=answer.question.query if answer.question else question,
        article_ids=cited_article_ids(answer),
    )
