"""The content editor's round, in a real browser on a real site."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from knowledge_base.generations.publication import current_generation_id
from knowledge_base.sample import SAMPLE_ARTICLES
from tests.ui import admin_pages
from tests.ui.conftest import Site
from tests.ui.drawn import choose, open_tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles that the editor works on: some of the sample's."""
    folder = tmp_path_factory.mktemp("content") / "articles"
    shutil.copytree(SAMPLE_ARTICLES / "returns", folder)
    return folder


@pytest.fixture(scope="module")
def editors_site(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Iterator[Site]:
    """A site with the editor's page, and an index of her articles."""
    running = Site(
        tmp_path_factory.mktemp("editors-site"),
        variables={**admin_pages.VARIABLES, "CANDOR_SOURCES": f'["{articles}"]'},
    )
    running.reindex()
    with running.serving():
        yield running


def enter(page: Page, site: Site) -> None:
    admin_pages.enter(page, site, "knowledge-base", "Articles")


class TestKnowledgeBase:
    def test_takes_an_edit_from_the_plan_to_the_customers_and_back(
        self, page: Page, editors_site: Site, articles: Path
    ) -> None:
        before = current_generation_id(editors_site.data_dir)
        (articles / "kayaks.md").write_text(
            "---\ntitle: Kayaks\n---\nA kayak can be returned within 21 days of delivery.\n"
        )
        enter(page, editors_site)

        open_tab(page, "Reindex")
        page.get_by_role("button", name="Show what would change").click()
        expect(page.get_by_text("1 added, 0 changed, 0 removed")).to_be_visible()
        page.get_by_role("button", name="Reindex now").click()
        expect(page.get_by_text("was published")).to_be_visible()
        after = current_generation_id(editors_site.data_dir)
        open_tab(page, "Articles")
        page.get_by_placeholder("Words in titles").fill("kayak 21 days")
        page.get_by_placeholder("Words in titles").press("Enter")
        page.get_by_role("button", name="Kayaks").click()
        expect(page.locator("mark", has_text="21 days")).to_be_visible()

        open_tab(page, "Generations")
        expect(page.get_by_role("combobox", name="Generation")).to_be_visible()
        choose(page, "Generation", page.get_by_role("option").nth(1))
        page.get_by_role("button", name="Roll back").click()
        page.get_by_role("button", name="Yes, let it serve").click()
        expect(page.get_by_text("serves again")).to_be_visible()

        assert after != before
        assert current_generation_id(editors_site.data_dir) == before
        assert admin_pages.KEY.replace(" ", "%20") not in page.url

    def test_fits_a_phone(self, page: Page, editors_site: Site) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        enter(page, editors_site)

        for tab in ("Articles", "Reindex", "Generations"):
            open_tab(page, tab)
            expect(
                page.get_by_role("tabpanel", name=tab).get_by_role("button").first
            ).to_be_visible()

            wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert page.evaluate(wider) is False

    def test_says_when_the_api_is_away_and_recovers(self, page: Page, editors_site: Site) -> None:
        enter(page, editors_site)

        editors_site.stop("serve")
        open_tab(page, "Generations")
        expect(page.get_by_text("can't be reached")).to_be_visible()
        editors_site.start("serve")

        expect(page.get_by_role("button", name="Verify")).to_be_visible()


class TestChat:
    def test_does_not_show_the_page_to_customers(self, page: Page, site: Site) -> None:
        page.goto(site.address)

        expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
        expect(page.get_by_text("Knowledge base")).to_have_count(0)
