"""The round of whoever operates the assistant, in a real browser on a real site."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.answer import Outcome, Usage
from app.drift.canaries import Canaries
from app.drift.canary import Canary
from app.releases.candidate import create_release
from app.releases.promotion import Promotions, Reason
from app.releases.store import Releases
from app.settings import AppSettings
from app.store.database import open_database
from app.store.records import (
    AnswerRecord,
    Ending,
    EventName,
    NewTurn,
    PassageRecord,
    SentenceRecord,
    TurnEvent,
    TurnState,
)
from app.store.sql_conversations import SqlConversations
from tests.drifting import a_pass, a_reference, an_observation
from tests.fakes import HashEmbedder
from tests.ui import admin_pages
from tests.ui.conftest import Site
from tests.ui.drawn import open_tab

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.usefixtures("within_a_day"),
]

DAYS = 30
SILENT_FROM = 18
"""The day from which most questions are abstained from."""


def keep_turns(data_dir: Path) -> None:
    """Keep a month of turns; from one day on, most questions find no answer."""
    drawn = random.Random(1)
    store = SqlConversations(open_database(data_dir))
    begun = datetime.combine(datetime.now(UTC) - timedelta(days=DAYS - 1), time(), UTC)
    for day in range(DAYS + 1):  # and tomorrow, which the test may run into
        for number in range(12):
            asked = begun + timedelta(days=day, milliseconds=number)
            keep_turn(store, asked, drawn, is_silent=day >= SILENT_FROM)
    store.close()


def keep_turn(
    store: SqlConversations, asked: datetime, drawn: random.Random, *, is_silent: bool
) -> None:
    turn, talk = f"{drawn.getrandbits(128):032x}", f"{drawn.getrandbits(128):032x}"
    is_abstained = drawn.random() < (0.7 if is_silent else 0.1)
    store.create(talk, asked)
    store.begin(NewTurn(turn, talk, "Is it free?", None, asked, asked), first_event(turn))
    store.append(turn, TurnEvent(2, EventName.SENTENCE), SentenceRecord("It is.", ()))
    answer = AnswerRecord(
        Outcome.ABSTAINED if is_abstained else Outcome.ANSWERED,
        "It is.",
        "free",
        "openai:m",
        release="r2-1a2b3c4d" if is_silent else "r1-0a0b0c0d",
        passages=(PassageRecord("ship/us", "ship/us#0-9", 1.0, drawn.uniform(0.4, 0.8)),),
        timings_ms={"total": drawn.lognormvariate(7.5, 0.3)},
    )
    usage = (Usage("openai:m", 900, 60, 0.0012),)
    store.finish(turn, Ending(TurnState.DONE, asked, (), answer, usage=usage))


def first_event(turn: str) -> TurnEvent:
    return TurnEvent(1, EventName.TURN, {"turn": turn})


@pytest.fixture(scope="module")
def busy_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the page, a month of turns, two releases, and an alarm of the canary."""
    folder = tmp_path_factory.mktemp("busy") / "data"
    shutil.copytree(site.data_dir, folder, ignore=shutil.ignore_patterns("candor.db*"))
    keep_turns(folder)
    for contact in ("before@shop.example", "after@shop.example"):
        release = create_release(AppSettings(data_dir=folder, contact=contact))
        override = Reason("ann", override="A test.")
        Promotions(AppSettings(data_dir=folder)).promote(release.id, override)
    reference = a_reference()
    Canaries(folder).keep_reference(reference)
    canary = Canary(
        Canaries(folder), HashEmbedder(), Releases(folder), now=lambda: datetime.now(UTC)
    )
    canary.look(reference, a_pass())
    canary.look(reference, a_pass(change=lambda n: an_observation(n, "No.", holds=False)))
    running = Site(folder, variables=admin_pages.VARIABLES)
    with running.serving():
        yield running


def enter(page: Page, site: Site) -> None:
    admin_pages.enter(page, site, "operations", "Today")


class TestOperations:
    def test_tell_today_what_asks_to_be_looked_at(self, page: Page, busy_site: Site) -> None:
        enter(page, busy_site)

        expect(page.get_by_text("The model has changed")).to_be_visible()
        expect(page.get_by_text("Abstained changed on")).to_be_visible()
        expect(page.get_by_test_id("stMetricValue").first).to_have_text("12")
        expect(page.get_by_text("Conversations behind the number")).to_be_visible()

    def test_show_a_signal_over_time(self, page: Page, busy_site: Site) -> None:
        enter(page, busy_site)

        open_tab(page, "Over time")

        expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
        expect(page.get_by_text("Changed on")).to_be_visible()

    def test_put_the_cases_of_an_alarm_side_by_side(self, page: Page, busy_site: Site) -> None:
        enter(page, busy_site)

        open_tab(page, "Drift")

        expect(page.get_by_text("What of 0?")).to_be_visible()
        expect(page.get_by_text("Refunds take 5 days.").first).to_be_visible()

    def test_fit_a_phone(self, page: Page, busy_site: Site) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        enter(page, busy_site)

        for tab in ("Today", "Over time", "By release", "Drift"):
            open_tab(page, tab)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 390

    def test_roll_back_while_an_alarm_is_open(self, page: Page, busy_site: Site) -> None:
        releases = Releases(busy_site.data_dir)
        after, before = releases.listed()
        enter(page, busy_site)
        expect(page.get_by_text(f"What serves now: {after.id}")).to_be_visible()

        page.get_by_role("button", name="Roll back").first.click()
        page.get_by_role("button", name="Roll back now").click()

        expect(page.get_by_text(f"Rolled back: {before.id} serves 100%.")).to_be_visible()
        assert releases.serving().releases == (before.id,)
        assert "Canary alarm" in releases.log()[0].why

    def test_close_an_alarm_with_a_reason(self, page: Page, busy_site: Site) -> None:
        enter(page, busy_site)

        page.get_by_role("button", name="Close the alarm").first.click()
        page.get_by_label("What was found").fill("The provider took it back.")
        page.get_by_label("What was found").press("Enter")
        page.get_by_role("button", name="Close it now").click()

        expect(page.get_by_text("is closed: The provider took it back.")).to_be_visible()
        expect(page.get_by_text("The model has changed")).to_be_hidden()
        (alarm,) = Canaries(busy_site.data_dir).alarms()
        assert alarm.why == "The provider took it back."
