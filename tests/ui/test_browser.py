"""The chat as a customer sees it, in a real browser on a real site."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.openai_server import Behaviour, Exchange, OpenAIServer, an_openai_server
from tests.ui.conftest import Site
from tests.ui.drawn import wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

COVERED = "How long do I have to return something I bought in the US?"
UNCOVERED = "Do you have a student discount?"
SENTENCE = re.compile(r"\b[A-Z][^.|<>\"\n]+\.")
"""A sentence of a passage in the model's prompt."""


def repeats_a_passage(rest: threading.Event) -> Behaviour:
    """Two sentences of the first passage, the second one once `rest` is set."""

    def repeat(exchange: Exchange) -> None:
        asked = str(exchange.body["messages"][-1]["content"])
        first, second, *_ = SENTENCE.findall(asked[asked.index("<passage ") :])
        exchange.begin()
        exchange.send_chunk(f"{first} [1]\n{second[:5]}")
        rest.wait(timeout=60)
        exchange.send_chunk(f"{second[5:]} [1]", finish="stop")
        exchange.send("data: [DONE]\n\n")
        exchange.end()

    return repeat


@pytest.fixture
def rest() -> Iterator[threading.Event]:
    """Lets the second answer of the model go on."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def model(rest: threading.Event) -> Iterator[OpenAIServer]:
    """A chat model that answers at once the first time, and slowly then."""
    at_once = threading.Event()
    at_once.set()
    with an_openai_server(repeats_a_passage(at_once), repeats_a_passage(rest)) as server:
        yield server


@pytest.fixture
def slow_site(site: Site, model: OpenAIServer, tmp_path: Path) -> Iterator[Site]:
    """A site of its own, with the same index, on which a chat model writes."""
    shutil.copytree(
        site.data_dir, tmp_path / "data", ignore=shutil.ignore_patterns("candor.db*", "embeddings")
    )
    running = Site(
        tmp_path / "data",
        variables={
            "CANDOR_MODEL": "openai:slow",
            "CANDOR_MODEL_BASE_URL": model.base_url,
            "CANDOR_MODEL_API_KEY": "none",
            "CANDOR_MODEL_TIMEOUT_SECONDS": "120",
        },
    )
    with running.serving():
        yield running


def ask(page: Page, question: str) -> Locator:
    """Ask, and return the last answer once it can be rated."""
    messages = page.get_by_test_id("stChatMessage")
    before = messages.count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    expect(messages).to_have_count(before + 2)
    answer = messages.last
    expect(answer.get_by_test_id("stFeedback")).to_be_visible()
    wait_until_drawn(page)
    return answer


class TestChat:
    def test_answers_with_a_citation_that_opens_its_passage_and_survives_a_reload(
        self, page: Page, site: Site
    ) -> None:
        page.goto(site.address)

        answer = ask(page, COVERED)
        expect(answer.locator("sup").first).to_have_text("1")
        answer.get_by_test_id("stPopover").first.get_by_role("button").click()
        passage = page.get_by_test_id("stPopoverBody")
        expect(passage.locator("mark").first).to_be_visible()
        expect(passage.get_by_role("link", name="Read the whole article")).to_be_visible()
        words = answer.locator(".candor-answer").inner_text()
        page.reload()

        expect(page).to_have_url(re.compile(r"conversation="))
        again = page.get_by_test_id("stChatMessage").last
        expect(again.locator(".candor-answer")).to_have_text(words, use_inner_text=True)

    def test_shows_why_behind_an_expander(self, page: Page, site: Site) -> None:
        page.goto(site.address)

        answer = ask(page, COVERED)
        why = answer.get_by_test_id("stExpander")
        why.get_by_text("Why this answer?").click()

        expect(why.get_by_text("Supported").first).to_be_visible()

    def test_shows_an_abstention_unlike_an_answer(self, page: Page, site: Site) -> None:
        page.goto(site.address)

        answer = ask(page, UNCOVERED)

        expect(answer.get_by_test_id("stAlert")).to_be_visible()
        expect(answer.locator(".candor-answer")).to_have_count(0)

    def test_begins_with_questions_to_choose_from(self, page: Page, site: Site) -> None:
        page.goto(site.address)

        starter = page.get_by_test_id("stButton").nth(1)
        question = starter.inner_text()
        starter.click()

        asked = page.get_by_test_id("stChatMessage").first
        expect(asked).to_contain_text(question)
        expect(page.get_by_test_id("stFeedback")).to_be_visible()

    def test_a_new_conversation_is_empty(self, page: Page, site: Site) -> None:
        page.goto(site.address)
        ask(page, COVERED)

        page.get_by_role("button", name="New conversation").click()

        expect(page.get_by_test_id("stChatMessage")).to_have_count(0)
        expect(page).not_to_have_url(re.compile(r"conversation="))

    def test_keeps_a_rating_over_a_reload(self, page: Page, site: Site) -> None:
        page.goto(site.address)
        answer = ask(page, COVERED)

        answer.get_by_test_id("stFeedbackButton").nth(1).click()
        reasons = answer.get_by_test_id("stForm")
        expect(reasons).to_be_visible()
        reasons.get_by_text("Something is missing").click()
        reasons.get_by_role("button", name="Send").click()
        expect(answer.get_by_text("Thank you")).to_be_visible()
        page.reload()

        expect(page.get_by_test_id("stChatMessage").last.get_by_test_id("stForm")).to_be_visible()

    def test_fits_a_phone(self, page: Page, site: Site) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(site.address)

        ask(page, COVERED)

        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert page.evaluate(wider) is False

    def test_says_when_the_api_is_away_and_recovers(self, page: Page, site: Site) -> None:
        page.goto(site.address)
        ask(page, COVERED)

        site.stop("serve")
        page.reload()
        expect(page.get_by_text("can't reach the assistant")).to_be_visible()
        site.start("serve")

        expect(page.get_by_test_id("stChatMessage")).to_have_count(2)

    def test_comes_back_by_itself_when_its_socket_drops(self, page: Page, site: Site) -> None:
        page.goto(site.address)
        words = ask(page, COVERED).locator(".candor-answer").inner_text()

        site.stop("ui")
        site.start("ui")
        again = ask(page, COVERED)

        first = page.get_by_test_id("stChatMessage").nth(1)
        expect(first.locator(".candor-answer")).to_have_text(words, use_inner_text=True)
        expect(again.locator(".candor-answer")).to_be_visible()
        expect(page.get_by_test_id("stChatMessage")).to_have_count(4)


def ask_slowly(page: Page) -> Locator:
    """Ask the second question, and return its answer once the first sentence is there."""
    page.get_by_test_id("stChatInputTextArea").fill(COVERED)
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    messages = page.get_by_test_id("stChatMessage")
    expect(messages).to_have_count(4)
    expect(messages.nth(3).locator(".candor-answer p")).to_have_count(1)
    return messages.nth(3)


class TestAnAnswerThatIsBeingWritten:
    def test_is_not_disturbed_by_a_rating_of_an_old_one(
        self, page: Page, slow_site: Site, model: OpenAIServer, rest: threading.Event
    ) -> None:
        page.goto(slow_site.address)
        ask(page, COVERED)
        running = ask_slowly(page)
        old = page.get_by_test_id("stChatMessage").nth(1)

        old.get_by_test_id("stFeedbackButton").nth(1).click()
        page.wait_for_timeout(2000)  # an answer that the click had stopped would be gone by now
        rest.set()

        expect(running.get_by_test_id("stFeedback")).to_be_visible()
        expect(running.locator(".candor-answer p")).to_have_count(2)
        expect(old.get_by_test_id("stForm")).to_be_visible()
        assert len(model.requests) == 2
        page.reload()
        expect(page.get_by_test_id("stForm")).to_have_count(1)

    def test_is_read_on_after_a_reload(
        self, page: Page, slow_site: Site, model: OpenAIServer, rest: threading.Event
    ) -> None:
        page.goto(slow_site.address)
        ask(page, COVERED)
        ask_slowly(page)

        page.reload()
        running = page.get_by_test_id("stChatMessage").last
        expect(running.locator(".candor-answer p")).to_have_count(1)
        rest.set()

        expect(running.get_by_test_id("stFeedback")).to_be_visible()
        expect(running.locator(".candor-answer p")).to_have_count(2)
        assert len(model.requests) == 2

    def test_is_followed_by_what_is_asked_meanwhile(
        self, page: Page, slow_site: Site, model: OpenAIServer, rest: threading.Event
    ) -> None:
        page.goto(slow_site.address)
        ask(page, COVERED)
        ask_slowly(page)

        page.get_by_test_id("stChatInputTextArea").fill(UNCOVERED)
        page.get_by_test_id("stChatInputTextArea").press("Enter")
        page.wait_for_timeout(1000)
        rest.set()

        messages = page.get_by_test_id("stChatMessage")
        expect(messages).to_have_count(6)
        expect(messages.nth(4)).to_contain_text(UNCOVERED)
        expect(messages.nth(3).locator(".candor-answer p")).to_have_count(2)
        expect(messages.last.get_by_test_id("stFeedback")).to_be_visible()
        assert len(model.requests) >= 2
