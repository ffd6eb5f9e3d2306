"""The page *Releases*, run without a browser against the real API."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.releases.candidate import create_release
from app.releases.promotion import Promotions, Reason
from app.releases.release import Release
from app.releases.store import Releases
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.fakes import ScriptedAssistant
from tests.generations import write_generation
from tests.live_server import an_answer
from tests.releases import keep_conversations, measure
from tests.ui.background import api_on_a_thread

KEY = "a key of sixteen characters"


def draw(address: str) -> None:
    """The page's script: Streamlit runs its source, so all that it needs stands in it."""
    import httpx  # noqa: PLC0415

    from ui.client import ApiClient  # noqa: PLC0415
    from ui.releases import page  # noqa: PLC0415

    with httpx.Client(base_url=address, timeout=60) as http:
        page.show(ApiClient(http), http)


class Owner:
    """A page that knows the key, and the data folder behind its API."""

    def __init__(self, address: str, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.page = AppTest.from_function(draw, default_timeout=60, kwargs={"address": address})
        self.page.session_state["admin-key"] = KEY

    def open(self, tab: str = "Serving") -> None:
        self.page.session_state["tab-Releases"] = tab
        self.page.run()
        assert not self.page.exception

    def created(self, **settings: object) -> Release:
        given = AppSettings(data_dir=self.data_dir, **settings)  # type: ignore[arg-type] # any field
        return create_release(given)

    def promoted(self, **settings: object) -> Release:
        release = self.created(**settings)
        chosen = Promotions(AppSettings(data_dir=self.data_dir))
        chosen.promote(release.id, Reason("ann", override="A test."))
        return release

    def press(self, label: str) -> None:
        next(button for button in self.page.button if button.label == label).click().run()
        assert not self.page.exception

    def can_press(self, label: str) -> bool:
        return not next(button for button in self.page.button if button.label == label).disabled

    def shown(self) -> str:
        elements = [*self.page.main, *self.page.get("expander")]
        texts = (str(getattr(each, "value", getattr(each, "label", ""))) for each in elements)
        metrics = (f"{one.label} {one.value}" for one in self.page.metric)
        return " ".join((*texts, *metrics)).replace("\\", "")

    @property
    def serving(self) -> tuple[str, ...]:
        return Releases(self.data_dir).serving().releases


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Owner]:
    publish(tmp_path, write_generation(tmp_path))
    with api_on_a_thread(ScriptedAssistant(an_answer()), tmp_path, admin_key=KEY) as address:
        yield Owner(address, tmp_path)


class TestServing:
    def test_says_that_no_release_serves(self, owner: Owner) -> None:
        owner.open()

        assert "No release serves" in owner.shown()

    def test_shows_both_that_serve_side_by_side(self, owner: Owner) -> None:
        first = owner.promoted()
        second = owner.created(contact="other@shop.example")
        Promotions(AppSettings(data_dir=owner.data_dir)).promote(
            second.id, Reason("ann", override="A test."), 0.25
        )

        owner.open()

        assert {one.label.replace("\\", ""): one.value for one in owner.page.metric} == {
            first.id: "75%",
            second.id: "25%",
        }

    def test_promotes_what_the_gate_has_passed(self, owner: Owner) -> None:
        release = owner.created()
        measure(owner.data_dir, release.pinned)
        owner.open()
        assert "all 1 checks hold" in owner.shown()

        owner.press(f"Promote {release.id}")

        assert owner.serving == (release.id,)
        assert f"Promoted: {release.id} serves 100%." in owner.shown()

    def test_promotes_nothing_else_without_a_reason(self, owner: Owner) -> None:
        release = owner.created()
        owner.open()
        assert "No run has measured exactly this set." in owner.shown()
        assert not owner.can_press(f"Promote {release.id}")

        owner.page.text_input(key=f"override-{release.id}").set_value("It must.").run()
        owner.press(f"Promote {release.id}")

        assert owner.serving == (release.id,)
        assert Releases(owner.data_dir).log()[0].override == "It must."

    def test_rolls_back(self, owner: Owner) -> None:
        first = owner.promoted()
        owner.promoted(contact="other@shop.example")
        owner.open()

        owner.press("Roll back now")

        assert owner.serving == (first.id,)

    def test_says_why_nothing_may_be_promoted(self, owner: Owner) -> None:
        owner.created()
        Releases(owner.data_dir).freeze("The provider's model changed.")

        owner.open()

        assert "The provider's model changed." in owner.shown()

    def test_creates_a_release(self, owner: Owner) -> None:
        owner.open()

        owner.press("Create it")

        (release,) = Releases(owner.data_dir).listed()
        assert f"Release {release.id} was created" in owner.shown()

    def test_shows_no_markup_of_a_note(self, owner: Owner) -> None:
        create_release(AppSettings(data_dir=owner.data_dir), note="**bold** <img src=x>")

        owner.open()

        assert "\\*\\*bold" in " ".join(str(one.value) for one in owner.page.markdown)


