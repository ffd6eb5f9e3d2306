"""`candor release list | show | diff | log | compare` over a real data folder."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.releases.candidate import create_release
from app.releases.promotion import Promotions, Reason
from app.releases.release import Release
from app.releases.store import Releases
from app.settings import AppSettings
from tests.command import Said
from tests.release_command import UNKNOWN, asked
from tests.releases import a_set, keep_conversations, measure


class Shop:
    """A data folder with a published generation, which the commands look at."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def created(self, contact: str, note: str = "") -> Release:
        return create_release(AppSettings(data_dir=self.data_dir, contact=contact), note=note)

    def promoted(self, contact: str) -> Release:
        made = self.created(contact)
        given = Reason("ann", "Somebody asked for it.", override="A test.")
        Promotions(AppSettings(data_dir=self.data_dir)).promote(made.id, given)
        return made

    def damage(self, made: Release) -> None:
        file = self.data_dir / "releases" / f"{made.id}.json"
        file.write_bytes(file.read_bytes()[:-40])


@pytest.fixture
def shop(data_dir: Path) -> Shop:
    return Shop(data_dir)


class TestList:
    @pytest.mark.usefixtures("shop")
    def test_says_that_no_release_serves(self) -> None:
        assert asked("list").out == (
            "No release serves: the settings and the published generation do.\n"
        )

    def test_shows_the_newest_first_with_what_serves_and_what_the_gate_said(
        self, shop: Shop
    ) -> None:
        old = shop.promoted("a@shop.example")
        new = shop.created("b@shop.example", "A kinder tone.")
        measure(shop.data_dir, new.pinned)

        told, second, third = asked("list").out.splitlines()

        assert told == f"{old.id} (100%) serves."
        assert second.split()[0] == new.id
        assert second.endswith("passed the gate  A kinder tone.")
        assert third.split()[:2] == ["100%", old.id]
        assert third.endswith("not evaluated")

    def test_says_why_one_can_not_be_promoted(self, shop: Shop) -> None:
        made = shop.created("a@shop.example")
        measure(shop.data_dir, made.pinned, passes=False)

        assert "can't be promoted: " in asked("list").out

    def test_says_that_promotion_is_frozen(self, shop: Shop) -> None:
        Releases(shop.data_dir).freeze("the canary drifted")

        assert "UTC: the canary drifted" in asked("list").out

    def test_prints_json(self, shop: Shop) -> None:
        made = shop.created("a@shop.example")

        (row,) = json.loads(asked("list", "--json").out)

        assert row["id"] == made.id

    def test_names_a_damaged_release(self, shop: Shop) -> None:
        shop.damage(shop.created("a@shop.example"))

        refused = asked("list", "--json")

        assert refused.is_one_line
        assert "can't be read: restore it" in refused.err


class TestShow:
    def test_says_what_it_pins_what_judged_it_and_what_became_of_it(self, shop: Shop) -> None:
        made = shop.promoted("a@shop.example")
        measure(shop.data_dir, made.pinned)

        lines = asked("show", made.id).out.splitlines()

        assert lines[0].startswith(f"{made.id}, created ")
        assert f"fingerprint: {made.pinned.fingerprint}" in lines
        assert "  contact: a@shop.example" in lines
        assert "evaluation: sample.v1, run 20261101T120000Z-sample passes" in lines
        assert "promote  by ann" in lines[-1]
        assert lines[-1].endswith("OVERRIDE: A test.  Somebody asked for it.")

    def test_says_that_nothing_measured_it(self, shop: Shop) -> None:
        made = shop.created("a@shop.example", "A kinder tone.")

        told = asked("show", made.id).out

        assert "A kinder tone." in told.splitlines()
        assert "evaluation: no run has measured exactly this set" in told

    def test_prints_json(self, shop: Shop) -> None:
        made = shop.created("a@shop.example")

        shown = json.loads(asked("show", made.id, "--json").out)

        assert shown["pinned"]["wording"]["contact"] == "a@shop.example"

    @pytest.mark.usefixtures("shop")
    @pytest.mark.parametrize("name", [UNKNOWN, "../serving", "r1", "\x00", "r1-1a2b3c4d\n"])
    @pytest.mark.parametrize("extra", [(), ("--json",)])
    def test_says_in_a_line_that_there_is_no_such_release(
        self, name: str, extra: tuple[str, ...]
    ) -> None:
        refused = asked("show", name, *extra)

        assert refused.is_one_line
        assert "`candor release list` shows those there are" in refused.err

    def test_says_in_a_line_which_file_is_damaged(self, shop: Shop) -> None:
        made = shop.created("a@shop.example")
        shop.damage(made)

        refused = asked("show", made.id)

        assert refused.is_one_line
        assert f"{made.id}.json can't be read" in refused.err

    def test_says_in_a_line_that_the_log_is_damaged(self, shop: Shop) -> None:
        made = shop.promoted("a@shop.example")
        log = shop.data_dir / "releases" / "promotions.jsonl"
        log.write_bytes(b"\xff\n" + log.read_bytes())

        refused = asked("show", made.id)

        assert refused.is_one_line
        assert "promotions.jsonl holds a line that is no entry" in refused.err


