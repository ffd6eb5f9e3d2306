"""An assistant whose chat model says hostile things, without a socket between them."""

import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from app.answer import Answer
from app.answering.chat_model import ChatModelAnswerer, deployment_inputs
from app.answering.provider import ChatModel
from app.assistant import Assistant
from app.errors import AnswererError
from app.grounding.gate import Gate
from app.library import OpenGeneration
from app.prompts.registry import load_prompt
from app.settings import AppSettings
from knowledge_base.scope import Scopes
from tests.builders import CANARY, a_passage, an_article
from tests.fakes import FixedLibrary, FixedSearch
from tests.hostile_replies import SUPPORTED, HostileReply, hostile_replies

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

LONGEST_SECONDS = 10.0
"""A turn takes milliseconds; on a busy machine it may take a while."""


@dataclass(frozen=True, slots=True)
class HeardOut:
    """What the assistant made of a hostile reply."""

    reply: HostileReply
    shown: str
    """Everything that the customer read."""
    crash: str
    """Kind of the error that isn't one of the answerer's, empty where there was none."""
    seconds: float

    @property
    def leaks(self) -> tuple[str, ...]:
        """What the customer mustn't have read."""
        return self.reply.leaks(self.shown)


class _Scripted:
    """Streams one reply, as LangChain's chat models do."""

    def __init__(self, chunks: Sequence["AIMessageChunk"]) -> None:
        self._chunks = chunks

    async def astream(self, _: object) -> AsyncGenerator["AIMessageChunk", None]:
        for chunk in self._chunks:
            yield chunk


async def hear_out(reply: HostileReply) -> HeardOut:
    """Return what the assistant makes of the reply."""
    began, shown, answers, crash = time.monotonic(), [], 0, ""
    try:
        async for event in _assistant(reply).answer("How long do refunds take?"):
            shown.append(event.text)
            answers += isinstance(event, Answer)
        crash = "" if answers == 1 else f"{answers} answers"
    except AnswererError as error:
        shown.append(str(error))
    except Exception as error:  # noqa: BLE001 — every other error is what is looked for
        crash = repr(error)
    return HeardOut(reply, "\n".join(shown), crash, time.monotonic() - began)


async def hear_all(count: int, seed: int) -> list[HeardOut]:
    """Return what the assistant makes of so many replies."""
    return [await hear_out(reply) for reply in hostile_replies(count, seed)]


def told(heard: Sequence[HeardOut]) -> dict[str, object]:
    """Return the counts of what happened."""
    return {
        "replies": len(heard),
        "crashes": sum(bool(one.crash) for one in heard),
        "unsupported": sum(bool(one.leaks) for one in heard),
        "too_slow": sum(one.seconds > LONGEST_SECONDS for one in heard),
        "slowest_seconds": round(max(one.seconds for one in heard), 2),
        "kinds_with_leaks": sorted({one.reply.kind for one in heard if one.leaks}),
    }


def _assistant(reply: HostileReply) -> Assistant:
    model = cast("BaseChatModel", _Scripted(reply.chunks))
    settings = AppSettings()
    prompt = load_prompt(settings.answer_prompt)
    answerer = ChatModelAnswerer(
        [ChatModel("scripted:hostile", model, None)],
        prompt,
        timeout_seconds=LONGEST_SECONDS * 3,
        max_retries=0,
        canary=CANARY,
        deployment=deployment_inputs(prompt, settings),
    )
    passages = [
        a_passage(article=an_article(text, article_id=str(number), title="Refunds"))
        for number, text in enumerate(SUPPORTED)
    ]
    return Assistant(
        library=FixedLibrary(OpenGeneration("g1", FixedSearch(passages), Scopes([]), answerer)),
        gate=Gate(),
        guardrails=(),
        contact="help@shop.example",
        today=lambda: date(2026, 11, 1),
    )