class TestWhatChanged:
    def test_shows_settings_and_the_lines_of_a_prompt(self, owner: Owner) -> None:
        owner.created(answer_prompt="answer.v2")
        owner.created(contact="other@shop.example")

        owner.open("What changed")

        (table,) = owner.page.dataframe
        assert set(table.value["What"]) == {"prompts.answer", "wording.contact"}
        assert "$tone" in owner.page.code[0].value


class TestSideBySide:
    def test_says_that_it_takes_two(self, owner: Owner) -> None:
        owner.open("Side by side")

        assert "It takes two releases" in owner.page.info[0].value

    def test_compares_those_that_serve_with_intervals(self, owner: Owner) -> None:
        first = owner.promoted()
        second = owner.created(contact="other@shop.example")
        Promotions(AppSettings(data_dir=owner.data_dir)).promote(
            second.id, Reason("ann", override="A test."), 0.5
        )
        keep_conversations(owner.data_dir, first.id, answered=9, abstained=1)
        keep_conversations(owner.data_dir, second.id, answered=2, abstained=8)

        owner.open("Side by side")

        (table,) = owner.page.dataframe
        rows = {row["Of the conversations"]: row for row in table.value.to_dict("records")}
        assert rows["An abstention"]["Difference"].startswith("+70.0 points (+")
        assert rows["An abstention"][first.id].startswith("10.0% (")
        assert "US dollars a conversation" in rows
        assert rows["A failed turn"]["Difference"].startswith("+0.0 points")
        assert f"10 of {first.id}, 10 of {second.id}" in owner.shown()

    def test_says_that_neither_has_answered(self, owner: Owner) -> None:
        owner.created()
        owner.created(contact="other@shop.example")

        owner.open("Side by side")

        assert "Neither of them has had a conversation" in owner.page.info[0].value

    def test_bears_one_release_on_both_sides(self, owner: Owner) -> None:
        first = owner.created()
        owner.created(contact="other@shop.example")
        keep_conversations(owner.data_dir, first.id, answered=3, abstained=0)
        owner.open("Side by side")

        for side in ("before", "after"):
            owner.page.selectbox(key=f"arm-{side}").set_value(first.id)
        owner.page.run()

        assert not owner.page.exception
        assert len(owner.page.dataframe[0].value) > 0


class TestPrompts:
    def test_shows_a_prompt_and_what_differs_from_the_version_before(self, owner: Owner) -> None:
        owner.open("Prompts")

        owner.page.selectbox(key="prompt").set_value("answer.v3").run()

        diff, whole = owner.page.code
        assert "+The company sets these limits" in diff.value
        assert "$passages" in whole.value


class TestHistory:
    def test_tells_who_let_what_serve(self, owner: Owner) -> None:
        release = owner.promoted()

        owner.open("History")

        (table,) = owner.page.dataframe
        (row,) = table.value.to_dict("records")
        assert (row["Who"], row["Override"]) == ("ann", "A test.")
        assert row["Serves then"] == f"{release.id} 100%"
