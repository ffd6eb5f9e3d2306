"""POST /v1/chat over a real socket."""

import asyncio
from pathlib import Path

import httpx
import pytest

from app.answer import Outcome
from app.errors import ModelRateLimitError, ModelTimeoutError
from tests.fakes import ScriptedAssistant
from tests.live_server import Api, a_sentence, an_answer, serving

SENTENCE = a_sentence()
OTHER = a_sentence("Refunds take 5 days.")
ANSWER = an_answer(SENTENCE)


class TestChatAsAStream:
    async def test_sends_the_turn_then_its_sentences_then_the_outcome(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            events = await api.stream()

        assert [event.event for event in events] == ["turn", "sentence", "outcome", "done"]
        assert [event.id for event in events] == ["1", "2", "3", "4"]
        assert events[1].json() == {
            "text": "Orders over 75 USD ship free.",
            "citations": [
                {
                    "article": "ship/us",
                    "title": "Refunds",
                    "url": None,
                    "heading": "",
                    "start": 0,
                    "end": 29,
                    "passage_start": 0,
                    "passage_end": 50,
                }
            ],
        }
        assert events[2].json() == {"outcome": "ANSWERED", "text": SENTENCE.text}

    async def test_sends_a_sentence_before_the_next_is_ready(self, tmp_path: Path) -> None:
        gate = asyncio.Event()
        assistant = ScriptedAssistant(SENTENCE, gate, OTHER, an_answer(SENTENCE, OTHER))
        async with serving(assistant, tmp_path) as api:
            body = {"question": "Is shipping free?"}
            async with api.http.stream("POST", "/v1/chat", json=body) as response:
                lines = response.aiter_lines()
                while "75 USD" not in await anext(lines):
                    pass
                was_waiting = not gate.is_set()
                gate.set()
                rest = [line async for line in lines]

        assert was_waiting
        assert "event: done" in rest

    async def test_sends_a_problem_where_the_model_failed(self, tmp_path: Path) -> None:
        assistant = ScriptedAssistant(SENTENCE, ModelTimeoutError("The model took over 30 s."))
        async with serving(assistant, tmp_path) as api:
            events = await api.stream()

        assert [event.event for event in events] == ["turn", "sentence", "error", "done"]
        assert events[2].json() == {
            "type": "about:blank",
            "title": "Gateway Timeout",
            "status": 504,
            "detail": "Writing the answer took too long: ask again in a moment.",
        }

    async def test_tells_nothing_of_an_error_that_nobody_foresaw(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(ValueError("secret")), tmp_path) as api:
            events = await api.stream()

        assert [event.event for event in events] == ["turn", "error", "done"]
        assert events[1].json()["status"] == 500
        assert "secret" not in events[1].data

    async def test_fails_where_the_assistant_ends_without_an_answer(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE), tmp_path) as api:
            events = await api.stream()

        assert [event.event for event in events] == ["turn", "sentence", "error", "done"]


