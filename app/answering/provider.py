"""One provider's chat model, opened by name: text as it streams, in typed errors.

Providers' adapters raise whatever they like. Here every failure becomes a `FailedCallError` that
says what it was, whether trying again may help, and how long the provider asks us to wait. Its
words are ours alone: a provider's own message may repeat the request, key included.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import JsonValue, SecretStr

from app.answering.allowance import Allowance
from app.answering.breaker import Breaker
from app.errors import (
    AnswererError,
    ModelOutputError,
    ModelRateLimitError,
    ModelTimeoutError,
)
from app.price import Price
from app.prompts.registry import Message
from app.telemetry.spending import payer
from knowledge_base.retry_after import asked_wait_seconds

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

_TOO_MANY_REQUESTS = 429
_WORTH_ANOTHER_TRY = {408, 409, _TOO_MANY_REQUESTS}
_SERVER_ERROR = 500
_ADVICE = {
    400: "it refused the request: check that the model takes chat messages and fits the passages",
    401: "check its API key",
    403: "check what its API key may use",
    404: "check the model's name and base URL",
}
# How a provider says that a message is complete; a stream without it was cut.
_ENDINGS = {
    "anthropic": ("stop_reason",),
    "azure_openai": ("finish_reason", "status"),
    "ollama": ("done_reason",),
    "openai": ("finish_reason", "status"),
}
_NO_OPTION = re.compile(
    r"key|token$|secret|url|base|header|client|proxy|retries|timeout|^model|stream"
)
"""What of a model is set elsewhere, or must stay as it is."""


class FailedCallError(Exception):
    """One call of one model failed."""

    def __init__(
        self,
        error: AnswererError,
        *,
        worth_retry: bool,
        retry_after_seconds: float = 0.0,
        was_given_up: bool = False,
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.worth_retry = worth_retry
        self.retry_after_seconds = retry_after_seconds
        """How long the provider asks to wait; 0 where it doesn't say."""
        self.was_given_up = was_given_up
        """Whether the provider was at work still."""


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """Which chat model to open, and where."""

    name: str
    """`provider:model`."""
    base_url: str | None = None
    api_key: SecretStr | None = None
    price: Price | None = None
    breaker_failures: int = 0
    """Failures in a row after which it is left alone for a while; 0 for never."""
    options: Mapping[str, JsonValue] = field(default_factory=dict)
    """What else it is asked with, by LangChain's names."""


class StreamingModel(Protocol):
    """A chat model that streams, as those who ask it know it."""

    @property
    def name(self) -> str:
        """`provider:model`."""
        ...

    @property
    def price(self) -> Price | None:
        """What its tokens cost; None where that isn't known."""
        ...

    def stream(
        self, messages: Sequence[Message], allowance: Allowance
    ) -> AsyncGenerator["AIMessageChunk", None]:
        """Yield the reply's chunks as they arrive; see `ChatModel.stream`."""
        ...


OpenModel = Callable[[ModelAddress], StreamingModel]
"""Opens the chat model at an address; see `open_chat_model`."""


class ChatModel:
    """A chat model that streams."""

    def __init__(
        self,
        name: str,
        model: "BaseChatModel",
        price: Price | None,
        breaker: Breaker | None = None,
    ) -> None:
        self.name = name
        self.price = price
        self._breaker = breaker or Breaker(0)
        self._model: BaseChatModel = model

    async def stream(
        self, messages: Sequence[Message], allowance: Allowance
    ) -> AsyncGenerator["AIMessageChunk", None]:
        """Yield the reply's chunks as they arrive; closing the generator ends the request.

        Raises:
            FailedCallError: The provider failed, sent what can't be read, ended the stream
                before the reply was complete, or ran out of the time allowed; or it did so so
                often that it isn't asked now.
        """
        if not self._breaker.allows():
            payer().left_alone.append(self.name)
            alone = AnswererError(f"chat model {self.name} failed time after time: wait a moment")
            raise FailedCallError(alone, worth_retry=False)
        try:
            async with aclosing(self._stream(messages, allowance)) as chunks:
                async for chunk in chunks:
                    yield chunk
        except FailedCallError:
            self._breaker.failed()
            raise
        self._breaker.succeeded()

    async def _stream(
        self, messages: Sequence[Message], allowance: Allowance
    ) -> AsyncGenerator["AIMessageChunk", None]:
        endings = _ENDINGS.get(self.name.partition(":")[0], ())
        complete = not endings
        pairs = [(message.role, message.text) for message in messages]
        async with aclosing(self._model.astream(pairs)) as chunks:  # type: ignore[type-var]  # astream is a generator, typed as its iterator
            while (chunk := await self._next(chunks, allowance)) is not None:
                complete = complete or any(chunk.response_metadata.get(key) for key in endings)
                yield chunk
        if not complete:
            cut = AnswererError(f"chat model {self.name} ended its reply half-way: try again")
            raise FailedCallError(cut, worth_retry=True)

    async def _next(self, chunks: Any, allowance: Allowance) -> "AIMessageChunk | None":
        cancellations = _cancellations()
        try:
            return await self._in_time(chunks, allowance)
        finally:
            # LangChain waits for OpenAI's chunks with `asyncio.wait_for`. Before Python 3.12, that
            # loses a cancellation that comes together with a chunk.
            if _cancellations() > cancellations:
                raise asyncio.CancelledError

    async def _in_time(self, chunks: Any, allowance: Allowance) -> "AIMessageChunk | None":
        seconds = allowance.seconds_left()
        try:
            async with asyncio.timeout(seconds):
                chunk: AIMessageChunk | None = await anext(chunks, None)
        except TimeoutError:
            late = ModelTimeoutError(
                f"chat model {self.name} didn't answer within {allowance.seconds:.1f} seconds: "
                "try again, or raise CANDOR_MODEL_TIMEOUT_SECONDS"
            )
            raise FailedCallError(late, worth_retry=False, was_given_up=True) from None
        except Exception as error:  # noqa: BLE001 — each provider's adapter has its own errors
            raise _failed(self.name, error) from None
        return chunk


