"""Chat models that the gate asks: the author of a draft, to repair it, and a judge.

Each is asked once, within a time of its own, and never a second time: where nothing of use comes,
the gate goes on without, to a quote.
"""

import asyncio
import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

import structlog
from pydantic import SecretStr

from app.answer import DraftSentence, Purpose, Question
from app.answering.allowance import Allowance
from app.answering.fences import fenced_passages, fenced_question, without_fences
from app.answering.model_call import charged
from app.answering.provider import (
    FailedCallError,
    ModelAddress,
    OpenModel,
    StreamingModel,
    open_chat_model,
)
from app.answering.reply import MAX_REPLY_CHARS, Reply
from app.answering.tally import Tally
from app.grounding.gate import Opinion, Repair
from app.grounding.verdict import Claim, Finding, Verdict
from app.prompts.registry import Prompt, load_prompt
from app.settings import AppSettings
from app.telemetry.cost import price_of
from knowledge_base.article import Passage

_LONGEST_JUDGEMENT = 1_000
_JUDGEMENT = re.compile(r"(SUPPORTED|CONTRADICTED|NOT_ENOUGH_INFO)\s*:\s*(\S[^\n]{0,499})")
_SUPPORTS = {Verdict.SUPPORTED: 1.0, Verdict.NOT_ENOUGH_INFO: 0.5, Verdict.CONTRADICTED: 0.0}

_log = structlog.get_logger(__name__)


class ChatModelRepairer:
    """Has the author of a draft write a sentence again; see `app.grounding.gate.Repairer`."""

    def __init__(self, model: StreamingModel, prompt: Prompt, *, timeout_seconds: float) -> None:
        self._model = model
        self._prompt = prompt
        self._timeout_seconds = timeout_seconds

    async def repair(
        self,
        draft: DraftSentence,
        objections: Sequence[Finding],
        passages: Sequence[Passage],
        asked: Question,
    ) -> Repair:
        """Return the first sentence that the model writes with a passage that it was given."""
        told = "\n".join(f"- {one.claim.text}: {one.reason}" for one in objections)
        inputs = {**_inputs(draft.text, passages, asked), "objections": without_fences(told)}
        messages = self._prompt.render(inputs)
        reply = Reply(self._model.name, self._model.price, passages)
        sentences: list[DraftSentence] = []
        try:
            with charged(
                reply,
                messages,
                Purpose.REPAIR,
                model=self._model.name,
                price=self._model.price,
                longest_chars=MAX_REPLY_CHARS,
            ):
                stream = self._model.stream(messages, _allowance(self._timeout_seconds))
                async with aclosing(stream) as chunks:
                    async for chunk in chunks:
                        sentences += reply.take(chunk)
                sentences += reply.finish()
        except FailedCallError as failed:
            _log.warning("repair_failed", model=self._model.name, error=str(failed))
            return Repair(None)
        return Repair(sentences[0] if sentences else None)


class ChatModelJudge:
    """Judges a sentence; see `app.grounding.gate.Judge`."""

    def __init__(self, model: StreamingModel, prompt: Prompt, *, timeout_seconds: float) -> None:
        self._model = model
        self._prompt = prompt
        self._timeout_seconds = timeout_seconds

    async def judge(self, sentence: str, passages: Sequence[Passage], asked: Question) -> Opinion:
        """Return the model's verdict; one that can't be had or read is no support."""
        messages = self._prompt.render(_inputs(sentence, passages, asked))
        tally, text = Tally(self._model.name, self._model.price), ""
        try:
            with charged(
                tally,
                messages,
                Purpose.JUDGE,
                model=self._model.name,
                price=self._model.price,
                longest_chars=_LONGEST_JUDGEMENT,
            ):
                stream = self._model.stream(messages, _allowance(self._timeout_seconds))
                async with aclosing(stream) as chunks:
                    async for chunk in chunks:
                        tally.take(chunk)
                        text += chunk.text
                        if len(text) > _LONGEST_JUDGEMENT:
                            break
        except FailedCallError as failed:
            _log.warning("judge_failed", model=self._model.name, error=str(failed))
            return Opinion(_unjudged(sentence, "the judge failed"))
        return Opinion(_read(sentence, text))


def build_repairer(
    settings: AppSettings, open_model: OpenModel = open_chat_model
) -> ChatModelRepairer | None:
    """Return what repairs the drafts of `CANDOR_MODEL`, None where it may not or isn't set.

    Raises:
        AnswererError: The model can't be opened.
        PromptError: The prompt's file is damaged.
    """
    if not settings.model or not settings.repairs:
        return None
    address = _address(settings, settings.model, settings.model_base_url, settings.model_api_key)
    return ChatModelRepairer(
        open_model(replace(address, options=settings.model_options)),
        load_prompt(settings.repair_prompt),
        timeout_seconds=settings.gate_timeout_seconds,
    )


def build_judge(
    settings: AppSettings, open_model: OpenModel = open_chat_model
) -> ChatModelJudge | None:
    """Return the judge of `CANDOR_GATE_JUDGE_MODEL`, None where it isn't set.

    Raises:
        AnswererError: The model can't be opened.
        PromptError: The prompt's file is damaged.
    """
    name, base_url = settings.gate_judge_model, settings.gate_judge_base_url
    if not name:
        return None
    return ChatModelJudge(
        open_model(_address(settings, name, base_url, settings.gate_judge_api_key)),
        load_prompt(settings.judge_prompt),
        timeout_seconds=settings.gate_timeout_seconds,
    )


def _address(
    settings: AppSettings, name: str, base_url: str | None, key: SecretStr | None
) -> ModelAddress:
    return ModelAddress(
        name, base_url, key, price_of(name, settings.prices), settings.breaker_failures
    )


def _inputs(draft: str, passages: Sequence[Passage], asked: Question) -> dict[str, str]:
    return {
        "passages": fenced_passages(passages),
        "day": asked.at.isoformat(),
        "question": fenced_question(asked),
        "draft": without_fences(draft),
    }


def _allowance(seconds: float) -> Allowance:
    ends_at = asyncio.get_running_loop().time() + seconds
    return Allowance(ends_at, ends_at)


def _read(sentence: str, text: str) -> Finding:
    read = _JUDGEMENT.fullmatch(text.strip())
    if read is None:
        return _unjudged(sentence, "the judge's reply can't be read")
    verdict = Verdict(read[1])
    return _finding(sentence, verdict, _SUPPORTS[verdict], read[2])


def _unjudged(sentence: str, reason: str) -> Finding:
    return _finding(sentence, Verdict.NOT_ENOUGH_INFO, 0.0, reason)


def _finding(sentence: str, verdict: Verdict, support: float, reason: str) -> Finding:
    return Finding(Claim(sentence, 0, len(sentence)), verdict, support, reason, "judge")
