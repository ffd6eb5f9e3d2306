"""The whole assistant with a chat model behind a real socket: nothing made up gets out."""

from datetime import date

import pytest
from pydantic import SecretStr

from app.answer import Answer, Outcome, Sentence
from app.answering.chat_model import build_chat_model_answerer
from app.answering.gate_voices import build_repairer
from app.assistant import Assistant
from app.errors import AnswererError
from app.grounding.gate import Gate
from app.library import OpenGeneration
from app.settings import AppSettings
from knowledge_base.scope import Scopes
from tests.builders import CANARY, a_passage
from tests.fakes import FixedLibrary, FixedSearch
from tests.openai_server import Behaviour, OpenAIServer, an_openai_server, cuts, refuses, replies

REFUNDS = a_passage("Refunds take 5 days, except for gift cards. Shipping is free over 75 USD.")


def settings_for(server: OpenAIServer) -> AppSettings:
    return AppSettings(
        model="openai:gpt-4o-mini",
        model_base_url=server.base_url,
        model_api_key=SecretStr("sk-test"),
        model_timeout_seconds=20,
        model_max_retries=0,
    )


def an_assistant(settings: AppSettings, gate: Gate | None = None) -> Assistant:
    answerer = build_chat_model_answerer(settings, CANARY)
    return Assistant(
        library=FixedLibrary(OpenGeneration("g1", FixedSearch([REFUNDS]), Scopes([]), answerer)),
        gate=gate or Gate(),
        guardrails=(),
        contact="help@shop.example",
        today=lambda: date(2026, 11, 1),
    )


async def last_of(assistant: Assistant, shown: list[str] | None = None) -> Answer:
    async for event in assistant.answer("How long do refunds take?"):
        if isinstance(event, Answer):
            return event
        if shown is not None:
            shown.append(event.text)
    raise AssertionError("no answer came")


async def answered(behaviour: Behaviour, shown: list[str] | None = None) -> Answer:
    with an_openai_server(behaviour) as server:
        return await last_of(an_assistant(settings_for(server)), shown)


class TestAnswerWithAChatModel:
    async def test_shows_a_sentence_that_its_passage_holds_with_the_words_cited(self) -> None:
        answer = await answered(replies("Shipping is free over 75 USD [1]."))

        assert answer.outcome is Outcome.ANSWERED
        (sentence,) = answer.sentences
        assert isinstance(sentence, Sentence)
        assert [each.quote for each in sentence.citations] == ["Shipping is free over 75 USD."]
        assert answer.prompt == "answer.v3"
        assert [each.prompt_tokens for each in answer.usage] == [120]

    @pytest.mark.parametrize(
        "draft",
        [
            "Refunds take 2 days, except for gift cards [1].",
            "Refunds take 5 days, even for gift cards [1].",
            "Refunds take 5 days [1].",
            "You'll see your refund after 5 days at most [1].",
        ],
    )
    async def test_quotes_the_passage_where_the_model_changed_it(self, draft: str) -> None:
        answer = await answered(replies(draft))

        assert answer.text == "Refunds take 5 days, except for gift cards."

    async def test_shows_no_marker_and_nothing_that_points_nowhere(self) -> None:
        answer = await answered(replies("All is free [4]. Shipping is free over 75 USD [1]."))

        assert answer.text == "Shipping is free over 75 USD."

    async def test_says_a_thing_once(self) -> None:
        answer = await answered(replies("Refunds take 3 days [1]. Refunds take 4 days [1]."))

        assert answer.text == "Refunds take 5 days, except for gift cards."

    async def test_abstains_where_the_model_finds_nothing(self) -> None:
        answer = await answered(replies("NOT_COVERED"))

        assert answer.outcome is Outcome.ABSTAINED
        assert "help@shop.example" in answer.text

    async def test_abstains_where_nothing_of_the_draft_holds(self) -> None:
        answer = await answered(replies("We match prices of any competitor [1]."))

        assert answer.outcome is Outcome.ABSTAINED
        assert "match" not in answer.text

    async def test_counts_what_a_repair_takes(self) -> None:
        with an_openai_server(
            replies("Refunds take 2 days [1]."), replies("Shipping is free over 75 USD [1].")
        ) as server:
            settings = settings_for(server)
            gate = Gate(repairer=build_repairer(settings))

            answer = await last_of(an_assistant(settings, gate))

        assert answer.text == "Shipping is free over 75 USD."
        assert [each.prompt_tokens for each in answer.usage] == [120, 120]

    async def test_has_no_outcome_where_the_provider_fails(self) -> None:
        with pytest.raises(AnswererError):
            await answered(refuses(500))

    async def test_has_shown_only_whole_sentences_where_the_stream_is_cut(self) -> None:
        shown: list[str] = []

        with pytest.raises(AnswererError):
            await answered(cuts("Shipping is free over 75 USD [1]. Refunds take"), shown)

        assert shown == ["Shipping is free over 75 USD."]
