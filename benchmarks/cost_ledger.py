"""Compares what is recorded as cost with what the provider's own log makes it, call by call.

    python -m benchmarks.cost_ledger

Mixed requests are put to the whole assistant, with its repairs and its database, over a scripted
OpenAI-compatible server and another one as its fallback. The bill is reckoned from the servers'
logs in decimal fractions: by the usage that a server sent, else by four characters a token of what
it was sent and of what it wrote. A request that a server refused costs nothing.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from time import monotonic

from pydantic import SecretStr

from app.answering.chat_model import build_chat_model_answerer
from app.answering.gate_voices import build_judge, build_repairer
from app.assistant import Assistant
from app.grounding.gate import Gate
from app.library import OpenGeneration
from app.live_turn import TurnTimes
from app.price import Price
from app.releases.pointer import Serving as ServingReleases
from app.served_assistant import ServedAssistant
from app.settings import AppSettings
from app.store.database import open_database
from app.store.records import Turn, TurnState
from app.store.sql_conversations import SqlConversations
from app.telemetry.logs import log_to_stderr
from app.turns import Turns
from knowledge_base.scope import Scopes
from tests.builders import CANARY, a_passage
from tests.fakes import FixedLibrary, FixedOpening, FixedSearch
from tests.openai_server import (
    Behaviour,
    Exchange,
    OpenAIServer,
    an_openai_server,
    cuts,
    refuses,
    replies,
    reports_an_error,
    stalls,
)

REQUESTS = 500
SEED = 7
AT_ONCE = 6
CHARS_PER_TOKEN = 4
PRICES = {
    "openai:first": Price(prompt=2.5, cached=1.25, completion=10, as_of=date(2026, 11, 1)),
    "openai:second": Price(prompt=0.15, cached=0.075, completion=0.6, as_of=date(2026, 11, 1)),
    "openai:judge": Price(prompt=0.4, cached=0.1, completion=1.6, as_of=date(2026, 11, 1)),
}
_MILLION = Decimal(1_000_000)
_PASSAGE = a_passage("Refunds take 5 days, except for gift cards. Shipping is free over 75 USD.")
_GOOD = "Shipping is free over 75 USD [1]."
_WRONG = "Refunds take 2 days, except for gift cards [1]."
_NUMBER = re.compile(r"Request (\d+):")
_JUDGEMENT = "SUPPORTED: the passage says so"


@dataclass(slots=True)
class Plan:
    """How the two servers behave towards one request, call by call; the last one repeats."""

    kind: str
    first: Sequence[Behaviour]
    second: Sequence[Behaviour] = (replies(_GOOD, usage=False),)
    calls: Counter[str] = field(default_factory=Counter)
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_cancelled(self) -> bool:
        """Whether its reader leaves while the model writes."""
        return self.kind.startswith("cancelled")

    def behaviour(self, model: str) -> Behaviour:
        """Return how the next call of a model is answered."""
        if model == "judge":
            return replies(_JUDGEMENT, usage=usage_of(self.calls.total()))
        script = self.first if model == "first" else self.second
        number = self.calls[model]
        self.calls[model] += 1
        return script[min(number, len(script) - 1)]


def main() -> None:
    """Print how many requests of each kind agree, as JSON; end with 1 where one doesn't."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    log_to_stderr()
    found = asyncio.run(_measured(parser.parse_args().requests))
    json.dump(found, sys.stdout, indent=2)
    sys.exit(found["requests"] != found["equal"])


def plans(count: int, choice: random.Random) -> list[Plan]:
    """Return a plan a request, of each kind as many but for the ones that take seconds."""
    return [_plan(number, choice) for number in range(count)]


def bill(exchanges: Sequence[Exchange]) -> Decimal:
    """Return what a provider's log makes the calls cost, in US dollars."""
    return sum((_cost(one) for one in exchanges if one.status == 200), Decimal(0))  # noqa: PLR2004


