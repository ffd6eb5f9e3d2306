"""A chat model behind the OpenAI protocol that silently gets worse, and is never quite the same.

It copies the first sentence of the first passage; one time in five it copies another one too, and
one time in fifty it gets a number wrong: that is its noise while nothing has changed. What drifts
is set from outside, between two requests.
"""

import json
import random
import re
import time
from dataclasses import dataclass

from tests.openai_server import Behaviour, Exchange

_PASSAGE = re.compile(r'<passage number="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_SENTENCE = re.compile(r"[A-Z][^.\n|]{20,200}\.(?=\s|$)")
_DIGITS = re.compile(r"\d+")
_CHARS_A_TOKEN = 4
SECONDS = 0.4


@dataclass
class Drift:
    """How the model differs from what it was."""

    worse: float = 0.0
    """Share of answers that are changed: half get a number wrong, half aren't given."""
    longer: bool = False
    """Whether it copies three sentences where it copied one."""
    slower: float = 1.0
    """How many times as long it takes."""
    model: str | None = None
    """What it calls itself, where that has changed."""


class DriftingModel:
    """Answers as it has drifted."""

    def __init__(self, seed: int) -> None:
        self.drift = Drift()
        self._drawn = random.Random(seed)

    def behaviour(self) -> Behaviour:
        """Return the behaviour of a server that has this model."""

        def answer(exchange: Exchange) -> None:
            drift = self.drift
            time.sleep(SECONDS * drift.slower * self._drawn.lognormvariate(0, 0.2))
            prompt = "\n".join(str(one["content"]) for one in exchange.body["messages"])
            _stream(exchange, self.reply(prompt), prompt, drift.model)

        return answer

    def reply(self, prompt: str) -> str:
        """Return what the model says to a prompt."""
        sentences = [
            (found.group(), int(number))
            for number, text in _PASSAGE.findall(prompt)
            for found in _SENTENCE.finditer(text)
        ]
        if not sentences:
            return "NOT_COVERED"
        wanted = 3 if self.drift.longer else 1
        wanted += self._drawn.random() < 0.2  # noqa: PLR2004 — its noise, as told above
        chosen = sentences[:wanted]
        is_worse = self._drawn.random() < self.drift.worse
        if is_worse and self._drawn.random() < 0.5:  # noqa: PLR2004
            return "NOT_COVERED"
        if is_worse or self._drawn.random() < 0.02:  # noqa: PLR2004
            chosen = [_with_another_number(text, number) for text, number in chosen]
        return "\n".join(f"{text[:-1]} [{number}]." for text, number in chosen)


def _with_another_number(text: str, number: int) -> tuple[str, int]:
    if not _DIGITS.search(text):
        return f"{text[:-1]} within 3 days.", number
    return _DIGITS.sub(lambda found: str(int(found.group()) * 2 + 7), text, count=1), number


def _stream(exchange: Exchange, text: str, prompt: str, model: str | None) -> None:
    spoken = -(-len(text) // _CHARS_A_TOKEN)
    read = len(prompt) // _CHARS_A_TOKEN
    base = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": model or exchange.body.get("model", ""),
    }
    whole = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    end = {"index": 0, "delta": {}, "finish_reason": "stop"}
    usage = {
        "prompt_tokens": read,
        "completion_tokens": spoken,
        "total_tokens": read + spoken,
    }
    exchange.begin()
    for choices, more in (([whole], {}), ([end], {}), ([], {"usage": usage})):
        exchange.send(f"data: {json.dumps({**base, 'choices': choices, **more})}\n\n")
    exchange.send("data: [DONE]\n\n")
    exchange.end()
