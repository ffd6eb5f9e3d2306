"""The round of who looks after the assistant's quality, in a real browser on a real site."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.evaluation_runs import write_run
from tests.ui import admin_pages
from tests.ui.conftest import Site
from tests.ui.drawn import choose, open_tab, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def measured_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the page, two runs, and the index of the sample articles."""
    folder = tmp_path_factory.mktemp("measured") / "data"
    shutil.copytree(site.data_dir, folder, ignore=shutil.ignore_patterns("candor.db*"))
    write_run(folder, "earlier", started="2026-11-01T09:00:00+00:00")
    write_run(folder, "later", started="2026-11-02T09:00:00+00:00")
    running = Site(folder, variables=admin_pages.VARIABLES)
    with running.serving():
        yield running


def enter(page: Page, site: Site) -> None:
    admin_pages.enter(page, site, "evaluations", "Runs")


class TestEvaluations:
    def test_drill_down_from_a_run_to_why_a_case_fell_short(
        self, page: Page, measured_site: Site
    ) -> None:
        enter(page, measured_site)
        wait_until_drawn(page)

        page.get_by_text("a-2 · What of a-2?").click()

        expect(page.get_by_text("75 USD isn't said")).to_be_visible()

    def test_compare_two_runs(self, page: Page, measured_site: Site) -> None:
        enter(page, measured_site)

        open_tab(page, "Compare")

        expect(page.get_by_text("2 cases are in both.")).to_be_visible()

    def test_make_a_case_of_what_a_customer_disliked(self, page: Page, measured_site: Site) -> None:
        page.goto(measured_site.address)
        box = page.get_by_test_id("stChatInputTextArea")
        box.fill("How long do I have to return something I bought in the US?")
        box.press("Enter")
        page.get_by_test_id("stFeedbackButton").nth(1).click()
        expect(page.get_by_test_id("stForm")).to_be_visible()
        enter(page, measured_site)

        open_tab(page, "Review queue")
        expect(page.get_by_text("How long do I have to return")).to_be_visible()
        wait_until_drawn(page)
        page.get_by_text("How long do I have to return").click()
        choose(page, "Right outcomes", page.get_by_role("option", name="ANSWERED", exact=True))
        page.keyboard.press("Escape")
        page.get_by_label("What it must say").fill("45 days")
        page.get_by_role("button", name="Make it a case").click()

        expect(page.get_by_text("It became a case.")).to_be_visible()

    def test_fit_a_phone(self, page: Page, measured_site: Site) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        enter(page, measured_site)

        for tab in ("Runs", "Compare", "Trends", "Review queue"):
            open_tab(page, tab)
            expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()

            wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert page.evaluate(wider) is False
