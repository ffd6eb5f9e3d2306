"""The page's client, against the real API over a real socket."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.answer import Outcome
from app.api.schemas import ChatRequest, FeedbackRequest
from app.errors import ModelTimeoutError
from tests.fakes import ScriptedAssistant
from tests.live_server import a_sentence, an_answer
from tests.ui.background import api_on_a_thread
from ui.client import (
    ApiClient,
    SentenceArrived,
    TurnEnded,
    TurnFailed,
    TurnStarted,
)
from ui.transport import ApiAwayError, ApiProblemError

QUESTION = ChatRequest(question="Is shipping free?")


@pytest.fixture
def assistant() -> ScriptedAssistant:
    sentence = a_sentence()
    return ScriptedAssistant(sentence, an_answer(sentence))


@pytest.fixture
def client(assistant: ScriptedAssistant, tmp_path: Path) -> Iterator[ApiClient]:
    with api_on_a_thread(assistant, tmp_path) as address, httpx.Client(base_url=address) as http:
        yield ApiClient(http)


class TestAsk:
    def test_yields_the_turn_its_sentences_and_its_end(self, client: ApiClient) -> None:
        events = list(client.ask(QUESTION))

        assert [type(event) for event in events] == [TurnStarted, SentenceArrived, TurnEnded]
        assert isinstance(events[2], TurnEnded)
        assert events[2].outcome == Outcome.ANSWERED

    def test_yields_why_a_turn_failed(
        self, client: ApiClient, assistant: ScriptedAssistant
    ) -> None:
        assistant.script = (ModelTimeoutError("The model took over 30 s."),)

        events = list(client.ask(QUESTION))

        assert events[1:] == [
            TurnFailed("Writing the answer took too long: ask again in a moment.")
        ]

    def test_waits_through_the_comments_of_an_idle_stream(self) -> None:
        ids = {"conversation": "c" * 32, "turn": "d" * 32}
        outcome = {"outcome": "ANSWERED", "text": "Yes."}
        stream = (
            f"id: 1\nevent: turn\ndata: {json.dumps(ids)}\n\n: ping\n\n: ping\n\n"
            f"id: 2\nevent: outcome\ndata: {json.dumps(outcome)}\n\n: ping\n\n"
            "id: 3\nevent: done\ndata: {}\n\n"
        )
        sent = httpx.Response(200, headers={"content-type": "text/event-stream"}, text=stream)
        idle = httpx.Client(base_url="http://api", transport=httpx.MockTransport(lambda _: sent))

        events = list(ApiClient(idle).ask(QUESTION))

        assert events == [TurnStarted("c" * 32, "d" * 32), TurnEnded("ANSWERED", "Yes.")]

    def test_says_why_a_question_is_refused(self, client: ApiClient) -> None:
        with pytest.raises(ApiProblemError, match="conversation"):
            list(client.ask(ChatRequest(question="Hello?", conversation="0" * 32)))

    def test_says_that_the_api_is_away(self) -> None:
        away = ApiClient(httpx.Client(base_url="http://127.0.0.1:9"))

        with pytest.raises(ApiAwayError):
            list(away.ask(QUESTION))


class TestFollow:
    def test_replays_a_turn_that_has_ended(self, client: ApiClient) -> None:
        first = list(client.ask(QUESTION))
        assert isinstance(first[0], TurnStarted)

        again = list(client.follow(first[0].turn))

        assert again == first


class TestConversation:
    def test_holds_its_turns_and_their_ratings(self, client: ApiClient) -> None:
        started = next(iter(client.ask(QUESTION)))
        assert isinstance(started, TurnStarted)
        list(client.follow(started.turn))

        client.rate(started.turn, FeedbackRequest(rating="down", reason="unclear"))

        found = client.conversation(started.conversation)
        assert found is not None
        assert [(turn.question, turn.rating) for turn in found.turns] == [
            ("Is shipping free?", "down")
        ]

    def test_is_none_where_the_api_does_not_know_it(self, client: ApiClient) -> None:
        assert client.conversation("0" * 32) is None
        assert client.conversation("../../etc") is None


class TestArticle:
    def test_holds_the_words_that_are_cited(self, client: ApiClient) -> None:
        found = client.article("ship/us", "g1")

        assert found is not None
        assert found.body.startswith("Orders over 75 USD ship free.")

    def test_is_none_where_it_is_gone(self, client: ApiClient) -> None:
        assert client.article("gone") is None
        assert client.article("ship/us", "another") is None


class TestIsUp:
    def test_tells_an_api_that_answers_from_one_that_does_not(self, client: ApiClient) -> None:
        assert client.is_up()
        assert not ApiClient(httpx.Client(base_url="http://127.0.0.1:9")).is_up()
