import asyncio
from pathlib import Path

import pytest

from app.answer import Answer, Exchange
from evals.errors import RemoteError
from evals.remote import RemoteAssistant, open_remote, public_address
from evals.runner import exchange
from tests.fakes import FixedArticles, ScriptedAssistant
from tests.live_server import ARTICLE, a_sentence, an_answer, serving


async def asked(
    assistant: RemoteAssistant, question: str, history: tuple[Exchange, ...] = ()
) -> Answer:
    parts = [part async for part in assistant.answer(question, history)]
    assert isinstance(parts[-1], Answer)
    return parts[-1]


async def opened(address: object) -> RemoteAssistant:
    return await asyncio.to_thread(open_remote, str(address), "a-key", 20.0)


class TestRemoteAssistant:
    async def test_gives_the_answer_with_the_cited_words(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        script = ScriptedAssistant(sentence, an_answer(sentence))
        async with serving(script, tmp_path) as api:
            assistant = await opened(api.http.base_url)

            answer = await asked(assistant, "Is shipping free?")

        assert assistant.served.articles[ARTICLE.id].body == ARTICLE.body
        assert (answer.generation, answer.model) == ("g1", "api")
        assert [one.quote for one in answer.sentences[0].citations] == [sentence.text]

    async def test_goes_on_with_the_conversation(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        script = ScriptedAssistant(sentence, an_answer(sentence))
        async with serving(script, tmp_path) as api:
            assistant = await opened(api.http.base_url)
            first = await asked(assistant, "Is shipping free?")

            await asked(assistant, "And abroad?", (exchange("Is shipping free?", first),))

        (_, first_history, _), (_, history, _) = script.asked
        assert first_history == ()
        assert [one.question for one in history] == ["Is shipping free?"]

    async def test_refuses_an_answer_from_another_generation(self, tmp_path: Path) -> None:
        sentence = a_sentence()
        script = ScriptedAssistant(sentence, an_answer(sentence))
        library = FixedArticles(ARTICLE, generation="g2")
        async with serving(script, tmp_path, library=library) as api:
            assistant = await opened(api.http.base_url)

            with pytest.raises(RemoteError, match="from generation g1, the run began with g2"):
                await asked(assistant, "Is shipping free?")


class TestOpenRemote:
    def test_says_that_nobody_is_there(self) -> None:
        with pytest.raises(RemoteError, match=r"127.0.0.1:9.* can't be reached .*check --url"):
            open_remote("http://me:secret@127.0.0.1:9", None, 5.0)

    def test_keeps_what_may_be_secret_out_of_the_address(self) -> None:
        assert public_address("http://me:secret@host:8000/?token=x") == "http://host:8000/"
