"""Judge models behind any OpenAI-compatible server, asked over HTTP without a vendor's library."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol, Self

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from app.answer import Usage
from app.price import Price
from app.prompts.registry import Message
from app.telemetry.cost import Tokens, cost_usd, estimated_tokens, price_of
from evals.errors import JudgeError
from evals.settings import EvalsSettings

_OPENAI = "https://api.openai.com/v1"
_TRIES = 3
_FIRST_WAIT_SECONDS = 0.5
_LONGEST_FACT = 200
_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True)
class ChatReply:
    """What a model said, and what it took."""

    text: str
    usage: Usage


class JudgeModel(Protocol):
    """A chat model that is asked for a judgement."""

    @property
    def model(self) -> str:
        """The model's name at its server."""
        ...

    @property
    def price(self) -> Price | None:
        """What its tokens cost; None where that isn't known."""
        ...

    async def ask(self, messages: Sequence[Message], *, repeat: int = 0) -> ChatReply:
        """Return the model's reply.

        `repeat` tells asks of the same apart that are meant to be several: none of them is
        answered by what was said to another.

        Raises:
            JudgeError: None came.
        """
        ...


class OpenAICompatibleModel:
    """A model at `CANDOR_JUDGE_BASE_URL`, or at OpenAI where none is set.

    A server that is busy or fails is asked again, three times in all.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None,
        key: SecretStr | None,
        timeout_seconds: float,
        price: Price | None = None,
    ) -> None:
        self.model = model
        self.price = price
        self._url = f"{(base_url or _OPENAI).rstrip('/')}/chat/completions"
        self._key = key
        self._timeout_seconds = timeout_seconds
        self._tls = ssl.create_default_context()
        self._client: httpx.AsyncClient | None = None
        self._under_way = 0

    @classmethod
    def from_settings(cls, settings: EvalsSettings) -> Self:
        """Return the model of `CANDOR_JUDGE_MODEL`.

        Raises:
            JudgeError: No model or key is set.
        """
        if not settings.judge_model:
            raise JudgeError("no judge model is set: set CANDOR_JUDGE_MODEL")
        if not settings.judge_api_key and not settings.judge_base_url:
            raise JudgeError(
                f"no key is set for the judge {settings.judge_model}: set CANDOR_JUDGE_API_KEY, "
                "or CANDOR_JUDGE_BASE_URL for a server of your own"
            )
        return cls(
            settings.judge_model,
            base_url=settings.judge_base_url,
            key=settings.judge_api_key,
            timeout_seconds=settings.judge_timeout_seconds,
            price=price_of(settings.judge_model, settings.prices),
        )

    async def ask(self, messages: Sequence[Message], *, repeat: int = 0) -> ChatReply:
        """Return the model's reply; see `JudgeModel.ask`."""
        del repeat
        body = {
            "model": self.model,
            "messages": [{"role": one.role, "content": one.text} for one in messages],
        }
        try:
            async with asyncio.timeout(self._timeout_seconds):
                response = await self._sent(body)
        except (httpx.HTTPError, TimeoutError) as error:
            raise JudgeError(self._fact(f"{type(error).__name__} {error}")) from error
        if response.is_error:
            raise JudgeError(self._fact(f"HTTP {response.status_code} {response.text}"))
        text, tokens = _read(response)
        return ChatReply(
            text, usage_of(self, tokens or _estimated(messages, text), estimated=tokens is None)
        )

    async def _sent(self, body: Mapping[str, object]) -> httpx.Response:
        headers = {"authorization": f"Bearer {self._key.get_secret_value()}"} if self._key else {}
        async with self._connected() as client:
            for tried in range(1, _TRIES + 1):
                response = await client.post(self._url, json=body, headers=headers)
                if not _may_pass(response) or tried == _TRIES:
                    break
                await asyncio.sleep(_FIRST_WAIT_SECONDS * 2 ** (tried - 1))
        return response

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[httpx.AsyncClient]:
        """Yield a client that all asks under way share, and that the last of them closes."""
        if self._client is None:
            self._client = httpx.AsyncClient(verify=self._tls, timeout=self._timeout_seconds)
        client, self._under_way = self._client, self._under_way + 1
        try:
            yield client
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._client = None
                await client.aclose()

    def _fact(self, said: str) -> str:
        """Return the failure in one line, without the key that a server may repeat in it."""
        line = " ".join(said.split())
        if self._key and self._key.get_secret_value():
            line = line.replace(self._key.get_secret_value(), "…")
        return f"the judge {self.model} didn't answer: {line[:_LONGEST_FACT]}"


def _may_pass(response: httpx.Response) -> bool:
    return response.status_code == _TOO_MANY_REQUESTS or response.status_code >= _SERVER_ERRORS


class _Spoken(BaseModel):
    model_config = ConfigDict(extra="ignore")

    content: str


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")

    message: _Spoken


class _Usage(BaseModel):
    model_config = ConfigDict(extra="ignore")

    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(BaseModel):
    """The parts of a chat completion that are read."""

    model_config = ConfigDict(extra="ignore")

    choices: tuple[_Choice, ...] = Field(min_length=1)
    usage: _Usage | None = None


def usage_of(model: JudgeModel, tokens: Tokens, *, estimated: bool = False) -> Usage:
    """Return what a call of a judge's model took."""
    return Usage(
        model.model, tokens.prompt, tokens.completion, cost_usd(model.price, tokens), estimated
    )


def unanswered(model: JudgeModel, messages: Sequence[Message]) -> Usage:
    """Return what a call that failed is reckoned to have taken: what was sent."""
    return usage_of(model, _estimated(messages, ""), estimated=True)


def _estimated(messages: Sequence[Message], said: str) -> Tokens:
    sent = sum(len(message.text) for message in messages)
    return Tokens(estimated_tokens(sent), estimated_tokens(len(said)))


def _read(response: httpx.Response) -> tuple[str, Tokens | None]:
    try:
        completion = _Completion.model_validate_json(response.content)
    except ValidationError as error:
        raise JudgeError("the judge's server sent no chat completion") from error
    text, usage = completion.choices[0].message.content, completion.usage
    return text, Tokens(usage.prompt_tokens, usage.completion_tokens) if usage else None
