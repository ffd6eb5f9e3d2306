"""A chat model that fails in every way a provider can: the fallback answers, or a typed error."""

import asyncio
import time
import traceback
from collections.abc import Sequence
from contextlib import aclosing

import pytest
from pydantic import SecretStr

from app.answer import DraftSentence
from app.answering.chat_model import ChatModelAnswerer, build_chat_model_answerer
from app.errors import (
    AnswererError,
    ModelOutputError,
    ModelRateLimitError,
    ModelTimeoutError,
)
from app.settings import AppSettings
from app.telemetry.spending import Spending
from tests.builders import CANARY, a_passage, a_question
from tests.openai_server import (
    Behaviour,
    OpenAIServer,
    an_openai_server,
    breaks_a_chunk,
    cuts,
    refuses,
    replies,
    reports_an_error,
    sends_a_web_page,
    sends_an_odd_chunk,
    stalls,
)
from tests.patience import until

REFUNDS = "Refunds take 5 days."
PASSAGES = (a_passage(f"{REFUNDS} Gift cards are final."), a_passage("Shipping is free."))
QUESTION = a_question("How long does a refund take?")
KEY = "sk-very-secret"
TIMEOUT_SECONDS = 4.0
GRACE_SECONDS = 2.0  # a busy machine's, on top of the deadline
LONG_SECONDS = 60.0  # for which a request that nobody closes would go on

FAILURES = {
    "refused for now": (refuses(429, retry_after="0"), ModelRateLimitError),
    "refused for long": (refuses(429, retry_after="3600"), ModelRateLimitError),
    "refused until a date": (
        refuses(429, retry_after="Wed, 21 Oct 2099 07:28:00 GMT"),
        ModelRateLimitError,
    ),
    "refused until a date without a zone": (
        refuses(429, retry_after="Wed, 21 Oct 2099 07:28:00 -0000"),
        ModelRateLimitError,
    ),
    "server error": (refuses(500), AnswererError),
    "wrong key": (refuses(401), AnswererError),
    "no such model": (refuses(404), AnswererError),
    "request refused": (refuses(400), AnswererError),
    "malformed chunk": (breaks_a_chunk("Ref"), ModelOutputError),
    "odd chunk": (sends_an_odd_chunk(), ModelOutputError),
    "error in the stream": (reports_an_error("Ref"), AnswererError),
    "silence": (stalls(), ModelTimeoutError),
    "stall": (stalls("Refunds take"), ModelTimeoutError),
    "cut": (cuts("Refunds take 5"), AnswererError),
    "ended too early": (cuts("Refunds take 5 [1]", politely=True), AnswererError),
    "web page": (sends_a_web_page(), ModelOutputError),
    "empty reply": (replies(""), ModelOutputError),
    "blank reply": (replies(" \n "), ModelOutputError),
    "marker to nothing": (replies("Refunds take 5 days [3]."), ModelOutputError),
    "marker zero": (replies("Refunds take 5 days [0]."), ModelOutputError),
    "no full stop": (replies("and so on " * 10_000, piece=1_000), ModelOutputError),
    "no end": (replies("No end. [9]\n" * 10_000, piece=1_000), ModelOutputError),
}


