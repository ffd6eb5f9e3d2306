"""A chat model that writes the draft: any that LangChain opens by name.

The models are asked one after the other, each tried again after failures that may pass. That ends
with the first sentence: what a customer has read can't be taken back, so a failure after it ends
the turn as an error, and what was shown are whole sentences that went through the gate.

Time: the whole answer has `timeout_seconds`. Until its first sentence a model has an equal share
of what is left (with a fallback, the first model has half), then all of it.
"""

import asyncio
import math
import random
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing

import structlog

from app.answer import DraftSentence, Purpose, Question
from app.answering.allowance import Allowance
from app.answering.fences import fenced_passages, fenced_question
from app.answering.model_call import charged
from app.answering.provider import (
    FailedCallError,
    ModelAddress,
    OpenModel,
    StreamingModel,
    open_chat_model,
)
from app.answering.reply import MAX_REPLY_CHARS, Reply
from app.errors import AnswererError
from app.prompts.registry import Message, Prompt, load_prompt
from app.settings import AppSettings
from app.telemetry.cost import price_of
from knowledge_base.article import Passage

_FIRST_PAUSE_SECONDS = 0.25
"""Doubled with each further try, and stretched by up to as much again."""

_log = structlog.get_logger(__name__)


class ChatModelAnswerer:
    """Writes drafts with a chat model, and with its fallbacks where it fails."""

    def __init__(
        self,
        models: Sequence[StreamingModel],
        prompt: Prompt,
        *,
        timeout_seconds: float,
        max_retries: int,
        canary: str,
        deployment: Mapping[str, str] | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._models = tuple(models)
        self._prompt = prompt
        self._timeout_seconds = timeout_seconds
        self._max_retries = max_retries
        self._canary = canary
        self._deployment = deployment or {}
        self._jitter = jitter

    @property
    def model(self) -> str:
        """`provider:model` of the first model."""
        return self._models[0].name

    @property
    def prompt(self) -> str:
        """Prompt version, `answer.v1`."""
        return self._prompt.id

    @property
    def prompt_fingerprint(self) -> str:
        """SHA-256 of the prompt's file."""
        return self._prompt.fingerprint

    async def draft(
        self, question: Question, passages: Sequence[Passage]
    ) -> AsyncGenerator[DraftSentence, None]:
        """Yield the draft's sentences as they are ready.

        A sentence without a citation isn't yielded, nor is one with a marker that points at
        nothing. A model that says `NOT_COVERED`, or cites nothing at all, leaves the draft empty.

        Raises:
            AnswererError: The model failed, and so did its fallback; or it failed after its
                first sentence.
            BudgetReachedError: The turn may spend no more; no sentence was yielded before.
        """
        messages = self._messages(question, passages)
        ends_at = asyncio.get_running_loop().time() + self._timeout_seconds
        for index, model in enumerate(self._models):
            allowance = self._allowance(ends_at, len(self._models) - index)
            sentences = 0
            try:
                async with aclosing(self._ask(model, messages, passages, allowance)) as drafted:
                    async for sentence in drafted:
                        sentences += 1
                        yield sentence
            except FailedCallError as failed:
                _log.warning("model_failed", model=model.name, error=str(failed))
                if sentences or index == len(self._models) - 1:
                    raise failed.error from None
            else:
                return

    def _messages(self, question: Question, passages: Sequence[Passage]) -> tuple[Message, ...]:
        return self._prompt.render(
            {
                "passages": fenced_passages(passages),
                "day": question.at.isoformat(),
                "question": fenced_question(question),
                "canary": self._canary,
                **self._deployment,
            }
        )

    @staticmethod
    def _allowance(ends_at: float, models_left: int) -> Allowance:
        now = asyncio.get_running_loop().time()
        return Allowance(now + (ends_at - now) / models_left, ends_at)

    async def _ask(
        self,
        model: StreamingModel,
        messages: Sequence[Message],
        passages: Sequence[Passage],
        allowance: Allowance,
    ) -> AsyncGenerator[DraftSentence, None]:
        """Yield one model's draft, tried again while that may help and nothing was yielded."""
        for attempt in range(self._max_retries + 1):
            sentences = 0
            try:
                async with aclosing(_call(model, messages, passages, allowance)) as drafted:
                    async for sentence in drafted:
                        sentences += 1
                        yield sentence
            except FailedCallError as failed:
                pause = self._pause_seconds(attempt, failed)
                again = failed.worth_retry and not sentences and attempt < self._max_retries
                if not again or pause >= allowance.seconds_left():
                    raise
                await asyncio.sleep(pause)
            else:
                return

    def _pause_seconds(self, attempt: int, failed: FailedCallError) -> float:
        backoff = _FIRST_PAUSE_SECONDS * math.pow(2, attempt) * (1 + self._jitter())
        return max(backoff, failed.retry_after_seconds)


def build_chat_model_answerer(
    settings: AppSettings, canary: str, open_model: OpenModel = open_chat_model
) -> ChatModelAnswerer:
    """Return the answerer for `CANDOR_MODEL` and its fallback.

    `canary` is the mark that the prompt bears and that no answer may hold.

    Raises:
        AnswererError: No model is set, or one that is can't be opened.
        PromptError: The prompt's file is damaged.
    """
    if not settings.model:
        raise AnswererError("no chat model is set: set CANDOR_MODEL to provider:model")
    named = [
        (settings.model, settings.model_base_url, settings.model_api_key),
        (settings.fallback_model, settings.fallback_base_url, settings.fallback_api_key),
    ]
    addresses = [
        ModelAddress(
            name,
            base_url,
            key,
            price_of(name, settings.prices),
            settings.breaker_failures,
            settings.model_options,
        )
        for name, base_url, key in named
        if name
    ]
    prompt = load_prompt(settings.answer_prompt)
    return ChatModelAnswerer(
        [open_model(address) for address in addresses],
        prompt,
        timeout_seconds=settings.model_timeout_seconds,
        max_retries=settings.model_max_retries,
        canary=canary,
        deployment=deployment_inputs(prompt, settings),
    )


def deployment_inputs(prompt: Prompt, settings: AppSettings) -> dict[str, str]:
    """Return what the deployment sets of a prompt's inputs; versions before the third have none."""
    of_deployment = {"tone": settings.tone, "limits": settings.limits}
    return {name: text for name, text in of_deployment.items() if name in prompt.inputs}


async def _call(
    model: StreamingModel,
    messages: Sequence[Message],
    passages: Sequence[Passage],
    allowance: Allowance,
) -> AsyncGenerator[DraftSentence, None]:
    """Yield the sentences of one call."""
    reply = Reply(model.name, model.price, passages)
    with charged(
        reply,
        messages,
        Purpose.ANSWER,
        model=model.name,
        price=model.price,
        longest_chars=MAX_REPLY_CHARS,
    ):
        async with aclosing(model.stream(messages, allowance)) as chunks:
            async for chunk in chunks:
                for sentence in reply.take(chunk):
                    allowance.extend()
                    yield sentence
        for sentence in reply.finish():
            yield sentence
