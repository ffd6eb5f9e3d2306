"""A chat model that isn't asked the same twice: its whole replies are kept by content."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import JsonValue

from app.answering.allowance import Allowance
from app.answering.kept_replies import KeptReplies
from app.answering.provider import ModelAddress, OpenModel, StreamingModel, open_chat_model
from app.answering.tally import FROM_CACHE
from app.price import Price
from app.prompts.registry import Message

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk


class KeptChatModel:
    """A chat model before which the replies that it gave stand; see `StreamingModel`."""

    def __init__(
        self,
        model: StreamingModel,
        base_url: str | None,
        replies: KeptReplies,
        options: Mapping[str, JsonValue] = MappingProxyType({}),
    ) -> None:
        self._model = model
        self._base_url = base_url
        self._replies = replies
        self._options = options

    @property
    def name(self) -> str:
        """`provider:model`."""
        return self._model.name

    @property
    def price(self) -> Price | None:
        """What its tokens cost when it is asked."""
        return self._model.price

    async def stream(
        self, messages: Sequence[Message], allowance: Allowance
    ) -> AsyncGenerator["AIMessageChunk", None]:
        """Yield a kept reply in one chunk that took nothing, or else the model's own chunks.

        A reply is kept when it has come to its end and says something.

        Raises:
            FailedCallError: As the model does.
        """
        asked = self._asked(messages)
        kept = self._replies.get(asked)
        if kept is not None:
            yield _chunk(kept)
            return
        said = ""
        async with aclosing(self._model.stream(messages, allowance)) as chunks:
            async for chunk in chunks:
                said += chunk.text
                yield chunk
        if said.strip():
            self._replies.keep(asked, said)

    def _asked(self, messages: Sequence[Message]) -> dict[str, object]:
        return {
            "model": self.name,
            "base_url": self._base_url,
            "options": dict(self._options),
            "messages": [[message.role, message.text] for message in messages],
        }


def opening(replies: KeptReplies | None) -> OpenModel:
    """Return what opens chat models; with `replies`, ones that aren't asked the same twice."""
    return open_chat_model if replies is None else partial(_open, replies)


def _open(replies: KeptReplies, address: ModelAddress) -> KeptChatModel:
    return KeptChatModel(open_chat_model(address), address.base_url, replies, address.options)


def _chunk(text: str) -> "AIMessageChunk":
    from langchain_core.messages import AIMessageChunk  # noqa: PLC0415 — takes seconds

    return AIMessageChunk(content=text, response_metadata={FROM_CACHE: True})
