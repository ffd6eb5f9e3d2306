"""A turn lives on the server: it is followed, left, taken up again and rated."""

import asyncio
from pathlib import Path

import pytest

from app.errors import ModelTimeoutError
from tests.fakes import ScriptedAssistant
from tests.live_server import Api, a_receipt, a_refusal, a_sentence, an_answer, serving

SENTENCE = a_sentence()
ANSWER = an_answer(SENTENCE)
WHOLE = ["turn", "sentence", "outcome", "done"]


async def ask_and_leave(api: Api, *, as_json: bool = False) -> str:
    """Ask, read until the turn has an id, drop the connection, and return that id."""
    conversation = (await api.http.post("/v1/conversations")).json()["conversation"]
    accept = "application/json" if as_json else "text/event-stream"
    reading = asyncio.create_task(
        api.http.post(
            "/v1/chat",
            json={"question": "Free?", "conversation": conversation},
            headers={"accept": accept},
        )
    )
    turns: list[dict[str, str]] = []
    while not turns:
        await asyncio.sleep(0.02)
        turns = (await api.http.get(f"/v1/conversations/{conversation}")).json()["turns"]
    await asyncio.sleep(0.1)
    reading.cancel()
    return turns[0]["turn"]


async def state_after(api: Api, turn: str) -> str:
    """Return the state that the turn ends in, or `running` where it doesn't in a minute."""
    state = "running"
    for _ in range(1200):
        state = (await api.http.get(f"/v1/turns/{turn}")).json()["state"]
        if state != "running":
            break
        await asyncio.sleep(0.05)
    return state


