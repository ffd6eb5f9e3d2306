"""How a turn was answered, for who has the admin key."""

from dataclasses import replace
from pathlib import Path

from app.answer import Usage
from app.errors import AnswererError
from tests.fakes import ScriptedAssistant
from tests.live_server import a_sentence, an_answer, serving

KEY = "a key of sixteen characters"
BEARER = {"authorization": f"Bearer {KEY}"}


class TestReadRecord:
    async def test_tells_what_was_found_who_wrote_and_what_that_took(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        (passage,) = (one.passage for one in sentence.citations)
        usage = Usage(
            "openai:x", 120, 30, cost_usd=0.01, served_model="x-1", served_fingerprint="fp_1"
        )
        answer = replace(an_answer(sentence), passages=(passage,), model="openai:x")
        script = ScriptedAssistant(usage, sentence, answer)
        async with serving(script, tmp_path, admin_key=KEY) as api:
            turn = (await api.ask()).json()["turn"]

            record = (await api.http.get(f"/v1/admin/turns/{turn}", headers=BEARER)).json()

        chunk = passage.chunk
        (found,) = record["passages"]
        assert found == {
            "article": "ship/us",
            "start": chunk.start,
            "end": chunk.end,
            "score": passage.score,
        }
        assert (record["model"], record["query"]) == ("openai:x", "Is shipping free?")
        assert [call["prompt_tokens"] for call in record["usage"]] == [120]
        (call,) = record["usage"]
        assert (call["served_model"], call["served_fingerprint"]) == ("x-1", "fp_1")

    async def test_tells_nobody_else(self, tmp_path: Path) -> None:
        script = ScriptedAssistant(a_sentence(), an_answer(a_sentence()))
        async with serving(script, tmp_path, admin_key=KEY) as api:
            turn = (await api.ask()).json()["turn"]

            refused = await api.http.get(f"/v1/admin/turns/{turn}")
            public = (await api.http.get(f"/v1/turns/{turn}")).json()

        assert refused.status_code == 401
        assert not {"passages", "usage", "query"} & set(public)

    async def test_refuses_a_turn_that_failed(self, tmp_path: Path) -> None:
        async with serving(
            ScriptedAssistant(AnswererError("down")), tmp_path, admin_key=KEY
        ) as api:
            conversation = (await api.http.post("/v1/conversations")).json()["conversation"]
            await api.ask(conversation=conversation)
            turns = (await api.http.get(f"/v1/conversations/{conversation}")).json()["turns"]

            refused = await api.http.get(f"/v1/admin/turns/{turns[0]['turn']}", headers=BEARER)

        assert refused.status_code == 409
