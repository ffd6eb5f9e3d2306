"""`candor release create | promote | rollback | freeze | thaw` over a real data folder."""

from pathlib import Path

import pytest

from app.releases.store import Releases
from tests.command import Said
from tests.generations import CREATED, flip, write_generation
from tests.release_command import UNKNOWN, asked, created, one_line
from tests.releases import measure


@pytest.fixture
def releases(data_dir: Path) -> Releases:
    return Releases(data_dir)


class TestCreate:
    def test_pins_the_published_generation(self, releases: Releases) -> None:
        said = asked("create", "--note", "A kinder tone.")

        (made,) = releases.listed()
        assert said == Said(0, f"Release {made.id}: not evaluated yet.\n", "")
        assert made.note == "A kinder tone."

    def test_names_the_run_that_lets_it_through(self, releases: Releases, data_dir: Path) -> None:
        asked("create")
        (made,) = releases.listed()
        run = measure(data_dir, made.pinned)
        (data_dir / "releases" / f"{made.id}.json").unlink()

        said = asked("create")

        assert f"run {run.name} passed the gate with exactly this set." in said.out

    def test_pins_another_generation(self, releases: Releases, data_dir: Path) -> None:
        other = write_generation(data_dir, CREATED.replace(hour=15))

        asked("create", "--generation", other)

        assert releases.listed()[0].pinned.generation == other

    def test_makes_the_same_set_the_same_release(self, releases: Releases) -> None:
        asked("create")
        asked("create")

        assert len(releases.listed()) == 1

    @pytest.mark.usefixtures("data_dir")
    @pytest.mark.parametrize("generation", ["20200101T000000000Z-00000000", "..", "/", "\x00"])
    def test_says_in_a_line_that_there_is_no_such_generation(self, generation: str) -> None:
        refused = asked("create", "--generation", generation)

        assert refused.is_one_line
        assert "there is no generation" in refused.err

    def test_says_in_a_line_that_the_generation_is_damaged(self, data_dir: Path) -> None:
        (folder,) = (data_dir / "generations").glob("2*")
        flip(folder / "manifest.json")

        assert asked("create").is_one_line

    def test_says_in_a_line_that_nothing_is_published(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path / "empty"))

        assert asked("create").is_one_line


class TestPromote:
    def test_lets_one_serve_that_the_gate_has_passed(
        self, releases: Releases, data_dir: Path
    ) -> None:
        name = created()
        measure(data_dir, releases.release(name).pinned)

        said = asked("promote", name, "--why", "It answers more.")

        assert said == Said(0, f"{name} (100%) serves.\n", "")
        assert releases.log()[0].why == "It answers more."

    def test_lets_two_serve_side_by_side(
        self, releases: Releases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = created()
        asked("promote", first, "--override", "A test.")
        monkeypatch.setenv("CANDOR_CONTACT", "b@shop.example")
        second = created()

        said = asked("promote", second, "--override", "A test.", "--share", "0.1")

        assert said.out == f"{first} (90%) and {second} (10%) serve.\n"
        assert releases.serving().releases == (first, second)

    @pytest.mark.parametrize("override", [(), ("--override", ""), ("--override", "  ")])
    def test_is_refused_without_a_gate_or_a_reason(
        self, releases: Releases, override: tuple[str, ...]
    ) -> None:
        refused = asked("promote", created(), *override)

        assert refused.is_one_line
        assert "has passed no evaluation gate" in refused.err
        assert releases.serving().arms == ()

    @pytest.mark.usefixtures("data_dir")
    def test_is_refused_while_promotion_is_frozen(self) -> None:
        name = created()
        asked("freeze", "the canary drifted")

        refused = asked("promote", name, "--override", "A test.")

        assert refused.is_one_line
        assert "the canary drifted" in refused.err

    @pytest.mark.usefixtures("data_dir")
    @pytest.mark.parametrize("share", ["0", "-1", "1.5", "nan", "inf"])
    def test_says_in_a_line_that_a_share_is_none(self, share: str) -> None:
        refused = asked("promote", created(), "--override", "A test.", "--share", share)

        assert refused.is_one_line
        assert "is none: give one above 0 and at most 1" in refused.err

    @pytest.mark.usefixtures("data_dir")
    def test_says_in_a_line_that_nothing_serves_to_share_with(self) -> None:
        refused = asked("promote", created(), "--override", "A test.", "--share", "0.5")

        assert refused.is_one_line
        assert "no other release serves" in refused.err

    @pytest.mark.usefixtures("data_dir")
    def test_says_in_a_line_that_there_is_no_such_release(self) -> None:
        assert f"there is no release {UNKNOWN}" in one_line(asked("promote", UNKNOWN))


class TestRollback:
    def test_lets_what_served_before_serve_again(
        self, releases: Releases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = created()
        asked("promote", first, "--override", "A test.")
        monkeypatch.setenv("CANDOR_CONTACT", "b@shop.example")
        asked("promote", created(), "--override", "A test.")

        said = asked("rollback", "--why", "It was worse.")

        assert said == Said(0, f"{first} (100%) serves.\n", "")
        assert releases.log()[0].why == "It was worse."

    @pytest.mark.usefixtures("data_dir")
    def test_says_in_a_line_that_there_are_no_releases(self) -> None:
        assert "there are no releases yet" in one_line(asked("rollback"))

    @pytest.mark.usefixtures("data_dir")
    def test_says_in_a_line_that_nothing_served_before(self) -> None:
        created()

        assert asked("rollback").is_one_line


class TestFreeze:
    def test_freezes_until_it_is_thawed(self, releases: Releases) -> None:
        frozen = asked("freeze", "the canary drifted")
        reason = releases.frozen()
        thawed = asked("thaw")

        assert (frozen.out, thawed.out) == ("Promotion is frozen.\n", "Releases can be promoted.\n")
        assert reason is not None
        assert reason.reason == "the canary drifted"
        assert releases.frozen() is None

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ((), "Missing argument 'reason'."),
            (("",), "a freeze wants a reason"),
            (("  ",), "a freeze wants a reason"),
        ],
    )
    def test_wants_a_reason(self, releases: Releases, given: tuple[str, ...], told: str) -> None:
        refused = asked("freeze", *given)

        assert refused.code == 2
        assert told in refused.err
        assert releases.frozen() is None
