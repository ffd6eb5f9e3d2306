"""Tabs of a page in a browser."""

from playwright.sync_api import Page, expect


def open_tab(page: Page, name: str) -> None:
    """Click a tab once the page is drawn: one that is drawn anew meanwhile misses the click."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    page.get_by_role("tab", name=name).click()