class TestReadEvents:
    async def test_replays_a_turn_that_has_ended(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            live = await api.stream()
            turn = live[0].json()["turn"]

            replayed = await api.events(turn)

        assert replayed == live

    async def test_goes_on_after_the_last_event_that_the_reader_saw(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            live = await api.stream()

            rest = await api.events(live[0].json()["turn"], after="2")

        assert rest == live[2:]

    async def test_says_that_nothing_is_left_to_come(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            turn = (await api.ask()).json()["turn"]

            response = await api.http.get(
                f"/v1/turns/{turn}/events", headers={"last-event-id": "4"}
            )

        assert (response.status_code, response.content) == (204, b"")

    async def test_follows_a_running_turn_for_two_readers_at_once(self, tmp_path: Path) -> None:
        gate = asyncio.Event()
        async with serving(ScriptedAssistant(SENTENCE, gate, ANSWER), tmp_path) as api:
            turn = await ask_and_leave(api)
            readers = [asyncio.create_task(api.events(turn)) for _ in range(2)]
            await asyncio.sleep(0.2)
            gate.set()

            first, second = await asyncio.gather(*readers)

        assert [event.event for event in first] == WHOLE
        assert first == second

    @pytest.mark.parametrize("given", ["x", "-1", "1.5", "99999999999999999999", "²", "1 2"])
    async def test_refuses_a_last_event_id_that_no_event_has(
        self, given: str, tmp_path: Path
    ) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            turn = (await api.ask()).json()["turn"]

            response = await api.http.get(
                f"/v1/turns/{turn}/events", headers={b"last-event-id": given.encode()}
            )

        assert response.status_code == 422
        assert response.json()["errors"][0]["field"] == "last-event-id"

    @pytest.mark.parametrize("path", ["", "/events", "/receipts"])
    @pytest.mark.parametrize("turn", ["0" * 32, "none", "%00", "%ED%A0%80", "A" * 32])
    async def test_of_a_turn_that_nobody_asked_are_not_found(
        self, turn: str, path: str, tmp_path: Path
    ) -> None:
        async with serving(ScriptedAssistant(ANSWER), tmp_path) as api:
            response = await api.http.get(f"/v1/turns/{turn}{path}")

        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


class TestATurnThatNobodyReads:
    @pytest.mark.parametrize("as_json", [False, True], ids=["stream", "json"])
    async def test_is_stopped_after_the_grace(self, tmp_path: Path, *, as_json: bool) -> None:
        assistant = ScriptedAssistant(SENTENCE, asyncio.Event(), ANSWER)
        async with serving(assistant, tmp_path, reader_grace_seconds=2) as api:
            turn = await ask_and_leave(api, as_json=as_json)

            state = await state_after(api, turn)
            events = await api.events(turn)

        assert (state, assistant.was_stopped) == ("cancelled", True)
        assert [event.event for event in events] == ["turn", "sentence", "error", "done"]
        assert events[2].json()["status"] == 410

    async def test_goes_on_where_a_reader_comes_back_in_time(self, tmp_path: Path) -> None:
        gate = asyncio.Event()
        assistant = ScriptedAssistant(SENTENCE, gate, ANSWER)
        async with serving(assistant, tmp_path, reader_grace_seconds=3) as api:
            turn = await ask_and_leave(api)
            back = asyncio.create_task(api.events(turn))
            await asyncio.sleep(3.5)
            gate.set()

            events = await back

        assert [event.event for event in events] == WHOLE

    async def test_is_completed_where_that_takes_less_than_the_grace(self, tmp_path: Path) -> None:
        gate = asyncio.Event()
        async with serving(ScriptedAssistant(SENTENCE, gate, ANSWER), tmp_path) as api:
            turn = await ask_and_leave(api)
            gate.set()

            state = await state_after(api, turn)

        assert state == "done"

    async def test_lets_the_conversation_go_on_once_it_is_stopped(self, tmp_path: Path) -> None:
        assistant = ScriptedAssistant(asyncio.Event(), ANSWER)
        async with serving(assistant, tmp_path, reader_grace_seconds=0) as api:
            turn = await ask_and_leave(api)
            await state_after(api, turn)
            conversation = (await api.http.get(f"/v1/turns/{turn}")).json()["conversation"]
            assistant.script = (ANSWER,)

            response = await api.ask(conversation=conversation)

        assert response.status_code == 200


class TestRateTurn:
    async def test_keeps_the_last_word_and_shows_it(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            turn = (await api.ask()).json()["turn"]
            path = f"/v1/turns/{turn}/feedback"
            first = await api.http.post(path, json={"rating": "up"})
            await api.http.post(
                path, json={"rating": "down", "reason": "wrong", "comment": "It is 80."}
            )

            body = (await api.http.get(f"/v1/turns/{turn}")).json()

        assert first.status_code == 204
        assert body["rating"] == "down"

    async def test_forgets_what_is_taken_back(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            turn = (await api.ask()).json()["turn"]
            path = f"/v1/turns/{turn}/feedback"
            await api.http.post(path, json={"rating": "up"})

            response = await api.http.delete(path)
            body = (await api.http.get(f"/v1/turns/{turn}")).json()

        assert response.status_code == 204
        assert body["rating"] is None

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"rating": "sideways"},
            {"rating": "up", "reason": "because"},
            {"rating": "up", "comment": "x" * 2001},
            {"rating": "up", "comment": "\x00"},
            {"rating": "up", "stars": 5},
        ],
    )
    async def test_refuses_what_it_doesn_t_know(
        self, given: dict[str, object], tmp_path: Path
    ) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            turn = (await api.ask()).json()["turn"]

            response = await api.http.post(f"/v1/turns/{turn}/feedback", json=given)

        assert response.status_code == 422


class TestReadReceipts:
    async def test_shows_what_each_sentence_rests_on(self, tmp_path: Path) -> None:
        script = (a_receipt(SENTENCE), SENTENCE, ANSWER)
        async with serving(ScriptedAssistant(*script), tmp_path) as api:
            turn = (await api.ask()).json()["turn"]

            body = (await api.http.get(f"/v1/turns/{turn}/receipts")).json()

        (receipt,) = body["receipts"]
        (claim,) = receipt["claims"]
        assert (body["turn"], body["generation"], body["withheld"]) == (turn, "g1", [])
        assert (receipt["text"], receipt["ruling"]) == (SENTENCE.text, "released")
        assert (claim["verdict"], claim["check"]) == ("SUPPORTED", "verbatim")
        assert claim["evidence"]["article"] == "ship/us"
        assert claim["evidence"]["version"] == "a" * 64

    async def test_tells_how_much_was_withheld_and_no_word_of_it(self, tmp_path: Path) -> None:
        script = (a_receipt(SENTENCE, "All is free."), SENTENCE, a_refusal("80 USD."), ANSWER)
        async with serving(ScriptedAssistant(*script), tmp_path) as api:
            turn = (await api.ask()).json()["turn"]

            response = await api.http.get(f"/v1/turns/{turn}/receipts")

        assert response.json()["withheld"] == [{"check": "policy facts", "sentences": 2}]
        assert "All is free" not in response.text
        assert "80 USD" not in response.text

    async def test_names_the_event_that_showed_a_sentence(self, tmp_path: Path) -> None:
        script = (a_refusal("80 USD."), a_receipt(SENTENCE), SENTENCE, ANSWER)
        async with serving(ScriptedAssistant(*script), tmp_path) as api:
            events = await api.stream()

            kept = api.store.receipts(events[0].json()["turn"])

        shown = next(event for event in events if event.event == "sentence")
        assert [receipt.event for receipt in kept] == [None, int(shown.id)]

    async def test_are_kept_where_the_answer_fails_later(self, tmp_path: Path) -> None:
        script = (a_receipt(SENTENCE), SENTENCE, ModelTimeoutError("The model took over 30 s."))
        async with serving(ScriptedAssistant(*script), tmp_path) as api:
            events = await api.stream()

            kept = api.store.receipts(events[0].json()["turn"])

        assert [receipt.shown for receipt in kept] == [SENTENCE.text]


class TestReadConversation:
    async def test_shows_every_turn_with_its_citations_and_generation(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            first = (await api.ask()).json()
            await api.ask("And refunds?", conversation=first["conversation"])

            body = (await api.http.get(f"/v1/conversations/{first['conversation']}")).json()

        assert [turn["question"] for turn in body["turns"]] == ["Is shipping free?", "And refunds?"]
        assert body["turns"][0]["sentences"] == first["sentences"]
        assert body["turns"][0]["generation"] == "g1"
        assert body["turns"][0]["state"] == "done"
