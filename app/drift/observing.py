"""Asks the canary questions, and notes what came of each."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import date
from typing import Protocol

from app.answer import Answer, Exchange, Sentence, Usage
from app.drift.account import QuestionSpending
from app.drift.observation import CanaryQuestion, Observation, Pass
from app.errors import AppError
from app.grounding.receipt import Receipt
from app.telemetry.spending import Spending

_MS = 1000.0


class Answering(Protocol):
    """What answers a question: `app.assistant.Assistant`."""

    def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        at: date | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
        *,
        spending: Spending | None = None,
    ) -> AsyncIterator[Sentence | Answer]:
        """Yield each released sentence, then exactly one answer."""
        ...


async def asked(
    assistant: Answering,
    questions: Sequence[CanaryQuestion],
    day: date,
    *,
    concurrency: int = 4,
    on_answer: Callable[[], None] = lambda: None,
    account: Spending | None = None,
) -> Pass:
    """Return what the assistant made of the questions, by the rules of one day.

    `account` pays; a question that it can't pay for has failed.
    """
    free = asyncio.Semaphore(concurrency)
    whole = account or Spending()

    async def one(question: CanaryQuestion) -> Observation:
        async with free:
            observation = await observed(assistant, question, day, QuestionSpending(whole))
        on_answer()
        return observation

    return Pass(tuple(await asyncio.gather(*map(one, questions))))


async def observed(
    assistant: Answering, question: CanaryQuestion, day: date, paying: Spending
) -> Observation:
    """Return what the assistant made of one question; a model that fails is an observation too."""
    receipts: list[Receipt] = []
    answer = None
    try:
        async for step in assistant.answer(
            question.text, at=day, on_receipt=receipts.append, spending=paying
        ):
            if isinstance(step, Answer):
                answer = step
    except AppError as error:
        return _failed(question, str(error), paying.calls)
    if answer is None:
        return _failed(question, "the assistant ended without an answer", paying.calls)
    if answer.budget is not None:
        return _failed(question, "CANDOR_CANARY_BUDGET_USD is used up", paying.calls)
    return _observation(question, answer, receipts)


def _failed(question: CanaryQuestion, error: str, calls: Sequence[Usage]) -> Observation:
    """Return the observation of a model that failed, with what it took until then."""
    return Observation(
        question.id,
        None,
        completion_tokens=sum(one.completion_tokens for one in calls),
        prompt_tokens=sum(one.prompt_tokens for one in calls),
        cost_usd=_cost(calls),
        error=error,
    )


def _observation(
    question: CanaryQuestion, answer: Answer, receipts: Sequence[Receipt]
) -> Observation:
    return Observation(
        question=question.id,
        outcome=answer.outcome,
        holds=bool(receipts) and all(one.attempts[0].holds for one in receipts),
        draft=" ".join(one.attempts[0].text for one in receipts),
        seconds=answer.timings_ms.get("draft", 0.0) / _MS,
        completion_tokens=sum(one.completion_tokens for one in answer.usage),
        prompt_tokens=sum(one.prompt_tokens for one in answer.usage),
        cost_usd=_cost(answer.usage),
        models=_told(one.served_model for one in answer.usage),
        fingerprints=_told(one.served_fingerprint for one in answer.usage),
    )


def _cost(calls: Sequence[Usage]) -> float | None:
    """Return what the calls cost, None where there is none or one of them has no known price."""
    costs = [one.cost_usd for one in calls]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known and len(known) == len(costs) else None


def _told(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))