class TestChatAsJson:
    async def test_returns_the_whole_answer(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            response = await api.ask()
            body = response.json()

        assert response.status_code == 200
        assert response.headers["content-type"] == "application/json"
        assert list(body) == ["conversation", "turn", "outcome", "text", "sentences"]
        assert body["outcome"] == "ANSWERED"
        assert body["sentences"][0]["citations"][0]["article"] == "ship/us"

    async def test_returns_an_abstention_as_an_answer(self, tmp_path: Path) -> None:
        abstention = an_answer(outcome=Outcome.ABSTAINED)
        async with serving(ScriptedAssistant(abstention), tmp_path) as api:
            body = (await api.ask()).json()

        assert (body["outcome"], body["text"], body["sentences"]) == (
            "ABSTAINED",
            abstention.text,
            [],
        )

    async def test_returns_a_problem_with_the_status_of_the_model_s_error(
        self, tmp_path: Path
    ) -> None:
        assistant = ScriptedAssistant(SENTENCE, ModelRateLimitError("Too many requests."))
        async with serving(assistant, tmp_path) as api:
            response = await api.ask()

        assert response.status_code == 503
        assert response.headers["content-type"] == "application/problem+json"
        assert "can't be written right now" in response.json()["detail"]

    @pytest.mark.parametrize(
        ("accept", "media_type"),
        [
            ("application/json", "application/json"),
            ("application/json;q=0.9, */*;q=0.1", "application/json"),
            ("text/event-stream;q=0.5, application/json", "application/json"),
            ("*/*", "text/event-stream"),
            ("text/html", "text/event-stream"),
            ("text/event-stream", "text/event-stream"),
            ("application/json, text/event-stream", "text/event-stream"),
            ("application/json;q=0", "text/event-stream"),
            ("application/json;q=nan", "text/event-stream"),
            ("application/json;q=high", "text/event-stream"),
            ("application/json;level=1;q=0.2", "application/json"),
            (";;,,=", "text/event-stream"),
        ],
    )
    async def test_is_sent_only_to_a_client_that_asks_for_it(
        self, accept: str, media_type: str, tmp_path: Path
    ) -> None:
        async with serving(ScriptedAssistant(ANSWER), tmp_path) as api:
            response = await api.http.post(
                "/v1/chat", json={"question": "Free?"}, headers={"accept": accept}
            )

        assert response.headers["content-type"].partition(";")[0] == media_type


class TestChatInAConversation:
    async def test_gives_the_assistant_what_was_said_before(self, tmp_path: Path) -> None:
        assistant = ScriptedAssistant(SENTENCE, ANSWER)
        async with serving(assistant, tmp_path) as api:
            first = (await api.ask("Is shipping free?")).json()
            second = await api.ask(
                "And in the EU?", conversation=first["conversation"], at="2026-12-24"
            )

        question, history, at = assistant.asked[1]
        assert second.json()["conversation"] == first["conversation"]
        assert (question, str(at)) == ("And in the EU?", "2026-12-24")
        assert [(said.question, said.article_ids) for said in history] == [
            ("Is shipping free?", ("ship/us",))
        ]

    async def test_refuses_a_second_question_while_the_first_is_answered(
        self, tmp_path: Path
    ) -> None:
        gate = asyncio.Event()
        async with serving(ScriptedAssistant(gate, ANSWER), tmp_path) as api:
            conversation = (await api.http.post("/v1/conversations")).json()["conversation"]
            first = asyncio.create_task(api.ask(conversation=conversation))
            await _until_running(api, conversation)

            second = await api.ask(conversation=conversation)
            gate.set()

            assert (await first).status_code == 200
        assert second.status_code == 409
        assert "still being answered" in second.json()["detail"]

    @pytest.mark.parametrize("conversation", ["0" * 32, "none", "", "\x00", "é" * 40, "../x"])
    async def test_that_nobody_began_is_not_found(self, conversation: str, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(ANSWER), tmp_path) as api:
            response = await api.ask(conversation=conversation)

        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


class TestChatWithoutAnIndex:
    async def test_is_unavailable_until_one_is_published(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(ANSWER), tmp_path) as api:
            api.articles.generation = None
            before: httpx.Response = await api.ask()
            ready_before = await api.http.get("/readyz")
            api.articles.generation = "g1"
            after = await api.ask()
            ready_after = await api.http.get("/readyz")

        assert (before.status_code, ready_before.status_code) == (503, 503)
        assert "candor reindex" in before.json()["detail"]
        assert (after.status_code, ready_after.json()) == (
            200,
            {"status": "ready", "generation": "g1"},
        )


async def _until_running(api: Api, conversation: str) -> None:
    for _ in range(3000):
        if (await api.http.get(f"/v1/conversations/{conversation}")).json()["turns"]:
            return
        await asyncio.sleep(0.02)
    pytest.fail("the first question was never taken")
