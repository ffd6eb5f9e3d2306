"""One provider's chat model, opened by name: text as it streams, in typed errors.

Providers' adapters raise whatever they like. Here every failure becomes a `FailedCallError` that
says what it was, whether trying again may help, and how long the provider asks us to wait. Its
words are ours alone: a provider's own message may repeat the request, key included.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from app.answering.allowance import Allowance
from app.errors import (
    AnswererError,
    ModelOutputError,
    ModelRateLimitError,
    ModelTimeoutError,
)
from app.prompts.registry import Message
from app.settings import Price

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


class FailedCallError(Exception):
    """One call of one model failed."""

    def __init__(
        self, error: AnswererError, *, worth_retry: bool, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.worth_retry = worth_retry
        self.retry_after_seconds = retry_after_seconds
        """How long the provider asks to wait; None where it doesn't say."""


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """Which chat model to open, and where."""

    name: str
    """`provider:model`."""
    base_url: str | None = None
    api_key: SecretStr | None = None
    price: Price | None = None


class ChatModel:
    """A chat model that streams."""

    def __init__(self, name: str, model: "BaseChatModel", price: Price | None) -> None:
        self.name = name
        self.price = price
        self._model: BaseChatModel = model

    async def stream(
        self, messages: Sequence[Message], allowance: Allowance
    ) -> AsyncGenerator["AIMessageChunk", None]:
        """Yield the reply's chunks as they arrive; closing the generator ends the request.

        Raises:
            FailedCallError: The provider failed, sent what can't be read, ended the stream
                before the reply was complete, or ran out of the time allowed.
        """
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
        seconds = allowance.seconds_left()
        try:
            async with asyncio.timeout(seconds):
                chunk: AIMessageChunk | None = await anext(chunks, None)
        except TimeoutError:
            late = ModelTimeoutError(
                f"chat model {self.name} didn't answer within {allowance.seconds:.1f} seconds: "
                "try again, or raise CANDOR_MODEL_TIMEOUT_SECONDS"
            )
            raise FailedCallError(late, worth_retry=False) from None
        except Exception as error:  # noqa: BLE001 — each provider's adapter has its own errors
            raise _failed(self.name, error) from None
        return chunk


def open_chat_model(address: ModelAddress) -> ChatModel:
    """Return the chat model at `address`; nothing is sent yet.

    Raises:
        AnswererError: The name has no known provider, its package isn't installed, or the
            provider wants a key.
    """
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 — takes seconds

    provider, _, name = address.name.partition(":")
    if not (provider and name):
        raise AnswererError(f"chat model {address.name!r} isn't named as provider:model")
    try:
        model = init_chat_model(address.name, **_options(address))
    except ImportError as error:
        raise AnswererError(f"chat model {address.name}: {error}") from error
    except Exception as error:  # noqa: BLE001 — each provider's adapter has its own errors
        raise AnswererError(
            f"chat model {address.name} can't be opened ({type(error).__name__}): name it as "
            "provider:model, and give its key as CANDOR_MODEL_API_KEY or the provider's variable"
        ) from None
    return ChatModel(address.name, model, address.price)


def _options(address: ModelAddress) -> dict[str, Any]:
    options: dict[str, Any] = {"max_retries": 0}
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


def _retry_after(error: Exception) -> float | None:
    """Return the seconds that the Retry-After header asks for (RFC 9110, 10.2.3)."""
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    value = headers.get("retry-after", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        return _seconds_until(value)


def _seconds_until(http_date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(http_date)
    except ValueError:
        return None
    # A date in the zone -0000 comes without one; it is UTC (RFC 5322, 3.3).
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
