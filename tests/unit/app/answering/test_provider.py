import asyncio
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, cast

import pytest
from langchain_core.messages import AIMessageChunk

from app.answering.allowance import Allowance
from app.answering.provider import ChatModel
from app.prompts.registry import Message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class Distracted:
    """Says a word and loses the cancellation that comes while it looks for the next one.

    So does `asyncio.wait_for` before Python 3.12, where both come together.
    """

    def __init__(self, *, fails: bool) -> None:
        self.is_waiting = asyncio.Event()
        self._fails = fails

    async def astream(self, _: object) -> AsyncGenerator[AIMessageChunk, None]:
        yield AIMessageChunk(content="Refunds")
        try:
            self.is_waiting.set()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if self._fails:
                raise ValueError("a chunk that can't be read") from None
        yield AIMessageChunk(content=" take 5 days.")


async def read(model: Distracted, heard: list[str]) -> None:
    ends_at = asyncio.get_running_loop().time() + 60
    chat = ChatModel("scripted:m", cast("BaseChatModel", model), None)
    chunks = chat.stream([Message("user", "How long?")], Allowance(ends_at, ends_at))
    async for chunk in chunks:
        heard += [chunk.text]


class TestStream:
    @pytest.mark.parametrize("fails", [False, True])
    async def test_ends_where_it_is_cancelled_though_a_provider_goes_on(
        self, *, fails: bool
    ) -> None:
        model = Distracted(fails=fails)
        heard: list[str] = []
        reading = asyncio.create_task(read(model, heard))
        await model.is_waiting.wait()
        reading.cancel()

        with pytest.raises(asyncio.CancelledError):
            await reading
        assert heard == ["Refunds"]
