"""The round of who owns the releases, in a real browser on a real site."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.releases.candidate import create_release
from app.releases.store import Releases
from app.settings import AppSettings
from tests.releases import measure
from tests.ui import admin_pages
from tests.ui.conftest import Site
from tests.ui.drawn import open_tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def owned_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the page and two releases, of which the gate has passed the second one."""
    folder = tmp_path_factory.mktemp("owned") / "data"
    shutil.copytree(site.data_dir, folder, ignore=shutil.ignore_patterns("candor.db*"))
    create_release(AppSettings(data_dir=folder, answer_prompt="answer.v2"), note="The old prompt.")
    second = create_release(AppSettings(data_dir=folder), note="With tone and limits.")
    measure(folder, second.pinned)
    running = Site(folder, variables=admin_pages.VARIABLES)
    with running.serving():
        yield running


def enter(page: Page, site: Site) -> None:
    admin_pages.enter(page, site, "releases", "Serving")


class TestReleases:
    def test_promote_what_the_gate_has_passed_and_take_it_back(
        self, page: Page, owned_site: Site
    ) -> None:
        releases = Releases(owned_site.data_dir)
        second, first = releases.listed()
        enter(page, owned_site)

        page.get_by_role("button", name="Promote").first.click()
        page.get_by_role("button", name=f"Promote {second.id}").click()

        expect(page.get_by_text(f"Promoted: {second.id} serves 100%.")).to_be_visible()
        assert releases.serving().releases == (second.id,)

        page.get_by_role("button", name="Promote").nth(1).click()
        expect(page.get_by_role("button", name=f"Promote {first.id}")).to_be_disabled()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Roll back").first.click()
        page.get_by_role("button", name="Roll back now").click()

        expect(page.get_by_text("Rolled back: no release serves.")).to_be_visible()
        assert releases.serving().releases == ()

    def test_show_what_changed_in_a_prompt(self, page: Page, owned_site: Site) -> None:
        enter(page, owned_site)

        open_tab(page, "What changed")

        expect(page.get_by_text("The company sets these limits").first).to_be_visible()

    def test_fit_a_phone(self, page: Page, owned_site: Site) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        enter(page, owned_site)

        for tab in ("Serving", "What changed", "Side by side", "Prompts", "History"):
            open_tab(page, tab)
            expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()

            wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert page.evaluate(wider) is False