def an_answerer(
    server: OpenAIServer,
    fallback: OpenAIServer | None = None,
    *,
    retries: int = 1,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> ChatModelAnswerer:
    settings = AppSettings(
        model="openai:first",
        model_base_url=server.base_url,
        model_api_key=SecretStr(KEY),
        fallback_model="openai:second" if fallback else None,
        fallback_base_url=fallback.base_url if fallback else None,
        fallback_api_key=SecretStr(f"{KEY}-2"),
        model_timeout_seconds=timeout_seconds,
        model_max_retries=retries,
    )
    return build_chat_model_answerer(settings, CANARY)


async def drafted(answerer: ChatModelAnswerer) -> list[DraftSentence]:
    return [item async for item in answerer.draft(QUESTION, PASSAGES)]


async def shown_by(answerer: ChatModelAnswerer, shown: list[str]) -> None:
    async for item in answerer.draft(QUESTION, PASSAGES):
        shown += texts([item])


def texts(items: Sequence[DraftSentence]) -> list[str]:
    return [item.text for item in items]


@pytest.fixture(scope="module", autouse=True)
def _langchain_is_imported() -> None:
    """Importing it takes seconds, and none of them count against a deadline below."""
    with an_openai_server(replies("")) as server:
        an_answerer(server)


@pytest.mark.parametrize(("failure", "error"), FAILURES.values(), ids=FAILURES.keys())
class TestAFailingProvider:
    async def test_ends_in_a_typed_error_without_a_key_within_the_deadline(
        self, failure: Behaviour, error: type[AnswererError]
    ) -> None:
        with an_openai_server(failure) as server:
            answerer, started = an_answerer(server), time.monotonic()

            with pytest.raises(error) as raised:
                await drafted(answerer)

            assert time.monotonic() - started < TIMEOUT_SECONDS + GRACE_SECONDS
            assert KEY not in "".join(traceback.format_exception(raised.value))

    async def test_leaves_the_answer_to_the_fallback_within_the_deadline(
        self, failure: Behaviour, error: type[AnswererError]
    ) -> None:
        del error  # the other test's
        with an_openai_server(failure) as server, an_openai_server(replies(f"{REFUNDS} [1]")) as ok:
            answerer, started = an_answerer(server, ok, retries=0), time.monotonic()
            account = Spending()

            with account.pays():
                items = await drafted(answerer)

            assert time.monotonic() - started < TIMEOUT_SECONDS + GRACE_SECONDS
            assert texts(items) == [REFUNDS]
            assert account.calls[-1].model == "openai:second"


class TestAProviderThatRecovers:
    @pytest.mark.parametrize("failure", [refuses(503), breaks_a_chunk(), cuts("Refunds")])
    async def test_is_asked_again(self, failure: Behaviour) -> None:
        with an_openai_server(failure, replies(f"{REFUNDS} [1]")) as server:
            items = await drafted(an_answerer(server))

            assert texts(items) == [REFUNDS]
            assert len(server.requests) == 2

    async def test_is_asked_again_no_sooner_than_it_wants(self) -> None:
        with an_openai_server(refuses(429, retry_after="0.7"), replies(f"{REFUNDS} [1]")) as server:
            items = await drafted(an_answerer(server))

            first, second = server.asked_at
            assert texts(items) == [REFUNDS]
            assert second - first >= 0.7

    async def test_is_not_waited_for_beyond_the_deadline(self) -> None:
        with an_openai_server(refuses(429, retry_after="30"), replies(REFUNDS)) as server:
            with pytest.raises(ModelRateLimitError):
                await drafted(an_answerer(server))

            assert len(server.requests) == 1

    async def test_is_not_asked_again_what_it_refused_for_good(self) -> None:
        with an_openai_server(refuses(401), replies(REFUNDS)) as server:
            with pytest.raises(AnswererError, match="check its API key"):
                await drafted(an_answerer(server))

            assert len(server.requests) == 1


class TestAProviderThatFailsHalfWay:
    SHOWN = f"{REFUNDS} [1] Gift cards are"

    @pytest.mark.parametrize(
        "failure",
        [cuts(SHOWN), cuts(SHOWN, politely=True), breaks_a_chunk(SHOWN), stalls(SHOWN)],
        ids=["cut", "ended too early", "malformed chunk", "stall"],
    )
    async def test_ends_the_turn_after_the_sentences_that_stand(self, failure: Behaviour) -> None:
        shown: list[str] = []
        with an_openai_server(failure) as server, an_openai_server(replies("Other. [1]")) as other:
            answerer = an_answerer(server, other)

            with pytest.raises(AnswererError):
                await shown_by(answerer, shown)

            assert shown == [REFUNDS]
            assert len(server.requests) == 1
            assert other.requests == []


class TestAReaderThatLeaves:
    async def test_closes_the_request_promptly(self) -> None:
        with an_openai_server(stalls(f"{REFUNDS} [1] Gift")) as server:
            answerer = an_answerer(server, timeout_seconds=LONG_SECONDS)
            async with aclosing(answerer.draft(QUESTION, PASSAGES)) as items:
                await anext(items)
            left_at = time.monotonic()

            await until(lambda: server.reader_left_at is not None)

            assert server.reader_left_at is not None
            assert server.reader_left_at - left_at < LONG_SECONDS / 2

    async def test_closes_the_request_promptly_when_it_is_cancelled(self) -> None:
        with an_openai_server(stalls("Refunds")) as server:
            answerer = an_answerer(server, timeout_seconds=LONG_SECONDS)
            reading = asyncio.create_task(drafted(answerer))
            await until(lambda: bool(server.requests))
            reading.cancel()
            left_at = time.monotonic()

            await until(lambda: server.reader_left_at is not None and reading.done())

            assert reading.cancelled()
            assert server.reader_left_at is not None
            assert server.reader_left_at - left_at < LONG_SECONDS / 2
