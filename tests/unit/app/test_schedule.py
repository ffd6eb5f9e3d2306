"""The schedule, with child processes that write down that they ran."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.errors import ServeError
from app.jobs import JobState, ProcessJobs
from app.schedule import SCHEDULE, Schedule, open_schedule
from app.setting_choices import Scheduled

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
NOTES = """
import sys
with open({path!r}, "a") as notes:
    notes.write(" ".join(sys.argv[1:]) + "\\n")
"""


class Server:
    """One server's schedule, its clock, and what its processes noted."""

    def __init__(self, folder: Path, every: str = "1d", script: str = NOTES) -> None:
        self.now = NOW
        self.notes = folder / "notes"
        written = script.format(path=str(self.notes))
        command = (sys.executable, "-c", written)
        self.jobs = ProcessJobs(lambda: self.now, command, grace_seconds=0.2)
        opened = open_schedule(folder, {Scheduled.LIVE: every}, lambda: self.jobs, lambda: self.now)
        assert opened is not None
        self.schedule: Schedule = opened

    def look(self, after: timedelta = timedelta()) -> None:
        """Look at the clock a while later, and wait until what was started has ended."""
        self.now += after
        self.schedule.look()
        for _ in range(6000):
            job = self.jobs.latest()
            if job is None or job.state is not JobState.RUNNING:
                return
            time.sleep(0.01)
        pytest.fail("the command never ended")

    @property
    def runs(self) -> list[str]:
        return self.notes.read_text().splitlines() if self.notes.exists() else []


@contextmanager
def server(folder: Path, **given: str) -> Iterator[Server]:
    running = Server(folder, **given)
    try:
        yield running
    finally:
        running.schedule.close()


class TestLook:
    def test_starts_a_command_that_never_was(self, tmp_path: Path) -> None:
        with server(tmp_path) as running:
            running.look()

            assert running.runs == ["eval live --json"]

    def test_starts_it_again_when_it_is_due(self, tmp_path: Path) -> None:
        with server(tmp_path) as running:
            counts = []
            for hours in (0, 23, 1, 25):
                running.look(timedelta(hours=hours))
                counts.append(len(running.runs))

        assert counts == [1, 1, 2, 3]

    def test_starts_it_once_for_servers_that_share_a_folder(self, tmp_path: Path) -> None:
        with server(tmp_path) as first, server(tmp_path) as second:
            for one in (first, second, first, second):
                one.look(timedelta(minutes=1))

            assert len(first.runs) == 1

    def test_starts_it_no_sooner_after_a_restart(self, tmp_path: Path) -> None:
        with server(tmp_path) as running:
            running.look()
        with server(tmp_path) as again:
            again.look(timedelta(hours=1))

            assert len(again.runs) == 1

    @pytest.mark.parametrize("damage", ["", '{"at": "2026-', '{"at": "2099-01-01T00:00:00Z"}'])
    def test_starts_it_where_nobody_knows_when_it_was(self, tmp_path: Path, damage: str) -> None:
        with server(tmp_path) as running:
            running.look()
            (tmp_path / SCHEDULE / "live.json").write_text(damage)

            running.look(timedelta(minutes=1))

            assert len(running.runs) == 2

    def test_does_not_start_it_beside_itself(self, tmp_path: Path) -> None:
        with server(tmp_path, every="1s", script="import time; time.sleep(60)") as running:
            running.schedule.look()
            running.now += timedelta(seconds=2)

            with capture_logs() as said:
                running.schedule.look()

        assert [one["event"] for one in said] == ["scheduled_still_running"]

    def test_tells_once_what_came_of_it(self, tmp_path: Path) -> None:
        script = """print('{{"turns": 3, "low": 1, "compared": [1, 2]}}')"""
        with server(tmp_path, script=script) as running, capture_logs() as said:
            for _ in range(3):
                running.look(timedelta(minutes=1))

        (ended,) = (one for one in said if one["event"] == "scheduled_ended")
        assert (ended["command"], ended["turns"], ended["low"]) == ("live", 3, 1)
        assert "compared" not in ended

    def test_tells_once_why_it_failed(self, tmp_path: Path) -> None:
        script = "import sys; sys.exit('candor: nothing is published')"
        with server(tmp_path, script=script) as running, capture_logs() as said:
            for _ in range(3):
                running.look(timedelta(minutes=1))

        failed = [one for one in said if one["event"] == "scheduled_failed"]
        assert [(one["command"], one["reason"]) for one in failed] == [
            ("live", "nothing is published")
        ]


FAILS = (
    NOTES
    + """
sys.exit("candor: the model is away")
"""
)
FAILS_TWICE = (
    NOTES
    + """
if len(open({path!r}).readlines()) <= 2:
    sys.exit("candor: the model is away")
"""
)


