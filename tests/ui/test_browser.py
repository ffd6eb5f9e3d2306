"""The chat as a customer sees it, in a real browser on a real site."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

COVERED = "How long do I have to return something I bought in the US?"
UNCOVERED = "Do you have a student discount?"


def ask(page: Page, question: str) -> Locator:
    """Ask, and return the last answer once it can be rated."""
    messages = page.get_by_test_id("stChatMessage")
    before = messages.count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    expect(messages).to_have_count(before + 2)
    answer = messages.last
    expect(answer.get_by_test_id("stFeedback")).to_be_visible()
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

        answer.get_by_test_id("stFeedback").get_by_role("button").nth(1).click()
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
