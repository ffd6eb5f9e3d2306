"""The page *Evaluations*, run without a browser against the real API."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import httpx
import pytest
from streamlit.testing.v1 import AppTest

from app.jobs import Jobs, ProcessJobs
from tests.builders import an_article
from tests.evaluation_runs import RIGHT, WRONG, a_case, write_run
from tests.fakes import FixedArticles, ScriptedAssistant
from tests.live_server import a_sentence, an_answer
from tests.ui.background import api_on_a_thread

KEY = "a key of sixteen characters"
SHIPPING = an_article(
    "Orders over 75 USD ship free. Refunds take 5 days.", article_id="ship/us", title="Shipping"
)


def draw(address: str) -> None:
    """The page's script: Streamlit runs its source, so all that it needs stands in it."""
    import httpx  # noqa: PLC0415

    from ui.client import ApiClient  # noqa: PLC0415
    from ui.evaluations import page  # noqa: PLC0415

    with httpx.Client(base_url=address, timeout=60) as http:
        page.show(ApiClient(http), http)


def asking_jobs() -> Jobs:
    """Return jobs that tell, in place of what they cost, the limit that they were given."""
    told = '{"step": "cases", "done": 1, "total": 2, "note": " ".join(sys.argv[-2:])}'
    script = f"import json, sys, time; print(json.dumps({told}), flush=True); time.sleep(60)"
    return ProcessJobs(lambda: datetime.now(UTC), (sys.executable, "-c", script))


