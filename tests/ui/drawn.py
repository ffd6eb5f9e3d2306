"""What is clicked in a browser once the page is drawn: what is drawn anew misses a click."""

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as LateError

_TRIES = 10
_SHOWN_MS = 10_000


def open_tab(page: Page, name: str) -> None:
    """Click a tab."""
    wait_until_drawn(page)
    page.get_by_role("tab", name=name).click()


def choose(page: Page, box: str, option: Locator) -> None:
    """Choose an option of a box; its list is opened again where a box drawn anew has closed it."""
    wait_until_drawn(page)
    for _ in range(_TRIES):
        page.get_by_role("combobox", name=box).click()
        try:
            option.click(timeout=_SHOWN_MS)
        except LateError:
            continue
        return
    raise AssertionError(f"the list of {box!r} doesn't stay open")


def wait_until_drawn(page: Page) -> None:
    """Wait until the page's script has ended."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