def minutes_of_starts(running: Server, until: int) -> list[int]:
    """Look every minute, and return in which ones the command was started."""
    starts, before = [], len(running.runs)
    for minute in range(until):
        running.look(timedelta(minutes=1 if minute else 0))
        if len(running.runs) > before:
            starts.append(minute)
        before = len(running.runs)
    return starts


class TestClose:
    def test_leaves_what_it_comes_before_for_the_next_server(self, tmp_path: Path) -> None:
        with server(tmp_path) as ended:
            ended.schedule.close()
            ended.look()
        with server(tmp_path) as started:
            started.look(after=timedelta(minutes=5))

            assert started.runs == ["eval live --json"]


class TestAfterAFailure:
    def test_starts_it_again_after_pauses_that_double(self, tmp_path: Path) -> None:
        with server(tmp_path, script=FAILS) as running:
            assert minutes_of_starts(running, 45) == [0, 5, 15, 35]

    def test_never_waits_longer_than_the_interval(self, tmp_path: Path) -> None:
        with server(tmp_path, every="10m", script=FAILS) as running:
            assert minutes_of_starts(running, 45) == [0, 5, 15, 25, 35]

    def test_waits_the_whole_interval_once_it_has_succeeded(self, tmp_path: Path) -> None:
        with server(tmp_path, every="1h", script=FAILS_TWICE) as running:
            assert minutes_of_starts(running, 79) == [0, 5, 15, 75]

    def test_begins_with_the_first_pause_after_a_success(self, tmp_path: Path) -> None:
        with server(tmp_path, every="1h", script=FAILS_TWICE) as running:
            minutes_of_starts(running, 18)
            running.notes.unlink()

            running.look(timedelta(hours=1))
            running.look(timedelta(minutes=1))
            running.look(timedelta(minutes=5))

            assert len(running.runs) == 2

    def test_remembers_the_failures_over_a_restart(self, tmp_path: Path) -> None:
        with server(tmp_path, script=FAILS) as running:
            minutes_of_starts(running, 8)
        with server(tmp_path, script=FAILS) as again:
            again.now = NOW + timedelta(minutes=8)

            assert len(again.runs) == 2
            assert minutes_of_starts(again, 11) == [7]

    def test_starts_it_once_for_servers_that_share_a_folder(self, tmp_path: Path) -> None:
        with server(tmp_path, script=FAILS) as first, server(tmp_path, script=FAILS) as second:
            for _ in range(7):
                first.look(timedelta(minutes=1))
                second.look(timedelta(minutes=1))

            assert len(first.runs) == 2

    def test_starts_again_soon_what_a_server_cut_off_when_it_stopped(self, tmp_path: Path) -> None:
        script = "import time; time.sleep(60)"
        with capture_logs() as said, server(tmp_path, script=script) as running:
            running.schedule.look()
        with server(tmp_path) as again:
            again.look(timedelta(minutes=4))
            early = len(again.runs)
            again.look(timedelta(minutes=1))

            assert (early, len(again.runs)) == (0, 1)
        assert [one["event"] for one in said] == ["scheduled_started", "scheduled_cut_off"]

    def test_starts_again_soon_what_no_process_could_be_had_for(self, tmp_path: Path) -> None:
        gone = ProcessJobs(lambda: NOW, (str(tmp_path / "no-such-program"),))
        now = [NOW]
        opened = open_schedule(tmp_path, {Scheduled.LIVE: "1d"}, lambda: gone, lambda: now[-1])
        assert opened is not None
        with capture_logs() as said:
            for minute in (0, 4, 5):
                now.append(NOW + timedelta(minutes=minute))
                opened.look()

        assert [one["event"] for one in said] == ["scheduled_failed", "scheduled_failed"]

    def test_leaves_alone_what_another_server_has_started_since(self, tmp_path: Path) -> None:
        with server(tmp_path, script=FAILS) as running:
            running.schedule.look()
            other = {"at": (NOW + timedelta(seconds=1)).isoformat()}
            file = tmp_path / SCHEDULE / "live.json"
            for _ in range(6000):
                if running.jobs.latest() is not None and running.runs:
                    break
                time.sleep(0.01)
            file.write_text(json.dumps(other))

            running.look(timedelta(minutes=1))

            assert json.loads(file.read_text()) == other


class TestOpenSchedule:
    def test_is_none_where_nothing_is_on_it(
        self, tmp_path: Path, jobs: Callable[[], ProcessJobs]
    ) -> None:
        assert open_schedule(tmp_path, {}, jobs, lambda: NOW) is None

    def test_says_which_setting_is_wrong(
        self, tmp_path: Path, jobs: Callable[[], ProcessJobs]
    ) -> None:
        with pytest.raises(ServeError, match=r"CANDOR_SCHEDULE can't be used: 'daily'"):
            open_schedule(tmp_path, {Scheduled.CANARY: "daily"}, jobs, lambda: NOW)

    @pytest.fixture
    def jobs(self) -> Callable[[], ProcessJobs]:
        return lambda: ProcessJobs(lambda: NOW)
