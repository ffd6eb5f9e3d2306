"""Every model call is charged to the turn that it was made for, however it ends."""

import asyncio
from contextlib import aclosing, suppress
from datetime import date

import pytest
from pydantic import SecretStr

from app.answer import CallEnd, Citation, DraftSentence, Purpose
from app.answering.chat_model import build_chat_model_answerer
from app.answering.gate_voices import build_judge, build_repairer
from app.errors import AnswererError
from app.price import Price
from app.settings import AppSettings
from app.telemetry.spending import Spending
from tests.builders import CANARY, a_passage, a_question
from tests.openai_server import (
    Behaviour,
    Exchange,
    OpenAIServer,
    an_openai_server,
    cuts,
    refuses,
    replies,
    stalls,
)
from tests.patience import until

PASSAGE = a_passage("Refunds take 5 days. Shipping is free over 75 USD.")
DRAFT = DraftSentence("Refunds take 2 days.", (Citation(PASSAGE, 0, 20),))
ASKED = a_question("How long do refunds take?")
PRICE = Price(prompt=1, cached=0.5, completion=4, as_of=date(2026, 11, 1))
GOOD = replies("Refunds take 5 days. [1]")


def settings_for(
    server: OpenAIServer, fallback: OpenAIServer | None = None, *, timeout_seconds: float = 60
) -> AppSettings:
    key = SecretStr("sk-test")
    return AppSettings(
        model="openai:writer",
        model_base_url=server.base_url,
        model_api_key=key,
        fallback_model="openai:second" if fallback else None,
        fallback_base_url=fallback.base_url if fallback else None,
        fallback_api_key=key,
        gate_judge_model="openai:judge",
        gate_judge_base_url=server.base_url,
        gate_judge_api_key=key,
        gate_timeout_seconds=timeout_seconds,
        model_timeout_seconds=timeout_seconds,
        model_max_retries=1,
        prices={"openai:writer": PRICE},
    )


async def draft(settings: AppSettings, account: Spending) -> None:
    answerer = build_chat_model_answerer(settings, CANARY)
    with account.pays(), suppress(AnswererError):
        _ = [each async for each in answerer.draft(ASKED, [PASSAGE])]


async def drafted(*script: Behaviour) -> Spending:
    account = Spending()
    with an_openai_server(*script) as server:
        await draft(settings_for(server), account)
    return account


def ends(account: Spending) -> list[tuple[str, CallEnd, bool]]:
    return [(call.model, call.ending, call.estimated) for call in account.calls]


class TestADraft:
    async def test_is_charged_by_the_providers_own_numbers(self) -> None:
        account = await drafted(GOOD)

        (call,) = account.calls
        assert (call.prompt_tokens, call.cached_tokens, call.completion_tokens) == (120, 100, 30)
        assert call.cost_usd == pytest.approx((20 * 1 + 100 * 0.5 + 30 * 4) / 1e6)
        assert (call.purpose, call.ending) == (Purpose.ANSWER, CallEnd.COMPLETE)

    async def test_keeps_what_the_provider_says_served_it(self) -> None:
        def serves_another(exchange: Exchange) -> None:
            exchange.served = {"model": "writer-2026-11-01", "system_fingerprint": "fp_1"}
            GOOD(exchange)

        (call,) = (await drafted(serves_another)).calls

        assert (call.served_model, call.served_fingerprint) == ("writer-2026-11-01", "fp_1")

    async def test_is_charged_for_the_try_that_broke_off_too(self) -> None:
        account = await drafted(cuts("Refunds"), GOOD)

        assert ends(account) == [
            ("openai:writer", CallEnd.FAILED, True),
            ("openai:writer", CallEnd.COMPLETE, False),
        ]

    async def test_is_charged_for_the_model_before_the_fallback_too(self) -> None:
        account = Spending()
        with an_openai_server(stalls()) as server, an_openai_server(GOOD) as other:
            await draft(settings_for(server, other, timeout_seconds=6), account)

        assert ends(account) == [
            ("openai:writer", CallEnd.FAILED, True),
            ("openai:second", CallEnd.COMPLETE, False),
        ]

    async def test_costs_nothing_where_the_provider_refuses(self) -> None:
        account = await drafted(refuses(401))

        assert account.calls == []

    @pytest.mark.parametrize("said", ["", "Refunds take"], ids=["before a word", "half-way"])
    async def test_is_charged_where_the_turn_is_cancelled(self, said: str) -> None:
        account = Spending()
        with an_openai_server(stalls(said)) as server:
            task = asyncio.create_task(draft(settings_for(server), account))
            await until(lambda: bool(server.requests))

            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

        assert ends(account) == [("openai:writer", CallEnd.CANCELLED, True)]
        assert account.calls[0].prompt_tokens > 100

    async def test_is_charged_where_the_rest_is_not_wanted(self) -> None:
        account = Spending()
        with an_openai_server(stalls("Refunds take 5 days. [1] Gift")) as server:
            answerer = build_chat_model_answerer(settings_for(server), CANARY)
            async with aclosing(answerer.draft(ASKED, [PASSAGE])) as sentences:
                with account.pays():
                    await anext(sentences)

        assert ends(account) == [("openai:writer", CallEnd.CANCELLED, True)]


class TestABreaker:
    async def test_asks_the_fallback_at_once_after_failures_in_a_row(self) -> None:
        account = Spending()
        with an_openai_server(refuses(500)) as server, an_openai_server(GOOD) as other:
            settings = settings_for(server, other)
            settings = settings.model_copy(update={"breaker_failures": 2})
            answerer = build_chat_model_answerer(settings, CANARY)
            for _ in range(2):
                with account.pays():
                    _ = [each async for each in answerer.draft(ASKED, [PASSAGE])]

        assert len(server.requests) == 2
        assert account.left_alone == ["openai:writer"]
        assert len(account.calls) == 2


class TestAGateVoice:
    @pytest.mark.parametrize(
        ("behaviour", "seconds", "ending"),
        [(GOOD, 60, CallEnd.COMPLETE), (stalls("Ref"), 1, CallEnd.FAILED)],
    )
    async def test_that_repairs_is_charged(
        self, behaviour: Behaviour, seconds: float, ending: CallEnd
    ) -> None:
        account = Spending()
        with an_openai_server(behaviour) as server:
            repairer = build_repairer(settings_for(server, timeout_seconds=seconds))
            assert repairer is not None
            with account.pays():
                await repairer.repair(DRAFT, [], [PASSAGE], ASKED)

        assert [(each.purpose, each.ending) for each in account.calls] == [(Purpose.REPAIR, ending)]

    @pytest.mark.parametrize(
        ("behaviour", "seconds", "ending"),
        [(replies("SUPPORTED: yes"), 60, CallEnd.COMPLETE), (stalls("SUPP"), 1, CallEnd.FAILED)],
    )
    async def test_that_judges_is_charged_without_a_price_at_no_known_cost(
        self, behaviour: Behaviour, seconds: float, ending: CallEnd
    ) -> None:
        account = Spending()
        with an_openai_server(behaviour) as server:
            judge = build_judge(settings_for(server, timeout_seconds=seconds))
            assert judge is not None
            with account.pays():
                await judge.judge("Refunds take 5 days.", [PASSAGE], ASKED)

        (call,) = account.calls
        assert (call.purpose, call.ending, call.cost_usd) == (Purpose.JUDGE, ending, None)
