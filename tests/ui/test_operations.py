"""The page *Operations*, run without a browser against the real API."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from streamlit.testing.v1 import AppTest

from app.answer import Outcome
from app.drift.canaries import Canaries, Closing
from app.drift.canary import Canary
from app.releases.candidate import create_release
from app.releases.promotion import Promotions, Reason
from app.releases.release import Release
from app.releases.store import Releases
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.drifting import a_pass, a_reference, an_observation
from tests.fakes import FixedArticles, HashEmbedder, ScriptedAssistant
from tests.generations import write_generation
from tests.live_server import ARTICLE, a_sentence, an_answer
from tests.ui.background import api_on_a_thread

pytestmark = pytest.mark.usefixtures("within_a_day")

KEY = "a key of sixteen characters"


def draw(address: str) -> None:
    """The page's script: Streamlit runs its source, so all that it needs stands in it."""
    import httpx  # noqa: PLC0415

    from ui.client import ApiClient  # noqa: PLC0415
    from ui.operations import page  # noqa: PLC0415

    with httpx.Client(base_url=address, timeout=60) as http:
        page.show(ApiClient(http), http)


class Operator:
    """A page that knows the key, and its API."""

    def __init__(self, address: str, data_dir: Path, assistant: ScriptedAssistant) -> None:
        self.address = address
        self.data_dir = data_dir
        self.assistant = assistant
        self.page = AppTest.from_function(draw, default_timeout=60, kwargs={"address": address})
        self.page.session_state["admin-key"] = KEY

    def open(self, tab: str) -> None:
        self.page.session_state["tab-Operations"] = tab
        self.page.run()
        assert not self.page.exception

    def ask(self) -> str:
        """Ask a question as a customer, dislike the answer, and return the conversation."""
        with httpx.Client(base_url=self.address, timeout=60) as http:
            asked = http.post(
                "/v1/chat",
                json={"question": "Is shipping free?"},
                headers={"accept": "application/json"},
            )
            rated = f"/v1/turns/{asked.json()['turn']}/feedback"
            http.post(rated, json={"rating": "down"}).raise_for_status()
            return str(asked.json()["conversation"])

    def ask_in_vain(self) -> str:
        """Let a question fail, and return the conversation."""
        self.assistant.script = (RuntimeError("no"),)
        with httpx.Client(base_url=self.address, timeout=20) as http:
            talk = str(http.post("/v1/conversations").json()["conversation"])
            asked = {"question": "Is shipping free?", "conversation": talk}
            http.post("/v1/chat", json=asked, headers={"accept": "application/json"})
            return talk

    def ask_for(self, outcome: Outcome, release: str | None = None) -> str:
        """Ask so that the turn ends as the outcome says, and return the conversation."""
        self.assistant.script = (replace(an_answer(outcome=outcome), release=release),)
        return self.ask()

    def choose(self, key: str, option: str) -> None:
        self.page.selectbox(key).select(option).run()
        assert not self.page.exception

    def linked(self) -> list[str]:
        """Return the conversations that the page links to."""
        tables = [one.value for one in self.page.dataframe]
        links = [link for one in tables if "Conversation" in one for link in one["Conversation"]]
        return [link.removeprefix("/?conversation=") for link in links]

    def raise_an_alarm(self) -> str:
        """Let the canary find the model changed, and return the alarm."""
        canaries, reference = Canaries(self.data_dir), a_reference()
        canaries.keep_reference(reference)
        canary = Canary(
            canaries, HashEmbedder(), Releases(self.data_dir), now=lambda: datetime.now(UTC)
        )
        canary.look(reference, a_pass(change=lambda n: an_observation(n, "No.", holds=False)))
        return next(canaries.alarms()).id

    def promoted(self, **settings: object) -> Release:
        release = create_release(AppSettings(data_dir=self.data_dir, **settings))  # type: ignore[arg-type] # any field
        given = Reason("ann", override="A test.")
        Promotions(AppSettings(data_dir=self.data_dir)).promote(release.id, given)
        return release

    def buttons(self) -> list[str]:
        return [button.label for button in self.page.button]

    def press(self, label: str) -> None:
        next(button for button in self.page.button if button.label == label).click().run()
        assert not self.page.exception

    def shown(self) -> str:
        elements = [*self.page.main, *self.page.get("expander")]
        texts = [str(getattr(each, "value", getattr(each, "label", ""))) for each in elements]
        return " ".join(texts).replace("\\", "")


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    sentence = a_sentence()
    assistant = ScriptedAssistant(sentence, an_answer(sentence))
    with api_on_a_thread(
        assistant, tmp_path, library=FixedArticles(ARTICLE), admin_key=KEY
    ) as address:
        yield Operator(address, tmp_path, assistant)


