"""Measures what the service adds to a request, beside a bare echo and a plain LangChain chain.

    CANDOR_DATA_DIR=… python -m benchmarks.overhead          # about two minutes; needs an index

Three processes serve on loopback: FastAPI that echoes; FastAPI with a LangChain chain (retriever,
prompt, model, parser); and Candor with everything on: guardrails, masking, gate, receipts, store,
budgets, traces, metrics, answer cache. Both models are the same one in the process, which answers
at once, both retrievers have the same embedding model and articles. Requests go round robin, so
that all three meet the same machine.

Overhead is the time on the client's clock, less that request's own spans of what isn't overhead
(embedding, search, gate, masking; retrieval for the chain), less the echo's median. Beside it
stands the processor time of a request, which other work on the machine hardly changes.
"""

import argparse
import asyncio
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import httpx

from app.statistics import percentile

ROUNDS = 200
WARM_UP = 20
SERVICES = ("echo", "chain", "candor")
APART = {"chain": ("retrieval",), "candor": ("search", "gate", "mask")}
"""Spans that aren't overhead; embedding lies within the search."""
QUESTIONS = Path(__file__).resolve().parent.parent / "evals" / "suites" / "sample.v1.jsonl"
_START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Times:
    """What one service's requests took, in their order, by the milliseconds of each."""

    turns: Sequence[str]
    wall: Sequence[float]
    processor: Sequence[float]
    spans: Sequence[Mapping[str, float]]
    """By name."""
    spans_processor: Sequence[Mapping[str, float]]


def main() -> None:
    """Print the times as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ports = {name: _free_port() for name in SERVICES}
        servers = [_served(name, port, folder) for name, port in ports.items()]
        try:
            walls = asyncio.run(_asked(ports, rounds))
        finally:
            for server in servers:
                server.terminate()
                server.wait(20)
        times = {name: _times(folder, name, walls[name]) for name in SERVICES}
    json.dump(_told(times), sys.stdout, indent=2)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _served(name: str, port: int, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "benchmarks.overhead_services", name, str(port), str(folder)]
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(command, stderr=log)  # noqa: S603 — this repository's own module


async def _asked(ports: Mapping[str, int], rounds: int) -> dict[str, list[tuple[str, float]]]:
    """Return of each service the ids and milliseconds of its requests, in order."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    questions = [row["question"] for row in rows if row["kind"] == "answerable"]
    walls: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    async with httpx.AsyncClient(timeout=60, headers={"accept": "application/json"}) as http:
        for port in ports.values():
            await _until_ready(http, port)
        for number in range(rounds + WARM_UP):
            question = questions[number % len(questions)]
            for name, port in ports.items():
                timed = await _timed(http, port, f"{question} ({number})")
                if number >= WARM_UP:
                    walls[name].append(timed)
        for port in ports.values():  # its arrival ends the last one's processor time
            await _timed(http, port, questions[0])
    return walls


async def _timed(http: httpx.AsyncClient, port: int, question: str) -> tuple[str, float]:
    began = time.perf_counter()
    response = await http.post(f"http://127.0.0.1:{port}/v1/chat", json={"question": question})
    taken = 1000 * (time.perf_counter() - began)
    return response.raise_for_status().json()["turn"], taken


async def _until_ready(http: httpx.AsyncClient, port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            await _timed(http, port, "How long do refunds take?")
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.2)
        else:
            return


def _times(folder: Path, name: str, walls: Sequence[tuple[str, float]]) -> Times:
    turns = [turn for turn, _ in walls]
    seconds = [float(line) for line in (folder / f"{name}.cpu").read_text("utf-8").split()]
    processor = [1000 * (after - before) for before, after in pairwise(seconds)]
    return Times(
        turns=turns,
        wall=[taken for _, taken in walls],
        processor=processor[-len(turns) :],
        spans=_spans(folder, name, "ms", turns),
        spans_processor=_spans(folder, name, "cpu_ms", turns),
    )


def _spans(
    folder: Path, name: str, clock: str, turns: Sequence[str]
) -> Sequence[Mapping[str, float]]:
    """Return by request the milliseconds of each span's name."""
    file = folder / f"{name}.jsonl"
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        span = json.loads(line)
        found[span["turn"]][span["name"]] += span[clock]
    return [found[turn] for turn in turns]


def _told(times: Mapping[str, Times]) -> dict[str, object]:
    echo = times["echo"]
    wall = {name: _overhead(name, times[name].wall, times[name].spans, echo.wall) for name in APART}
    processor = {
        name: _overhead(name, times[name].processor, times[name].spans_processor, echo.processor)
        for name in APART
    }
    return {
        "wall_ms": {name: _summary(each.wall) for name, each in times.items()},
        "processor_ms": {name: _summary(each.processor) for name, each in times.items()},
        "overhead_ms": {name: _summary(each) for name, each in wall.items()},
        "overhead_processor_ms": {name: _summary(each) for name, each in processor.items()},
        "candor ÷ chain, medians": _ratio(wall),
        "candor ÷ chain, medians of processor time": _ratio(processor),
        "spans_ms": {name: _by_name(times[name].spans) for name in APART},
        "spans_processor_ms": {name: _by_name(times[name].spans_processor) for name in APART},
    }


def _overhead(
    name: str,
    whole: Sequence[float],
    spans: Sequence[Mapping[str, float]],
    echo: Sequence[float],
) -> Sequence[float]:
    """Return each request's time without the spans that aren't overhead, above the echo's."""
    bare = statistics.median(echo)
    return [
        taken - sum(each.get(span, 0.0) for span in APART[name]) - bare
        for taken, each in zip(whole, spans, strict=True)
    ]


def _ratio(overheads: Mapping[str, Sequence[float]]) -> float:
    return round(statistics.median(overheads["candor"]) / statistics.median(overheads["chain"]), 2)


def _by_name(spans: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float]]:
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for each in spans:
        for name, ms in each.items():
            taken[name].append(ms)
    return {name: _summary(each) for name, each in taken.items()}


def _summary(milliseconds: Sequence[float]) -> dict[str, float]:
    return {
        "n": len(milliseconds),
        "p50": round(percentile(milliseconds, 0.5), 2),
        "p99": round(percentile(milliseconds, 0.99), 2),
    }


if __name__ == "__main__":
    main()