def _cancellations() -> int:
    """Return how often the running task was asked to end."""
    task = asyncio.current_task()
    return task.cancelling() if task else 0


def open_chat_model(address: ModelAddress) -> ChatModel:
    """Return the chat model at `address`; nothing is sent yet.

    Raises:
        AnswererError: The name has no known provider, its package isn't installed, the
            provider wants a key, or an option isn't for this place.
    """
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 — takes seconds

    provider, _, name = address.name.partition(":")
    if not (provider and name):
        raise AnswererError(f"chat model {address.name!r} isn't named as provider:model")
    if refused := sorted(name for name in address.options if _NO_OPTION.search(name.lower())):
        raise AnswererError(
            f"CANDOR_MODEL_OPTIONS may not hold {', '.join(refused)}: keys, addresses, time and "
            "retries have settings of their own"
        )
    try:
        model = init_chat_model(address.name, **_options(address))
    except ImportError as error:
        raise AnswererError(f"chat model {address.name}: {error}") from error
    except Exception as error:  # noqa: BLE001 — each provider's adapter has its own errors
        raise AnswererError(
            f"chat model {address.name} can't be opened ({type(error).__name__}): name it as "
            "provider:model, and give its key as CANDOR_MODEL_API_KEY or the provider's variable"
        ) from None
    breaker = Breaker(address.breaker_failures)
    return ChatModel(address.name, model, address.price, breaker)


def _options(address: ModelAddress) -> dict[str, Any]:
    options: dict[str, Any] = {**address.options, "max_retries": 0}
    if address.base_url:
        options["base_url"] = address.base_url
    if address.api_key:
        options["api_key"] = address.api_key.get_secret_value()
    if address.name.startswith(("openai:", "azure_openai:")):
        options["stream_usage"] = True
    return options


def _failed(name: str, error: Exception) -> FailedCallError:
    """Return what a provider's error means, told without its words."""
    status = _status(error)
    kind = type(error).__name__
    if status == _TOO_MANY_REQUESTS:
        refused = ModelRateLimitError(f"chat model {name} refuses for now (429): try again later")
        return FailedCallError(refused, worth_retry=True, retry_after_seconds=_retry_after(error))
    if status is not None:
        advice = _ADVICE.get(status, "try again later")
        again = status in _WORTH_ANOTHER_TRY or status >= _SERVER_ERROR
        answered = AnswererError(f"chat model {name} answered {status} ({kind}): {advice}")
        return FailedCallError(answered, worth_retry=again, retry_after_seconds=_retry_after(error))
    if _is_connection_error(error):
        lost = AnswererError(
            f"the connection to chat model {name} failed ({kind}): check its base URL, or try again"
        )
        return FailedCallError(lost, worth_retry=True)
    unreadable = ModelOutputError(f"what chat model {name} sent can't be read ({kind}): try again")
    return FailedCallError(unreadable, worth_retry=True)


def _status(error: Exception) -> int | None:
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    return status if isinstance(status, int) else None


def _is_connection_error(error: Exception) -> bool:
    from langchain_core.exceptions import ModelConnectionError  # noqa: PLC0415 — takes seconds

    # Providers' clients stand on httpx or on httpx2, and either calls its error so.
    is_transport = any(kind.__name__ == "TransportError" for kind in type(error).__mro__)
    return is_transport or isinstance(error, (ModelConnectionError, OSError))


def _retry_after(error: Exception) -> float:
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    return asked_wait_seconds(headers)
