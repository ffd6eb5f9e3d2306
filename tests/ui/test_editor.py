"""The page *Knowledge base*, run without a browser against the real API."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest
from streamlit.testing.v1 import AppTest

import ui
from app.jobs import Jobs, ProcessJobs
from knowledge_base.generations.publication import current_generation_id, publish
from tests.builders import an_article
from tests.fakes import FixedArticles, ScriptedAssistant
from tests.generations import flip, write_generation
from tests.live_server import an_answer
from tests.ui.background import api_on_a_thread

KEY = "a key of sixteen characters"
REFUNDS = an_article("Refunds take 5 days.", article_id="refunds")
RENTALS = an_article("A tent costs 12 USD.", article_id="rent/tents", title="*Tents* <b>")
PLAN = {
    "compared_with": None,
    "rebuild": None,
    "articles": {"added": ["kayaks"], "changed": ["refunds"], "removed": [], "unchanged": 9},
    "chunks": {"added": 2, "changed": 0, "removed": 0, "unchanged": 30},
    "embeddings": 2,
    "seconds": 90.0,
    "facts": {"refunds": ["refund 5 → 6 days"]},
    "skipped": [{"source": "articles", "path": "broken.md", "reason": "it isn't UTF-8"}],
    "kept": [],
    "planted": [{"article": "refunds", "line": 7, "reason": "it tells a model what to ignore"}],
}
REINDEXED = {
    "generation": "g2",
    "published": True,
    "articles": 10,
    "chunks": 32,
    "embedded": 2,
    "plan": PLAN,
    "seconds": 2.0,
}
PLACE = {"article_id": "refunds", "path": "refunds.md", "quote": "5 days", "line": 3}
FINDING = {
    "rule": "contradiction",
    "level": "error",
    "message": "One says 5 days, the other 6.",
    "advice": "Mend one.",
    "places": [{**PLACE, "heading": ""}],
}
LINT = {"at": "2026-11-01", "articles": 2, "findings": [FINDING]}
SAYS = f"""
import json, sys
said = {{"reindex": {json.dumps(REINDEXED)!r}, "lint": {json.dumps(LINT)!r}}}
print({json.dumps(PLAN)!r} if "--dry-run" in sys.argv else said[sys.argv[1]])
"""
"""Says what each kind of job would."""


def draw(address: str) -> None:
    """The page's script: Streamlit runs its source, so all that it needs stands in it."""
    import httpx  # noqa: PLC0415

    from ui.client import ApiClient  # noqa: PLC0415
    from ui.editor import page  # noqa: PLC0415

    with httpx.Client(base_url=address, timeout=60) as http:
        page.show(ApiClient(http), http)


def page_at(address: str) -> AppTest:
    return AppTest.from_function(draw, default_timeout=60, kwargs={"address": address})