class TestToday:
    def test_says_that_nobody_has_asked(self, operator: Operator) -> None:
        operator.open("Today")

        assert "Nobody has asked anything today yet." in operator.shown()

    def test_shows_how_many_turns_there_were(self, operator: Operator) -> None:
        operator.ask()
        operator.open("Today")

        metrics = {one.label: one.value for one in operator.page.metric}
        assert metrics["Turns today"] == "1"
        assert metrics["Cost today"] == "–"

    def test_warns_of_an_open_alarm(self, operator: Operator) -> None:
        operator.raise_an_alarm()
        operator.open("Today")

        assert "The model has changed" in operator.page.error[0].value
        assert "Nothing can be promoted" in operator.page.warning[0].value

    @pytest.mark.parametrize("outcome", [*Outcome])
    def test_links_to_the_conversations_behind_an_outcome(
        self, operator: Operator, outcome: Outcome
    ) -> None:
        talks = {one: operator.ask_for(one) for one in Outcome}
        operator.open("Today")

        operator.choose("operations-today", f"Outcome {outcome}")

        assert operator.linked() == [talks[outcome]]

    def test_links_to_the_conversations_behind_a_share(self, operator: Operator) -> None:
        operator.ask_for(Outcome.ANSWERED)
        abstained = operator.ask_for(Outcome.ABSTAINED)
        failed = operator.ask_in_vain()
        operator.open("Today")

        operator.choose("operations-today", "Abstained")
        assert operator.linked() == [abstained]
        operator.choose("operations-today", "Failed")
        assert operator.linked() == [failed]

    def test_links_to_all_conversations_of_the_day_at_first(self, operator: Operator) -> None:
        talks = [operator.ask_for(one) for one in (Outcome.BLOCKED, Outcome.HANDED_OFF)]
        operator.open("Today")

        assert sorted(operator.linked()) == sorted(talks)

    def test_says_that_no_turn_is_behind_a_number(self, operator: Operator) -> None:
        operator.ask()
        operator.open("Today")

        operator.choose("operations-today", "Unknown topics")

        assert operator.linked() == []
        assert "No turn counts for this number." in operator.shown()


class TestOverTime:
    def test_links_to_the_conversations_behind_a_day(self, operator: Operator) -> None:
        conversation = operator.ask()
        operator.page.session_state["operations-signal"] = "disliked"
        operator.open("Over time")

        table = operator.page.dataframe[0].value

        assert list(table["Conversation"]) == [f"/?conversation={conversation}"]


class TestByRelease:
    def test_shows_each_release(self, operator: Operator) -> None:
        operator.ask()
        operator.open("By release")

        assert list(operator.page.dataframe[0].value["Turns"]) == [1]

    def test_links_to_the_conversations_behind_each_release(self, operator: Operator) -> None:
        blocked = operator.ask_for(Outcome.BLOCKED, "r1-1a2b3c4d")
        answered = operator.ask_for(Outcome.ANSWERED, "r1-1a2b3c4d")
        unreleased = operator.ask_for(Outcome.BLOCKED)
        operator.open("By release")

        operator.choose("operations-release", "r1-1a2b3c4d")
        assert sorted(operator.linked()) == sorted([blocked, answered])
        operator.choose("operations-of-release", "Outcome BLOCKED")
        assert operator.linked() == [blocked]
        operator.choose("operations-release", "none")
        assert operator.linked() == [unreleased]

    def test_drops_the_choice_that_another_release_does_not_have(self, operator: Operator) -> None:
        operator.ask_for(Outcome.HANDED_OFF, "r1-1a2b3c4d")
        unreleased = operator.ask_for(Outcome.ANSWERED)
        operator.open("By release")
        operator.choose("operations-release", "r1-1a2b3c4d")
        operator.choose("operations-of-release", "Outcome HANDED_OFF")

        operator.choose("operations-release", "none")

        assert operator.linked() == [unreleased]


class TestDrift:
    def test_says_how_to_begin(self, operator: Operator) -> None:
        operator.open("Drift")

        assert "candor canary reference" in operator.page.info[0].value

    def test_shows_the_cases_of_an_alarm_side_by_side(self, operator: Operator) -> None:
        operator.raise_an_alarm()
        operator.open("Drift")

        written = " ".join(one.value for one in operator.page.markdown).replace("\\", "")
        assert "Refunds take 5 days." in written
        assert "No." in written


