"""The pages that want the admin key, in a browser."""

from playwright.sync_api import Page, expect

from tests.ui.conftest import Site

KEY = "a key of sixteen characters"
VARIABLES = {"CANDOR_ADMIN_KEY": KEY, "CANDOR_ADMIN_PAGE": "true"}
"""With which a site has those pages."""


def enter(page: Page, site: Site, path: str, tab: str) -> None:
    """Open a page with the key, and wait for its first tab."""
    page.goto(f"{site.address}/{path}")
    page.get_by_label("Admin key").fill(KEY)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("tab", name=tab)).to_be_visible()
