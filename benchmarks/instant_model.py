"""A chat model in the process itself, which answers at once with the first passage's first line."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

_FIRST_PASSAGE = re.compile(r'<passage number="1"[^>]*>\s*([^\n]+)')
_USAGE = {"input_tokens": 2000, "output_tokens": 40, "total_tokens": 2040}


class InstantModel(BaseChatModel):
    """Copies, in two pieces."""

    @property
    def _llm_type(self) -> str:
        return "instant"

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, *_: Any, **__: Any
    ) -> ChatResult:
        del stop
        text = "".join(_pieces(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    async def _astream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, *_: Any, **__: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        del stop
        for piece in _pieces(messages):
            yield ChatGenerationChunk(message=AIMessageChunk(piece))
        last = AIMessageChunk("", usage_metadata=_USAGE)  # type: ignore[arg-type] # a typed dict
        yield ChatGenerationChunk(message=last)


def _pieces(messages: Sequence[BaseMessage]) -> Iterator[str]:
    found = _FIRST_PASSAGE.search(str(messages[-1].content))
    yield found[1] if found else "NOT_COVERED"
    yield " [1]" if found else ""