class TestRollBackOnAlarm:
    @pytest.fixture
    def alarmed(self, operator: Operator) -> Operator:
        publish(operator.data_dir, write_generation(operator.data_dir))
        operator.promoted(model="openai:before")
        operator.promoted(model="openai:after")
        operator.raise_an_alarm()
        return operator

    @pytest.mark.parametrize("tab", ["Today", "Drift"])
    def test_says_what_would_serve_then(self, alarmed: Operator, tab: str) -> None:
        after, before = Releases(alarmed.data_dir).listed()

        alarmed.open(tab)

        assert f"What serves now: {after.id} (openai:after)." in alarmed.shown()
        assert f"serve again: {before.id} (openai:before)." in alarmed.shown()
        assert "the same model" not in alarmed.shown()

    @pytest.mark.parametrize("tab", ["Today", "Drift"])
    def test_lets_the_earlier_release_serve_and_notes_why(
        self, alarmed: Operator, tab: str
    ) -> None:
        releases = Releases(alarmed.data_dir)
        _, before = releases.listed()
        alarmed.open(tab)

        alarmed.press("Roll back now")

        assert releases.serving().releases == (before.id,)
        assert releases.log()[0].why.startswith("Canary alarm 2")
        assert f"Rolled back: {before.id} serves 100%." in alarmed.shown()

    def test_says_that_the_same_model_helps_little(self, operator: Operator) -> None:
        publish(operator.data_dir, write_generation(operator.data_dir))
        operator.promoted(model="openai:m")
        operator.promoted(model="openai:m", contact="other@shop.example")
        operator.raise_an_alarm()

        operator.open("Drift")

        assert "Both ask the same model" in operator.shown()

    def test_says_where_nothing_served_before(self, operator: Operator) -> None:
        operator.raise_an_alarm()

        operator.open("Drift")

        assert "there is nothing to roll back to" in operator.shown()
        assert "Roll back now" not in operator.buttons()

    def test_offers_nothing_once_the_alarm_is_closed(self, alarmed: Operator) -> None:
        canaries = Canaries(alarmed.data_dir)
        (alarm,) = canaries.alarms()
        canaries.close(alarm.id, Closing("ann", "It is back.", datetime.now(UTC)))

        alarmed.open("Drift")

        assert "Roll back now" not in alarmed.buttons()


class TestCloseAnAlarm:
    @pytest.mark.parametrize("tab", ["Today", "Drift"])
    def test_keeps_the_reason_and_says_that_it_is_closed(
        self, operator: Operator, tab: str
    ) -> None:
        alarm = operator.raise_an_alarm()
        operator.open(tab)

        operator.page.text_input(f"close-why-{alarm}").input("The provider took it back.").run()
        operator.press("Close it now")

        kept = Canaries(operator.data_dir).alarm(alarm)
        assert kept.closed is not None
        assert kept.why == "The provider took it back."
        assert f"Alarm {alarm} is closed: The provider took it back." in operator.shown()
        assert "Close it now" not in operator.buttons()

    @pytest.mark.parametrize("given", ["", "  "])
    def test_wants_a_reason(self, operator: Operator, given: str) -> None:
        alarm = operator.raise_an_alarm()
        operator.open("Drift")

        operator.page.text_input(f"close-why-{alarm}").input(given).run()
        operator.press("Close it now")

        assert "Say what was found" in operator.page.error[0].value
        assert Canaries(operator.data_dir).alarm(alarm).closed is None

    def test_says_that_somebody_else_was_faster(self, operator: Operator) -> None:
        alarm = operator.raise_an_alarm()
        operator.open("Drift")
        operator.page.text_input(f"close-why-{alarm}").input("Seen.").run()
        closing = Closing("ann", "It is back.", datetime.now(UTC))
        page = operator.page.button
        pressed = next(button for button in page if button.label == "Close it now").click()
        Canaries(operator.data_dir).close(alarm, closing)

        pressed.run()

        assert not operator.page.exception
        assert Canaries(operator.data_dir).alarm(alarm).why == "It is back."

    def test_shows_who_closed_it_and_why(self, operator: Operator) -> None:
        alarm = operator.raise_an_alarm()
        closing = Closing("ann", "It is back.", datetime.now(UTC))
        Canaries(operator.data_dir).close(alarm, closing)

        operator.open("Drift")

        written = " ".join(one.value for one in operator.page.markdown).replace("\\", "")
        assert "Closed by ann: It is back." in written