class Editor:
    """A page that knows the key, and its API."""

    def __init__(self, address: str, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.page = page_at(address)
        self.page.session_state["admin-key"] = KEY
        self.page.run()

    def open(self, tab: str) -> None:
        self.page.session_state["tab-Knowledge base"] = tab
        self.page.run()

    def click(self, key: str) -> None:
        self.page.button(key=key).click().run()
        assert not self.page.exception

    def run_until(self, words: str) -> str:
        """Draw the page until it shows `words`, and return all that it shows."""
        for _ in range(600):
            if words in self.shown():
                return self.shown()
            sleep(0.1)
            self.page.run()
        pytest.fail(f"{words!r} isn't shown: {self.shown()}")

    def shown(self) -> str:
        elements = [*self.page.main, *self.page.get("expander")]
        texts = (str(getattr(each, "value", getattr(each, "label", ""))) for each in elements)
        return " ".join(texts).replace("\\", "")


def jobs_of(script: str) -> Jobs:
    return ProcessJobs(lambda: datetime.now(UTC), (sys.executable, "-c", script))


@pytest.fixture
def script() -> str:
    """What a job runs."""
    return SAYS


@pytest.fixture
def editor(tmp_path: Path, script: str) -> Iterator[Editor]:
    with api_on_a_thread(
        ScriptedAssistant(an_answer()),
        tmp_path,
        library=FixedArticles(REFUNDS, RENTALS),
        new_jobs=lambda: jobs_of(script),
        admin_key=KEY,
    ) as address:
        yield Editor(address, tmp_path)


class TestDoor:
    def test_asks_for_the_key_and_keeps_it_out_of_the_address(self, tmp_path: Path) -> None:
        with api_on_a_thread(ScriptedAssistant(an_answer()), tmp_path, admin_key=KEY) as address:
            page = page_at(address).run()
            asked = [field.label for field in page.text_input]
            page.text_input[0].set_value(KEY)
            page.button[0].click().run()

        assert asked == ["Admin key"]
        assert [tab.label for tab in page.tabs] == ["Articles", "Reindex", "Generations"]
        assert page.query_params == {}

    @pytest.mark.parametrize("key", ["wrong", "ключ", "line\nbreak", "\x00"])
    def test_says_that_the_key_is_another_one(self, tmp_path: Path, key: str) -> None:
        with api_on_a_thread(ScriptedAssistant(an_answer()), tmp_path, admin_key=KEY) as address:
            page = page_at(address)
            page.session_state["admin-key"] = key
            page.run()

        assert not page.exception
        assert [error.value for error in page.error] == ["The API has another key."]
        assert not page.tabs

    def test_says_how_to_switch_the_page_on(self, tmp_path: Path) -> None:
        with api_on_a_thread(ScriptedAssistant(an_answer()), tmp_path) as address:
            page = page_at(address).run()

        assert "CANDOR_ADMIN_KEY" in page.info[0].value

    def test_says_that_the_api_is_away(self) -> None:
        page = page_at("http://127.0.0.1:9").run()

        assert not page.exception
        assert "can't be reached" in page.warning[0].value


class TestArticles:
    def test_are_listed_and_looked_for(self, editor: Editor) -> None:
        everything = editor.shown()
        editor.page.text_input(key="article-query").set_value("tent").run()

        assert "2 articles" in everything
        assert [one.label for one in editor.page.button if "open-" in str(one.key)] == [
            "\\*Tents\\* \\<b\\>"
        ]

    def test_show_their_text_with_the_facts_marked_and_listed(self, editor: Editor) -> None:
        editor.click("open-refunds")

        html = " ".join(one.value for one in editor.page.html)
        assert "Refunds take <mark>5 days</mark>." in html
        assert "5 days</li>" in html

    def test_show_what_was_found_in_them_beside(self, editor: Editor) -> None:
        editor.click("start-lint")
        counted = editor.run_until("articles checked")
        editor.page.toggle(key="with-findings").set_value(True).run()
        editor.click("open-refunds")

        assert "2 articles checked: 1 error, 0 warnings, 0 notes." in counted
        assert "One says 5 days, the other 6." in editor.shown()
        assert "refunds.md, line 3: “5 days”" in editor.shown()

    def test_lead_back_to_what_was_looked_for(self, editor: Editor) -> None:
        editor.page.text_input(key="article-query").set_value("tent").run()
        editor.click("open-rent/tents")

        editor.page.button[0].click().run()

        assert editor.page.text_input(key="article-query").value == "tent"
        assert "1 article" in editor.shown()


class TestReindex:
    def test_shows_what_would_change(self, editor: Editor) -> None:
        editor.open("Reindex")
        editor.click("start-plan")

        shown = editor.run_until("What would change")

        assert "It takes about 1 min 30 s." in shown
        assert "1 added, 1 changed, 0 removed, 9 unchanged" in shown
        assert "refund 5 → 6 days" in shown
        assert "broken.md: it isn't UTF-8" in shown
        assert "refunds, line 7: it tells a model what to ignore" in shown

    def test_shows_what_was_published(self, editor: Editor) -> None:
        editor.open("Reindex")
        editor.click("start-reindex")

        shown = editor.run_until("was published")

        assert "Generation g2 was published: 10 articles, 32 chunks" in shown
        assert "Skipped (1)" in shown

    @pytest.mark.parametrize("script", ["import sys; sys.exit('candor: the disk is full')"])
    def test_says_why_it_failed(self, editor: Editor) -> None:
        editor.open("Reindex")
        editor.click("start-reindex")

        assert "The reindex failed: the disk is full" in editor.run_until("failed")

    @pytest.mark.parametrize("script", ["import time; time.sleep(60)"])
    def test_can_be_cancelled(self, editor: Editor) -> None:
        editor.open("Reindex")
        editor.click("start-reindex")
        cancel = next(str(one.key) for one in editor.page.button if "cancel-" in str(one.key))
        busy = editor.page.button(key="start-reindex").disabled
        editor.click(cancel)

        assert busy
        assert "The reindex was cancelled." in editor.shown()


@pytest.fixture
def shelf(editor: Editor) -> tuple[str, str]:
    """Two published generations, the second one serving."""
    folder = editor.data_dir
    first = write_generation(folder, datetime(2026, 11, 1, 9, tzinfo=UTC), REFUNDS)
    publish(folder, first)
    second = write_generation(folder, datetime(2026, 11, 2, 9, tzinfo=UTC), REFUNDS, RENTALS)
    publish(folder, second)
    return first, second


class TestGenerations:
    def test_are_compared(self, editor: Editor, shelf: tuple[str, str]) -> None:
        editor.open("Generations")

        editor.page.selectbox(key="compared").set_value(shelf[0]).run()

        assert not editor.page.exception
        assert "1 added, 0 changed, 0 removed, 1 unchanged" in editor.shown()
        assert "Added (1)" in editor.shown()

    def test_are_verified(self, editor: Editor, shelf: tuple[str, str]) -> None:
        editor.open("Generations")
        editor.click("verify")
        whole = editor.shown()
        flip(editor.data_dir / "generations" / shelf[1] / "articles.jsonl")
        editor.click("verify")

        assert "It is whole." in whole
        assert "articles.jsonl" in editor.shown()
        assert "What to do: run `candor reindex`" in editor.shown()

    def test_are_taken_back(self, editor: Editor, shelf: tuple[str, str]) -> None:
        editor.open("Generations")
        editor.page.selectbox(key="generation").set_value(shelf[0]).run()

        editor.click("roll-back")

        assert current_generation_id(editor.data_dir) == shelf[0]
        assert "The generation of 2026-11-01 09:00:00 UTC serves again." in editor.shown()

    def test_that_are_damaged_are_not_taken_back(
        self, editor: Editor, shelf: tuple[str, str]
    ) -> None:
        editor.open("Generations")
        editor.page.selectbox(key="generation").set_value(shelf[0]).run()
        flip(editor.data_dir / "generations" / shelf[0] / "articles.jsonl")

        editor.click("roll-back")

        assert current_generation_id(editor.data_dir) == shelf[1]
        assert "articles.jsonl" in editor.page.error[0].value.replace("\\", "")

    def test_that_are_missing_are_said_to_be(self, editor: Editor) -> None:
        editor.open("Generations")

        assert "Nothing has been published yet" in editor.page.info[0].value


class TestPages:
    @pytest.mark.parametrize("admin_page", ["true", "false"])
    def test_begin_with_the_chat(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, admin_page: str
    ) -> None:
        monkeypatch.setenv("CANDOR_ADMIN_PAGE", admin_page)
        with api_on_a_thread(ScriptedAssistant(an_answer()), tmp_path) as address:
            monkeypatch.setenv("CANDOR_API_URL", address)
            page = AppTest.from_file(str(Path(ui.__file__).with_name("pages.py")))
            page.run(timeout=60)

        assert not page.exception
        assert page.chat_input
