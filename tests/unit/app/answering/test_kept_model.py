import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path

import pytest
from langchain_core.messages import AIMessageChunk

from app.answer import CallEnd, Purpose
from app.answering.allowance import Allowance
from app.answering.kept_model import KeptChatModel
from app.answering.kept_replies import KeptReplies
from app.answering.provider import FailedCallError
from app.answering.tally import Tally
from app.errors import AnswererError
from app.prompts.registry import Message

MESSAGES = (Message("system", "Answer."), Message("user", "Boots?"))


class ScriptedModel:
    """Says the same pieces each time, or fails after them."""

    price = None

    def __init__(self, *pieces: str, name: str = "openai:x", fails: bool = False) -> None:
        self.name = name
        self.asked = 0
        self._pieces = pieces
        self._fails = fails

    async def stream(
        self, messages: Sequence[Message], allowance: Allowance
    ) -> AsyncGenerator[AIMessageChunk, None]:
        del messages, allowance
        self.asked += 1
        for piece in self._pieces:
            yield AIMessageChunk(content=piece)
        if self._fails:
            raise FailedCallError(AnswererError("cut"), worth_retry=True)


def kept(model: ScriptedModel, folder: Path, base_url: str | None = None) -> KeptChatModel:
    return KeptChatModel(model, base_url, KeptReplies(folder))


async def said(
    model: KeptChatModel, messages: Sequence[Message] = MESSAGES, *, pieces: int = 99
) -> list[AIMessageChunk]:
    ends_at = asyncio.get_running_loop().time() + 60
    heard: list[AIMessageChunk] = []
    async with aclosing(model.stream(messages, Allowance(ends_at, ends_at))) as chunks:
        async for chunk in chunks:
            heard.append(chunk)
            if len(heard) == pieces:
                break
    return heard


class TestKeptChatModel:
    async def test_says_again_what_was_said_without_asking(self, tmp_path: Path) -> None:
        model = ScriptedModel("30 ", "days.")
        first = await said(kept(model, tmp_path))

        again = await said(kept(model, tmp_path))

        assert [chunk.text for chunk in first] == ["30 ", "days."]
        assert [chunk.text for chunk in again] == ["30 days."]
        assert model.asked == 1

    async def test_takes_nothing_for_what_it_says_again(self, tmp_path: Path) -> None:
        model = ScriptedModel("30 days.")
        await said(kept(model, tmp_path))
        tally = Tally(model.name, None)

        for chunk in await said(kept(model, tmp_path)):
            tally.take(chunk)

        usage = tally.usage(MESSAGES, Purpose.ANSWER, CallEnd.COMPLETE)
        assert (usage.prompt_tokens, usage.completion_tokens, usage.cost_usd) == (0, 0, 0.0)
        assert (usage.from_cache, usage.estimated) == (True, False)

    @pytest.mark.parametrize(
        ("name", "base_url", "question"),
        [
            ("openai:y", "http://a", "Boots?"),
            ("openai:x", "http://b", "Boots?"),
            ("openai:x", "http://a", "Tents?"),
        ],
    )
    async def test_asks_where_anything_differs(
        self, tmp_path: Path, name: str, base_url: str, question: str
    ) -> None:
        await said(kept(ScriptedModel("30 days."), tmp_path, "http://a"))
        model = ScriptedModel("60 days.", name=name)
        messages = (MESSAGES[0], Message("user", question))

        (chunk,) = await said(kept(model, tmp_path, base_url), messages)

        assert (chunk.text, model.asked) == ("60 days.", 1)

    async def test_asks_where_its_options_differ(self, tmp_path: Path) -> None:
        replies, model = KeptReplies(tmp_path), ScriptedModel("30 days.")
        for temperature in (0, 1, 0):
            await said(KeptChatModel(model, None, replies, {"temperature": temperature}))

        assert model.asked == 2

    async def test_keeps_no_reply_that_failed(self, tmp_path: Path) -> None:
        with pytest.raises(FailedCallError):
            await said(kept(ScriptedModel("30 ", fails=True), tmp_path))

        (chunk,) = await said(kept(ScriptedModel("60 days."), tmp_path))

        assert chunk.text == "60 days."

    async def test_keeps_no_reply_that_was_not_heard_to_its_end(self, tmp_path: Path) -> None:
        await said(kept(ScriptedModel("30 ", "days."), tmp_path), pieces=1)

        (chunk,) = await said(kept(ScriptedModel("60 days."), tmp_path))

        assert chunk.text == "60 days."

    async def test_keeps_no_empty_reply(self, tmp_path: Path) -> None:
        await said(kept(ScriptedModel(" "), tmp_path))

        (chunk,) = await said(kept(ScriptedModel("60 days."), tmp_path))

        assert chunk.text == "60 days."