def usage_of(seed: int) -> Mapping[str, object]:
    """Return numbers as a provider sends them, a part of the prompt from its cache."""
    choice = random.Random(seed)
    prompt, completion = choice.randint(200, 4000), choice.randint(1, 600)
    cached = choice.choice((0, choice.randint(0, prompt)))
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def _plan(number: int, choice: random.Random) -> Plan:
    counted = replies(_GOOD, usage=usage_of(number))
    kinds = {
        "plain": Plan("plain", (counted,)),
        "without usage": Plan("without usage", (replies(_GOOD, usage=False),)),
        "nothing found": Plan("nothing found", (replies("NOT_COVERED", usage=usage_of(number)),)),
        "refused, then retried": Plan(
            "refused, then retried", (refuses(503, retry_after="0"), counted)
        ),
        "cut, then retried": Plan("cut, then retried", (cuts("Refunds take"), counted)),
        "failed over, refused": Plan("failed over, refused", (refuses(401),)),
        "failed over, error": Plan("failed over, error", (reports_an_error("Refu"),)),
        "repaired": Plan(
            "repaired",
            (replies(_WRONG, usage=usage_of(number)), replies(_GOOD, usage=usage_of(-number))),
        ),
        "cut after a sentence": Plan("cut after a sentence", (cuts(f"{_GOOD} Refunds take"),)),
        "failed everywhere": Plan("failed everywhere", (refuses(500),), (cuts("Ref"),)),
        "cancelled at once": Plan("cancelled at once", (stalls(),)),
        "cancelled half-way": Plan("cancelled half-way", (stalls("Refunds take 5"),)),
        "cancelled after a sentence": Plan(
            "cancelled after a sentence", (stalls(f"{_GOOD} Refunds take"),)
        ),
        "failed over, stalled": Plan("failed over, stalled", (stalls("Refunds"),)),
    }
    weights = [1 if kind == "failed over, stalled" else 3 for kind in kinds]
    (kind,) = choice.choices(list(kinds), weights)
    return kinds[kind]


def _cost(exchange: Exchange) -> Decimal:
    price = PRICES[f"openai:{exchange.body['model']}"]
    prompt, cached, completion = _tokens(exchange)
    parts = (
        (prompt - cached, price.prompt),
        (cached, price.cached),
        (completion, price.completion),
    )
    return sum((tokens * Decimal(str(each)) for tokens, each in parts), Decimal(0)) / _MILLION


def _tokens(exchange: Exchange) -> tuple[int, int, int]:
    sent = exchange.sent_usage
    if sent is None:
        asked = sum(len(message["content"]) for message in exchange.body["messages"])
        return _estimated(asked), 0, _estimated(len(exchange.sent_text))
    cached = sent["prompt_tokens_details"]["cached_tokens"]
    return sent["prompt_tokens"], cached, sent["completion_tokens"]


