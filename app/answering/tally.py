"""What a model's reply takes while it streams: its length, and what the provider counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.answer import CallEnd, Purpose, Usage
from app.price import Price
from app.prompts.registry import Message
from app.telemetry.cost import Tokens, cost_usd, estimated_tokens

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk
    from langchain_core.messages.ai import UsageMetadata

FROM_CACHE = "from_cache"
"""What a chunk's response metadata has where the reply was kept: it took nothing."""
_MODEL_ID = "model_name"
_FINGERPRINT = "system_fingerprint"


class Tally:
    """Counts one reply of one model."""

    def __init__(self, model: str, price: Price | None) -> None:
        self._model = model
        self._price = price
        self.chars = 0
        """Length of the text so far."""
        self._usage: UsageMetadata | None = None
        self._from_cache = False
        self._told: dict[str, str] = {}
        """What the provider says of the model, by its own names."""

    @property
    def has_begun(self) -> bool:
        """True once the call has cost something."""
        return bool(self.chars or self._usage)

    def take(self, chunk: "AIMessageChunk") -> None:
        """Count one chunk."""
        from langchain_core.messages.ai import add_usage  # noqa: PLC0415 — takes seconds

        if chunk.usage_metadata:
            self._usage = add_usage(self._usage, chunk.usage_metadata)
        self._from_cache = self._from_cache or bool(chunk.response_metadata.get(FROM_CACHE))
        for name in (_MODEL_ID, _FINGERPRINT):
            if told := chunk.response_metadata.get(name):
                self._told[name] = str(told)
        self.chars += len(chunk.text)

    def usage(self, messages: Sequence[Message], purpose: Purpose, ending: CallEnd) -> Usage:
        """Return the provider's own numbers, or else an estimate that says so."""
        if self._from_cache:
            return Usage(self._model, 0, 0, cost_usd=0.0, from_cache=True, purpose=purpose)
        tokens = self._tokens(messages)
        return Usage(
            model=self._model,
            prompt_tokens=tokens.prompt,
            completion_tokens=tokens.completion,
            cost_usd=cost_usd(self._price, tokens),
            estimated=self._usage is None,
            cached_tokens=tokens.cached,
            purpose=purpose,
            ending=ending,
            served_model=self._told.get(_MODEL_ID),
            served_fingerprint=self._told.get(_FINGERPRINT),
        )

    def _tokens(self, messages: Sequence[Message]) -> Tokens:
        if self._usage is None:
            prompt = estimated_tokens(sum(len(message.text) for message in messages))
            return Tokens(prompt, estimated_tokens(self.chars))
        details = self._usage.get("input_token_details", {})
        return Tokens(
            prompt=self._usage["input_tokens"],
            completion=self._usage["output_tokens"],
            cached=details.get("cache_read", 0),
        )
