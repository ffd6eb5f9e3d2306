"""Faithfulness scored by Candor's judge and by ragas, one after the other, from one judge server.

The server is a process of its own with a set delay (`benchmarks.scripted_judge`), so that what is
compared is how many calls a sample takes, how many tokens they send and what lies around them.
Ragas runs in two ways: asked by a run, as many samples at a time as Candor's judge, and by its own
batch, which puts no bound on that.

    RAGAS_DO_NOT_TRACK=true python -m benchmarks.faithfulness "$CANDOR_BENCH_DATA"
"""

import argparse
import asyncio
import json
import multiprocessing
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import Any

import httpx
from openai import AsyncOpenAI
from pydantic import SecretStr
from ragas.llms import llm_factory
from ragas.metrics.collections import Faithfulness

from benchmarks.scripted_judge import free_port, serve
from evals.judges.claim_judge import ClaimJudge
from evals.judges.labels import Label, load_labels
from evals.judges.ragas_loading import open_ragas_judge
from evals.judges.ragas_metrics import faithfulness_inputs
from evals.judges.roster import IdentifiedJudge
from evals.judging import judged_labels
from evals.settings import EvalsSettings

_STARTS_WITHIN_SECONDS = 60
_MODEL = "scripted"

Scored = Callable[[], Awaitable[list[float | None]]]


def main() -> None:
    """Print samples a second, tokens and samples without a value of each side as JSON."""
    arguments = _arguments()
    path = arguments.bench_data / "grounding" / "ragtruth_qa.jsonl"
    labels = load_labels(path).labels[: arguments.samples]
    for delay in arguments.delay:
        with _a_server(delay, arguments.token_delay) as base_url:
            measured = asyncio.run(_measured(base_url, labels, arguments.concurrency))
        told = {"delay_seconds": delay, "token_delay_seconds": arguments.token_delay}
        print(json.dumps(told | {"samples": len(labels)} | measured, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path)
    parser.add_argument("--samples", type=int, default=50)
    parser.add_argument(
        "--delay", type=float, nargs="+", default=[0.1, 0.5, 1.0], help="seconds a call"
    )
    parser.add_argument(
        "--token-delay", type=float, default=0.0, help="seconds more for each token that is said"
    )
    parser.add_argument("--concurrency", type=int, default=16, help="samples at a time")
    return parser.parse_args()


@contextmanager
def _a_server(delay_seconds: float, token_seconds: float) -> Iterator[str]:
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(port, delay_seconds, token_seconds), daemon=True
    )
    process.start()
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.join()


def _wait(port: int) -> None:
    ends = time.monotonic() + _STARTS_WITHIN_SECONDS
    while time.monotonic() < ends:
        try:
            httpx.get(f"http://127.0.0.1:{port}/spent")
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the scripted judge didn't start")


async def _measured(base_url: str, labels: Sequence[Label], concurrency: int) -> dict[str, Any]:
    settings = EvalsSettings(
        judge_model=_MODEL,
        judge_base_url=f"{base_url}/v1",
        judge_api_key=SecretStr("none"),
        judge_timeout_seconds=300,
    )
    candor = ClaimJudge.from_settings(settings)
    ragas = open_ragas_judge(settings, "ragas_faithfulness")
    ways: dict[str, Scored] = {
        "candor": lambda: _asked(candor, labels, concurrency),
        "ragas": lambda: _asked(ragas, labels, concurrency),
        "ragas, its own batch": lambda: _batched(settings, labels),
        "candor, all at a time": lambda: _asked(candor, labels, len(labels)),
    }
    for judge in (candor, ragas):  # imports, caches
        await _asked(judge, labels[:1], 1)
    await _spent(base_url)
    return {name: await _timed(way, base_url) for name, way in ways.items()}


async def _asked(
    judge: IdentifiedJudge, labels: Sequence[Label], concurrency: int
) -> list[float | None]:
    judged = await judged_labels(
        judge, tuple(labels), concurrency=concurrency, on_judged=lambda: None
    )
    return [one.score.value for one in judged]


async def _batched(settings: EvalsSettings, labels: Sequence[Label]) -> list[float | None]:
    inputs = [dict(faithfulness_inputs(one.case, one.released)) for one in labels]
    async with AsyncOpenAI(api_key="none", base_url=settings.judge_base_url) as client:
        metric = Faithfulness(llm=llm_factory(_MODEL, client=client))
        return [result.value for result in await metric.abatch_score(inputs)]


async def _timed(way: Scored, base_url: str) -> dict[str, Any]:
    started, used = time.perf_counter(), time.process_time()
    values = await way()
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    spent = await _spent(base_url)
    return {
        "samples_per_second": round(len(values) / seconds, 2),
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "calls": spent["calls"],
        "tokens": spent["prompt_tokens"] + spent["completion_tokens"],
        "completion_tokens": spent["completion_tokens"],
        "without_value": sum(value is None or isnan(value) for value in values),
        "mean": round(sum(value or 0.0 for value in values) / len(values), 3),
    }


async def _spent(base_url: str) -> dict[str, int]:
    async with httpx.AsyncClient() as client:
        spent: dict[str, int] = (await client.get(f"{base_url}/spent")).json()
        return spent


if __name__ == "__main__":
    main()