def _estimated(chars: int) -> int:
    return -(-chars // CHARS_PER_TOKEN)


async def _measured(count: int) -> dict[str, object]:
    choice = random.Random(SEED)
    planned = plans(count, choice)

    loop = asyncio.get_running_loop()

    def behave(exchange: Exchange) -> None:
        plan = planned[_request_of(exchange)]
        loop.call_soon_threadsafe(plan.was_asked.set)
        plan.behaviour(exchange.body["model"])(exchange)

    with (
        an_openai_server(behave) as first,
        an_openai_server(behave) as second,
        tempfile.TemporaryDirectory() as folder,
    ):
        store = SqlConversations(open_database(Path(folder)))
        turns = _turns(store, first, second)
        slots = asyncio.Semaphore(AT_ONCE)
        asked = [_ask(turns, store, slots, number, plan) for number, plan in enumerate(planned)]
        recorded = await asyncio.gather(*asked)
        store.close()
        log = [*first.requests, *second.requests]
    return _compared(planned, recorded, log)


def _turns(store: SqlConversations, first: OpenAIServer, second: OpenAIServer) -> Turns:
    key = SecretStr("sk-test")
    settings = AppSettings(
        model="openai:first",
        model_base_url=first.base_url,
        model_api_key=key,
        fallback_model="openai:second",
        fallback_base_url=second.base_url,
        fallback_api_key=key,
        gate_judge_model="openai:judge",
        gate_judge_base_url=first.base_url,
        gate_judge_api_key=key,
        model_timeout_seconds=16,
        model_max_retries=1,
        breaker_failures=0,  # the plans fail in a row
        prices=PRICES,
    )
    answerer = build_chat_model_answerer(settings, CANARY)
    assistant = Assistant(
        library=FixedLibrary(OpenGeneration("g1", FixedSearch([_PASSAGE]), Scopes([]), answerer)),
        gate=Gate(repairer=build_repairer(settings), judge=build_judge(settings)),
        guardrails=(),
        contact="help@shop.example",
        today=lambda: date(2026, 11, 1),
    )
    times = TurnTimes(grace_seconds=0.0, first_reader_seconds=60)
    served = ServedAssistant(ServingReleases, FixedOpening(assistant))
    return Turns(served, store, times=times, now=lambda: datetime.now(UTC))


async def _ask(
    turns: Turns, store: SqlConversations, slots: asyncio.Semaphore, number: int, plan: Plan
) -> Turn:
    async with slots:
        started = await turns.start(f"Request {number}: is shipping free?")
        async with aclosing(turns.follow(started.id)) as events:
            await anext(events)
            if plan.is_cancelled:
                await asyncio.wait_for(plan.was_asked.wait(), 60)
                await asyncio.sleep(0.5)  # until what the server wrote has been read
            else:
                _ = [event async for event in events]
        return await _ended(store, started.id)


async def _ended(store: SqlConversations, turn: str) -> Turn:
    deadline = monotonic() + 60
    while True:
        kept = await asyncio.to_thread(store.turn, turn)
        if kept.state is not TurnState.RUNNING:
            return kept
        if monotonic() > deadline:
            raise TimeoutError(f"turn {turn} goes on and on")
        await asyncio.sleep(0.02)


def _request_of(exchange: Exchange) -> int:
    said = " ".join(message["content"] for message in exchange.body["messages"])
    found = _NUMBER.search(said)
    if found is None:
        raise ValueError("a request without its number came")
    return int(found[1])


def _compared(
    planned: Sequence[Plan], recorded: Sequence[Turn], log: Sequence[Exchange]
) -> dict[str, object]:
    by_request: dict[int, list[Exchange]] = {number: [] for number in range(len(planned))}
    for exchange in log:
        by_request[_request_of(exchange)].append(exchange)
    bills = [bill(by_request[number]) for number in range(len(planned))]
    equal = [_is_equal(turn, owed) for turn, owed in zip(recorded, bills, strict=True)]
    kinds = Counter(plan.kind for plan in planned)
    same = Counter(plan.kind for plan, is_equal in zip(planned, equal, strict=True) if is_equal)
    states = Counter(turn.state.value for turn in recorded)
    calls = [call for turn in recorded for call in turn.usage]
    return {
        "requests": len(planned),
        "equal": sum(equal),
        "kinds": {kind: f"{same[kind]} of {kinds[kind]}" for kind in sorted(kinds)},
        "turns": dict(states),
        "model calls": len(log),
        "charged": len(calls),
        "estimated": sum(call.estimated for call in calls),
        "recorded_usd": round(sum(turn.cost_usd or 0 for turn in recorded), 9),
        "bill_usd": float(sum(bills, Decimal(0))),
    }


def _is_equal(turn: Turn, owed: Decimal) -> bool:
    """Say whether both agree to a billionth of a dollar: prices have six digits after the point."""
    return turn.cost_usd is not None and abs(Decimal(turn.cost_usd) - owed) < Decimal("1e-9")


if __name__ == "__main__":
    main()
