"""Ragas's faithfulness, asked of a judge model; the only home of ragas.

Ragas breaks an answer into statements and lets the model say which of them the passages support
(Es et al. 2023, arXiv:2309.15217). What it can't judge is unscored with the reason, never 0.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from math import isnan
from typing import Any, Protocol, Self

from app.answer import Answer
from evals.case import Case
from evals.errors import JudgeError
from evals.metrics.score import Score
from evals.settings import EvalsSettings
from knowledge_base.errors import in_one_line

_RETRIES = 2
_LONGEST_REASON = 200


class JudgedValue(Protocol):
    """What ragas hands back."""

    @property
    def value(self) -> float:
        """Between 0 and 1; NaN where there is none."""
        ...


AskJudge = Callable[[str, str, list[str]], Awaitable[JudgedValue]]
"""Takes a question, its answer and the passages."""


class RagasFaithfulness:
    """Judges whether the passages support what an answer states."""

    name = "ragas_faithfulness"

    def __init__(
        self,
        ask: AskJudge,
        *,
        failures: tuple[type[Exception], ...],
        timeout_seconds: float,
        secret: str | None,
    ) -> None:
        self._ask = ask
        self._failures: tuple[type[Exception], ...] = (*failures, ValueError, TimeoutError)
        self._timeout_seconds = timeout_seconds
        self._secret = secret

    @classmethod
    def from_settings(cls, settings: EvalsSettings) -> Self:
        """Return the judge for `CANDOR_JUDGE_MODEL`.

        Raises:
            JudgeError: No model or key is set, or ragas isn't installed.
        """
        if not settings.judge_model:
            raise JudgeError("no judge model is set: set CANDOR_JUDGE_MODEL")
        _without_tracking()
        try:
            from instructor.core.exceptions import InstructorError  # noqa: PLC0415 - seconds
            from openai import AsyncOpenAI, OpenAIError  # noqa: PLC0415 - seconds
            from ragas.llms import llm_factory  # noqa: PLC0415 - five seconds
            from ragas.metrics.collections import Faithfulness  # noqa: PLC0415 - as above
        except ImportError as error:
            raise JudgeError(
                f"ragas isn't installed ({error}): install `candor[evals]` or unset "
                "CANDOR_JUDGE_MODEL"
            ) from error
        connection = _connection(settings)
        model = settings.judge_model
        try:
            secret = AsyncOpenAI(**connection).api_key
        except OpenAIError as error:
            raise JudgeError(f"{in_one_line(error)}: set CANDOR_JUDGE_API_KEY") from error

        async def ask(question: str, answer: str, passages: list[str]) -> JudgedValue:
            async with AsyncOpenAI(**connection) as client:
                metric = Faithfulness(llm=llm_factory(model, client=client))
                judged: JudgedValue = await metric.ascore(question, answer, passages)
                return judged

        return cls(
            ask,
            failures=(InstructorError, OpenAIError),
            timeout_seconds=settings.judge_timeout_seconds,
            secret=secret,
        )

    async def score(self, case: Case, answer: Answer) -> Score:
        """Return the share of supported statements; not applicable where nothing was released."""
        if not answer.sentences:
            return Score.not_applicable(self.name, "no sentence was released")
        contexts = [passage.chunk.text for passage in answer.passages]
        try:
            async with asyncio.timeout(self._timeout_seconds):
                judged = await self._ask(case.question, answer.text, contexts)
        except self._failures as error:
            return Score.unscored(self.name, self._said(error))
        if isnan(judged.value):
            return Score.unscored(self.name, "the judge found no statement in the answer")
        return Score.measured(self.name, float(judged.value))

    def _said(self, error: Exception) -> str:
        """Return the failure in one line, without the key that a server may repeat in it."""
        said = " ".join(str(error).split())
        if self._secret:
            said = said.replace(self._secret, "…")
        return f"{type(error).__name__}: {said[:_LONGEST_REASON]}"


def _without_tracking() -> None:
    """Turn off ragas's reports to its makers, which only this variable can do."""
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"  # noqa: TID251 - ragas reads it on import


def _connection(settings: EvalsSettings) -> dict[str, Any]:
    return {
        "api_key": _key(settings),
        "base_url": settings.judge_base_url,
        "timeout": settings.judge_timeout_seconds,
        "max_retries": _RETRIES,
    }


def _key(settings: EvalsSettings) -> str | None:
    """Return the key; a server of one's own gets a filler, as the client insists on some."""
    if settings.judge_api_key:
        return settings.judge_api_key.get_secret_value()
    return "none" if settings.judge_base_url else None