class Engineer:
    """A page that knows the key, and its API."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.page = AppTest.from_function(draw, default_timeout=60, kwargs={"address": address})
        self.page.session_state["admin-key"] = KEY

    def open(self, tab: str) -> None:
        self.page.session_state["tab-Evaluations"] = tab
        self.page.run()
        assert not self.page.exception

    def ask(self) -> str:
        """Ask a question as a customer, dislike the answer, and return the turn."""
        with httpx.Client(base_url=self.address, timeout=60) as http:
            asked = http.post(
                "/v1/chat",
                json={"question": "Is *shipping* free?"},
                headers={"accept": "application/json"},
            )
            turn = str(asked.json()["turn"])
            rated = http.post(f"/v1/turns/{turn}/feedback", json={"rating": "down"})
            rated.raise_for_status()
        return turn

    def press(self, label: str) -> None:
        next(button for button in self.page.button if button.label == label).click().run()
        assert not self.page.exception

    def shown(self) -> str:
        elements = [*self.page.main, *self.page.get("expander")]
        texts = (str(getattr(each, "value", getattr(each, "label", ""))) for each in elements)
        return " ".join(texts).replace("\\", "")


@pytest.fixture
def engineer(tmp_path: Path) -> Iterator[Engineer]:
    sentence = a_sentence()
    with api_on_a_thread(
        ScriptedAssistant(sentence, an_answer(sentence)),
        tmp_path,
        library=FixedArticles(SHIPPING),
        admin_key=KEY,
        review_share=0,
    ) as address:
        yield Engineer(address)


class TestRuns:
    def test_says_how_to_make_one(self, engineer: Engineer) -> None:
        engineer.open("Runs")

        assert "Nothing has been measured yet" in engineer.shown()

    def test_shows_figures_with_their_interval(self, engineer: Engineer, tmp_path: Path) -> None:
        write_run(tmp_path)

        engineer.open("Runs")

        (table,) = engineer.page.dataframe
        assert table.value.to_dict("records") == [
            {
                "Metric": "all_facts",
                "Value (95 % interval)": "50.0% (10.0% – 90.0%)",
                "n": 2,
                "Not applicable": 1,
                "Unscored": 0,
                "Errors": 0,
            }
        ]

    def test_shows_what_fell_short_with_the_article_beside_it(
        self, engineer: Engineer, tmp_path: Path
    ) -> None:
        write_run(tmp_path)

        engineer.open("Runs")

        shown = engineer.shown()
        assert [one.label.replace("\\", "") for one in engineer.page.expander] == [
            "a-2 · What of a-2?"
        ]
        assert "75 USD isn't said" in shown
        assert "Shipping" in shown

    def test_marks_what_is_cited_in_the_article_of_the_runs_generation(
        self, engineer: Engineer, tmp_path: Path
    ) -> None:
        write_run(tmp_path)

        engineer.open("Runs")

        bodies = " ".join(each.proto.body for each in engineer.page.get("html"))
        assert "<mark>Orders over 75 USD ship free.</mark>" in bodies
        assert "As published now" not in engineer.shown()

    def test_marks_nothing_in_an_article_of_another_generation(
        self, engineer: Engineer, tmp_path: Path
    ) -> None:
        write_run(tmp_path, generation="g0")

        engineer.open("Runs")

        bodies = " ".join(each.proto.body for each in engineer.page.get("html"))
        assert "Orders over 75 USD ship free. Refunds" in bodies
        assert "<mark>" not in bodies
        assert "As published now, nothing marked: g0 is gone." in engineer.shown()

    def test_asks_for_the_most_that_a_run_may_cost(self, engineer: Engineer) -> None:
        engineer.open("Runs")

        (most,) = engineer.page.number_input
        assert (most.label, most.value) == ("Most it may cost, in US dollars", None)

    def test_shows_no_markup_of_an_answer(self, engineer: Engineer, tmp_path: Path) -> None:
        case = a_case("a-1", all_facts=WRONG) | {"text": "<img src=x onerror=alert(1)>"}
        write_run(tmp_path, "run", case, a_case("a-2", all_facts=RIGHT))

        engineer.open("Runs")

        bodies = " ".join(each.proto.body for each in engineer.page.get("html"))
        assert "<img" not in bodies
        assert "&lt;img" in bodies

    def test_says_that_one_has_not_ended(self, engineer: Engineer, tmp_path: Path) -> None:
        write_run(tmp_path, ended=False)

        engineer.open("Runs")

        assert "It hasn't ended" in engineer.shown()


class TestARunningJob:
    def test_tells_what_it_has_cost_so_far_and_was_started_within_a_limit(
        self, tmp_path: Path
    ) -> None:
        with api_on_a_thread(
            ScriptedAssistant(), tmp_path, new_jobs=asking_jobs, admin_key=KEY
        ) as address:
            engineer = Engineer(address)
            engineer.open("Runs")
            engineer.page.number_input[0].set_value(2.5)
            engineer.press("Run the sample suite")
            told = ""
            for _ in range(600):
                engineer.page.run()
                told = " ".join(str(each.proto) for each in engineer.page.get("progress"))
                if "so far" in told:
                    break
                sleep(0.1)
            engineer.press("Cancel")

        assert "cases, 1 of 2; --max-cost 2.500000 so far" in told.replace("\\", "")


class TestCompare:
    def test_shows_what_changed_case_by_case(self, engineer: Engineer, tmp_path: Path) -> None:
        write_run(tmp_path, "old", a_case("a-1", all_facts=RIGHT), a_case("a-2"))
        write_run(
            tmp_path,
            "new",
            a_case("a-1", all_facts=WRONG),
            a_case("a-2"),
            started="2026-11-02T09:00:00+00:00",
        )

        engineer.open("Compare")

        (table,) = engineer.page.dataframe
        (row,) = table.value.to_dict("records")
        assert (row["Metric"], row["Pairs"], row["Better"], row["Worse"]) == ("all_facts", 2, 0, 1)
        assert "2 cases are in both" in engineer.shown()
        assert "a-1** 1.00 → 0.00 75 USD isn't said" in engineer.shown()

    def test_needs_two_runs(self, engineer: Engineer, tmp_path: Path) -> None:
        write_run(tmp_path)

        engineer.open("Compare")

        assert "Two runs that have ended are needed" in engineer.shown()


class TestTrends:
    def test_show_a_metric_over_the_runs_of_a_suite(
        self, engineer: Engineer, tmp_path: Path
    ) -> None:
        write_run(tmp_path, "first", started="2026-11-01T09:00:00+00:00")
        write_run(tmp_path, "second", started="2026-11-02T09:00:00+00:00")

        engineer.open("Trends")

        (table,) = engineer.page.dataframe
        assert list(table.value["Started"]) == ["2026-11-02 09:00", "2026-11-01 09:00"]

    def test_need_a_run(self, engineer: Engineer) -> None:
        engineer.open("Trends")

        assert "No run has ended yet" in engineer.shown()


class TestReviewQueue:
    def test_is_empty_until_somebody_complains(self, engineer: Engineer) -> None:
        engineer.open("Review queue")

        assert "Nothing waits" in engineer.shown()

    def test_makes_a_case_of_an_answer(self, engineer: Engineer) -> None:
        turn = engineer.ask()
        engineer.open("Review queue")
        assert "a thumb down" in engineer.shown()

        engineer.page.multiselect(key=f"outcomes-{turn}").select("ANSWERED")
        engineer.page.text_area(key=f"must-{turn}").set_value("75 USD | $75\nfree")
        engineer.press("Make it a case")

        assert "It became a case" in engineer.shown()
        assert "Nothing waits" in engineer.shown()

    def test_says_what_is_missing_and_keeps_the_answer(self, engineer: Engineer) -> None:
        engineer.ask()
        engineer.open("Review queue")

        engineer.press("Make it a case")

        assert [each.value for each in engineer.page.error] == [
            "Choose at least one outcome that would have been right\\."
        ]
        assert len(engineer.page.expander) == 1

    def test_takes_an_answer_from_the_queue(self, engineer: Engineer) -> None:
        engineer.ask()
        engineer.open("Review queue")

        engineer.press("Dismiss")

        assert "It was taken from the queue" in engineer.shown()
