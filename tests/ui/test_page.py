"""The page's script, run without a browser against the real API."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from streamlit.testing.v1 import AppTest

import ui
from app.answer import Outcome
from app.errors import ModelTimeoutError
from tests.fakes import ScriptedAssistant
from tests.live_server import a_receipt, a_refusal, a_sentence, an_answer
from tests.ui.background import api_on_a_thread
from ui.settings import UiSettings

SCRIPT = str(Path(ui.__file__).with_name("pages.py"))


@pytest.fixture
def assistant() -> ScriptedAssistant:
    sentence = a_sentence()
    return ScriptedAssistant(sentence, an_answer(sentence))


@pytest.fixture
def page(
    assistant: ScriptedAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    with api_on_a_thread(assistant, tmp_path) as address:
        monkeypatch.setenv("CANDOR_API_URL", address)
        yield AppTest.from_file(SCRIPT, default_timeout=60)


def shown(page: AppTest) -> str:
    """Return everything that the page shows as one text."""
    return " ".join(str(element.value) for element in page.main if hasattr(element, "value"))


class TestShow:
    def test_offers_questions_to_begin_with(self, page: AppTest) -> None:
        page.run()

        assert not page.exception
        assert len([button for button in page.button if button.key != "new"]) == 4

    def test_shows_the_answer_to_a_question(self, page: AppTest) -> None:
        page.run()

        page.chat_input[0].set_value("Is shipping free?").run()

        assert not page.exception
        assert [message.name for message in page.chat_message] == ["user", "assistant"]
        assert page.query_params["conversation"]
        assert page.get("popover")

    def test_shows_why_it_says_so(self, page: AppTest, assistant: ScriptedAssistant) -> None:
        sentence = a_sentence()
        receipt = a_receipt(sentence, "All is free.")
        assistant.script = (a_refusal("80 USD."), receipt, sentence, an_answer(sentence))
        page.run()

        page.chat_input[0].set_value("Is shipping free?").run()

        (why,) = page.expander
        told = " ".join(str(element.value) for element in why if hasattr(element, "value"))
        assert not page.exception
        assert why.label == "Why this answer?"
        assert "Quoted from the article" in told
        assert "the article says so" in told
        assert "2 drafted sentences were withheld, because of: policy facts" in told
        assert "All is free" not in told
        assert "80 USD." not in told

    def test_shows_what_is_known_above_the_notice_of_an_abstention(
        self, page: AppTest, assistant: ScriptedAssistant
    ) -> None:
        sentence = a_sentence()
        text = f"{sentence.text}\n\nThis is all. Please contact us."
        ending = replace(an_answer(sentence, outcome=Outcome.ABSTAINED), text=text)
        assistant.script = (sentence, ending)
        page.run()

        page.chat_input[0].set_value("Do you sell drones?").run()

        assert [notice.value for notice in page.warning] == ["This is all\\. Please contact us\\."]
        assert page.get("popover")

    def test_shows_an_abstention_as_a_notice(
        self, page: AppTest, assistant: ScriptedAssistant
    ) -> None:
        assistant.script = (an_answer(outcome=Outcome.ABSTAINED),)
        page.run()

        page.chat_input[0].set_value("Do you sell drones?").run()

        assert [notice.value for notice in page.warning] == ["Our articles don't cover this\\."]

    def test_shows_why_an_answer_failed(self, page: AppTest, assistant: ScriptedAssistant) -> None:
        assistant.script = (ModelTimeoutError("The model took over 30 s."),)
        page.run()

        page.chat_input[0].set_value("Is shipping free?").run()

        assert "took too long" in page.error[0].value

    def test_starts_anew_where_the_conversation_is_gone(self, page: AppTest) -> None:
        page.query_params["conversation"] = "0" * 32

        page.run()

        assert not page.exception
        assert "no longer there" in page.warning[0].value
        assert "conversation" not in page.query_params

    def test_says_that_the_api_is_away(
        self, page: AppTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CANDOR_API_URL", "http://127.0.0.1:9")
        page.query_params["conversation"] = "0" * 32

        page.run()

        assert not page.exception
        assert "can't reach the assistant" in page.warning[0].value

    def test_asks_again_by_itself_what_was_asked_while_the_api_was_away(
        self, page: AppTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        api = UiSettings().api_url
        monkeypatch.setenv("CANDOR_API_URL", "http://127.0.0.1:9")
        page.run()
        page.chat_input[0].set_value("Is shipping free?").run()
        away = [notice.value for notice in page.warning]
        monkeypatch.setenv("CANDOR_API_URL", api)

        page.run()

        assert "can't reach the assistant" in away[0]
        assert [message.name for message in page.chat_message] == ["user", "assistant"]
        assert page.get("popover")

    def test_does_not_ask_again_what_was_refused(
        self, page: AppTest, assistant: ScriptedAssistant
    ) -> None:
        page.run()
        page.chat_input[0].set_value("x" * 3000).run()
        refused = [notice.value for notice in page.error]

        page.run()

        assert "at most 2000" in refused[0]
        assert not page.error
        assert assistant.asked == []

    def test_keeps_a_rating(self, page: AppTest) -> None:
        page.run()
        page.chat_input[0].set_value("Is shipping free?").run()

        page.feedback[0].set_value(1).run()
        page.run()

        assert page.feedback[0].value == 1

    def test_takes_a_rating_back(self, page: AppTest) -> None:
        page.run()
        page.chat_input[0].set_value("Is shipping free?").run()
        page.feedback[0].set_value(1).run()

        page.feedback[0].set_value(None).run()

        path = f"/v1/conversations/{page.query_params['conversation']}"
        conversation = httpx.get(UiSettings().api_url + path).json()
        assert conversation["turns"][0]["rating"] is None
