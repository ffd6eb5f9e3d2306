from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.commands.canary import canary
from app.drift.canaries import Alarm, Canaries
from app.drift.canary import Canary
from app.releases.store import Releases
from tests.command import Said, candor
from tests.drifting import a_pass, a_reference, an_observation
from tests.fakes import HashEmbedder


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(canary, ("power", *arguments))


class TestPower:
    def test_says_what_so_many_questions_see(self) -> None:
        done = asked("--questions", "1100", "--flips", "0.02")

        assert done.exit_code == 0, done.exception
        assert done.stdout.startswith("1100 questions, 3 passes;")

    def test_refuses_what_is_no_share(self) -> None:
        assert [asked("--flips", share).exit_code for share in ("nan", "1.5")] == [2, 2]


class TestShow:
    @pytest.fixture
    def alarm(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Alarm:
        """An alarm of the data folder that the command looks at."""
        monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path))
        canary = Canary(
            Canaries(tmp_path), HashEmbedder(), Releases(tmp_path), now=lambda: datetime.now(UTC)
        )
        _, raised = canary.look(
            a_reference(), a_pass(change=lambda n: an_observation(n, "No.", holds=False))
        )
        assert raised is not None
        return raised

    def test_shows_the_latest_side_by_side(self, alarm: Alarm) -> None:
        shown = show()

        assert shown.code == 0
        assert f"Alarm {alarm.id} of r1-00000000 (open)" in shown.out
        assert "then (held): Refunds take 5 days.\n    now  (didn't hold): No." in shown.out

    def test_closes_it_and_keeps_why(self, alarm: Alarm, tmp_path: Path) -> None:
        closed = show(alarm.id, "--close", "--why", " The provider took it back. ")

        (kept,) = Canaries(tmp_path).alarms()
        assert (closed.code, kept.why) == (0, "The provider took it back.")
        assert kept.closed is not None
        assert f"(closed {kept.closed:%Y-%m-%d %H:%M})" in closed.out
        assert f"closed by {kept.closed_by}: The provider took it back." in closed.out

    @pytest.mark.parametrize(
        "given", [("--close",), ("--close", "--why", " "), ("--why", "The provider took it back.")]
    )
    def test_closes_nothing_without_a_reason_nor_by_a_reason_alone(
        self, alarm: Alarm, tmp_path: Path, given: tuple[str, ...]
    ) -> None:
        refused = show(alarm.id, *given)

        assert refused.code == 2
        assert "--close" in refused.err
        assert next(Canaries(tmp_path).alarms()).closed is None

    def test_says_in_a_line_that_it_is_closed_already(self, alarm: Alarm, tmp_path: Path) -> None:
        show(alarm.id, "--close", "--why", "The first reason.")

        refused = show(alarm.id, "--close", "--why", "The second one.")

        assert refused.is_one_line
        assert f"Alarm {alarm.id} is closed already." in refused.err
        assert next(Canaries(tmp_path).alarms()).why == "The first reason."

    @pytest.mark.usefixtures("alarm")
    def test_says_in_a_line_that_there_is_no_such_alarm(self) -> None:
        refused = show("20200101T000000000000Z")

        assert refused.is_one_line
        assert "There is no alarm 20200101T000000000000Z." in refused.err

    def test_says_in_a_line_which_file_is_damaged(self, alarm: Alarm, tmp_path: Path) -> None:
        (tmp_path / f"drift/alarms/{alarm.id}.json").write_text('{"id": "2')

        refused = show()

        assert refused.is_one_line
        assert f"{alarm.id}.json can't be read" in refused.err


def show(*arguments: str) -> Said:
    return candor(canary, "show", *arguments)
