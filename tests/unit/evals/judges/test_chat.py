import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from app.prompts.registry import Message
from evals.errors import JudgeError
from evals.judges.chat import OpenAICompatibleModel
from evals.settings import EvalsSettings
from tests.openai_server import (
    USAGE,
    Behaviour,
    OpenAIServer,
    an_openai_server,
    refuses,
    replies,
    sends_a_web_page,
    stalls,
)

MESSAGES = (Message("system", "Judge."), Message("user", "This."))


@contextmanager
def a_model(
    *script: Behaviour, timeout_seconds: float = 60
) -> Iterator[tuple[OpenAICompatibleModel, OpenAIServer]]:
    with an_openai_server(*script) as server:
        settings = EvalsSettings(
            judge_model="scripted",
            judge_base_url=server.base_url,
            judge_api_key=SecretStr("sk-secret"),
            judge_timeout_seconds=timeout_seconds,
        )
        yield OpenAICompatibleModel.from_settings(settings), server


class TestOpenAICompatibleModel:
    async def test_returns_the_reply_and_what_it_took(self) -> None:
        with a_model(replies("Fine.")) as (model, server):
            reply = await model.ask(MESSAGES)

        assert reply.text == "Fine."
        assert reply.usage.prompt_tokens == USAGE["prompt_tokens"]
        assert reply.usage.completion_tokens == USAGE["completion_tokens"]
        assert server.requests[0].body["messages"] == [
            {"role": "system", "content": "Judge."},
            {"role": "user", "content": "This."},
        ]
        assert server.requests[0].headers["authorization"] == "Bearer sk-secret"

    async def test_asks_a_busy_server_again(self) -> None:
        with a_model(refuses(429), replies("Fine.")) as (model, server):
            reply = await model.ask(MESSAGES)

        assert (reply.text, len(server.requests)) == ("Fine.", 2)

    async def test_tells_a_refusal_without_the_key(self) -> None:
        with (
            a_model(refuses(400)) as (model, server),
            pytest.raises(JudgeError, match="HTTP 400") as told,
        ):
            await model.ask(MESSAGES)

        assert "sk-secret" not in str(told.value)
        assert len(server.requests) == 1

    async def test_tells_that_no_completion_came(self) -> None:
        with a_model(sends_a_web_page()) as (model, _), pytest.raises(JudgeError, match="no chat"):
            await model.ask(MESSAGES)

    async def test_tells_that_the_time_is_up(self) -> None:
        with (
            a_model(stalls(), timeout_seconds=0.2) as (model, _),
            pytest.raises(JudgeError, match="scripted didn't answer"),
        ):
            await model.ask(MESSAGES)

    async def test_answers_many_asks_at_a_time_and_again_later(self) -> None:
        with a_model(replies("Fine.")) as (model, server):
            at_once = await asyncio.gather(*(model.ask(MESSAGES) for _ in range(5)))
            later = await model.ask(MESSAGES)

        assert {reply.text for reply in (*at_once, later)} == {"Fine."}
        assert len(server.requests) == 6

    def test_says_that_no_model_is_set(self) -> None:
        with pytest.raises(JudgeError, match="CANDOR_JUDGE_MODEL"):
            OpenAICompatibleModel.from_settings(EvalsSettings())

    def test_says_that_a_key_is_missing(self) -> None:
        with pytest.raises(JudgeError, match="CANDOR_JUDGE_API_KEY"):
            OpenAICompatibleModel.from_settings(EvalsSettings(judge_model="gpt"))