class TestDiff:
    def test_shows_what_two_pin_otherwise(self, shop: Shop) -> None:
        before, after = shop.created("a@shop.example"), shop.created("b@shop.example")

        shown = asked("diff", before.id, after.id)

        assert shown.out == "wording.contact: a@shop.example → b@shop.example\n"

    def test_compares_with_what_the_settings_make_now(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = shop.created("a@shop.example")
        monkeypatch.setenv("CANDOR_CONTACT", "now@shop.example")

        shown = asked("diff", made.id)

        assert shown.out == "wording.contact: a@shop.example → now@shop.example\n"

    def test_says_that_nothing_differs(self, shop: Shop) -> None:
        made = shop.created("a@shop.example")

        assert asked("diff", made.id, made.id).out == "Both pin the same set.\n"

    def test_shows_the_lines_of_a_prompt_of_another_version(self, shop: Shop) -> None:
        releases = Releases(shop.data_dir)
        before = releases.create(replace(a_set(), prompts={"answer.v1": "a" * 64}))
        after = releases.create(replace(a_set(), prompts={"answer.v2": "b" * 64}))

        lines = asked("diff", before.id, after.id).out.splitlines()

        assert lines[0] == f"prompts.answer: answer.v1 {'a' * 12} → answer.v2 {'b' * 12}"
        assert "  --- answer.v1" in lines

    def test_shows_the_rest_where_a_prompt_is_gone(self, shop: Shop) -> None:
        releases = Releases(shop.data_dir)
        before = releases.create(replace(a_set(), prompts={"answer.v99": "a" * 64}))
        after = releases.create(a_set("b@shop.example"))

        shown = asked("diff", before.id, after.id)

        assert shown.code == 0
        assert "  its lines can't be shown: prompt answer.v99 can't be read" in shown.out
        assert "wording.contact: help@shop.example → b@shop.example" in shown.out

    def test_prints_json(self, shop: Shop) -> None:
        before, after = shop.created("a@shop.example"), shop.created("b@shop.example")

        assert json.loads(asked("diff", before.id, after.id, "--json").out) == [
            {"name": "wording.contact", "before": "a@shop.example", "after": "b@shop.example"}
        ]

    def test_says_in_a_line_which_release_there_is_not(self, shop: Shop) -> None:
        made = shop.created("a@shop.example")

        for names in ((UNKNOWN, made.id), (made.id, UNKNOWN), (UNKNOWN,)):
            refused = asked("diff", *names)

            assert refused.is_one_line
            assert f"there is no release {UNKNOWN}" in refused.err

    def test_says_in_a_line_that_nothing_is_published_to_compare_with(self, shop: Shop) -> None:
        made = shop.created("a@shop.example")
        (shop.data_dir / "current.json").unlink()

        assert asked("diff", made.id).is_one_line


class TestLog:
    def test_tells_the_latest_first(self, shop: Shop) -> None:
        shop.promoted("a@shop.example")
        asked("freeze", "the canary drifted")
        asked("thaw", "--why", "it was the test")

        lines = asked("log").out.splitlines()

        acts = [line.split("  ")[1] for line in lines]
        assert acts == ["thaw", "freeze", "promote"]
        assert lines[0].endswith("it was the test")

    def test_prints_json_lines(self, shop: Shop) -> None:
        made = shop.promoted("a@shop.example")

        (line,) = asked("log", "--json").out.splitlines()

        assert json.loads(line)["release"] == made.id

    @pytest.mark.usefixtures("shop")
    def test_is_empty_before_the_first_promotion(self) -> None:
        assert asked("log") == Said(0, "", "")


class TestCompare:
    def test_shows_how_the_conversations_of_two_went(self, shop: Shop) -> None:
        before, after = shop.created("a@shop.example"), shop.created("b@shop.example")
        keep_conversations(shop.data_dir, before.id, answered=8, abstained=2)
        keep_conversations(shop.data_dir, after.id, answered=5, abstained=5)

        lines = asked("compare", before.id, after.id).out.splitlines()

        assert lines[0] == f"{before.id}: 10 conversations; {after.id}: 10 conversations."
        assert lines[1].startswith("every question answered: 80.0% (")
        assert "-30.0 points (" in lines[1]

    def test_says_where_no_difference_can_be_told(self, shop: Shop) -> None:
        before, after = shop.created("a@shop.example"), shop.created("b@shop.example")

        lines = asked("compare", before.id, after.id).out.splitlines()

        assert lines[1] == "every question answered: – → –; no difference can be told"

    def test_says_in_a_line_which_release_there_is_not(self, shop: Shop) -> None:
        made = shop.created("a@shop.example")

        refused = asked("compare", made.id, UNKNOWN)

        assert refused.is_one_line
        assert f"there is no release {UNKNOWN}" in refused.err
