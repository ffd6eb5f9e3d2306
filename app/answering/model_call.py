"""One call of a chat model: charged to the turn that it is made for, however it ends."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from app.answer import CallEnd, Purpose, Usage
from app.answering.provider import FailedCallError
from app.price import Price
from app.prompts.registry import Message
from app.telemetry.cost import worst_usd
from app.telemetry.spending import payer
from app.telemetry.traces import Attributes, call_span


class Counted(Protocol):
    """A reply that is counted while it streams."""

    @property
    def has_begun(self) -> bool:
        """True once something of it came."""
        ...

    def usage(self, messages: Sequence[Message], purpose: Purpose, ending: CallEnd) -> Usage:
        """Return what it took so far."""
        ...


@contextmanager
def charged(
    reply: Counted,
    messages: Sequence[Message],
    purpose: Purpose,
    *,
    model: str,
    price: Price | None,
    longest_chars: int,
) -> Iterator[None]:
    """Charge what the call in the block took to the turn that pays, also where it is broken off.

    A call that the provider refused costs nothing. One that we gave up before its first word does:
    the provider has read the prompt by then.

    Raises:
        BudgetReachedError: With a reply of `longest_chars` it could cost more than the turn may.
    """
    account, ending, given_up = payer(), CallEnd.COMPLETE, False
    prompt = "".join(message.text for message in messages)
    with account.holds(worst_usd(price, prompt, longest_chars)), call_span(model) as span:
        try:
            yield
        except FailedCallError as failed:
            ending, given_up = CallEnd.FAILED, failed.was_given_up
            span.fail(type(failed.error).__name__)
            raise
        except (asyncio.CancelledError, GeneratorExit):
            ending, given_up = CallEnd.CANCELLED, True
            raise
        finally:
            span.note({"candor.purpose": purpose, "candor.call.ending": ending})
            if reply.has_begun or given_up:
                usage = reply.usage(messages, purpose, ending)
                account.charge(usage)
                span.note(_attributes(usage))


def _attributes(usage: Usage) -> Attributes:
    return {
        "gen_ai.usage.input_tokens": usage.prompt_tokens,
        "gen_ai.usage.output_tokens": usage.completion_tokens,
        "gen_ai.usage.cache_read.input_tokens": usage.cached_tokens,
        "gen_ai.response.model": usage.served_model,
        "openai.response.system_fingerprint": usage.served_fingerprint,
        "candor.cost_usd": usage.cost_usd,
        "candor.cost_estimated": usage.estimated,
    }
