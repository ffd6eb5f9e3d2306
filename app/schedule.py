"""The schedule: `candor` commands that a server starts again and again, each in its own process.

When each was started last stands in the data folder, so that servers which share it start it once,
and one that is started anew doesn't begin again before it is due. One that failed is due again
after a pause, which doubles with each failure in a row and never reaches beyond its interval.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.errors import ConflictError, ServeError
from app.jobs import Job, Jobs, JobState
from app.setting_choices import Scheduled
from ingestion.repeating import interval_seconds
from knowledge_base.errors import BadInputError
from knowledge_base.whole_files import locked, replace_file

SCHEDULE = "schedule"
ARGUMENTS: Mapping[Scheduled, Sequence[str]] = {
    Scheduled.CANARY: ("canary", "run", "--json", "--exit-zero"),
    Scheduled.LIVE: ("eval", "live", "--json"),
}
_LOOKS_EVERY_SECONDS = 30.0
_FIRST_PAUSE = timedelta(minutes=5)
_MOST_DOUBLINGS = 20
_TOLD = ("alarm", "failed", "turns", "low", "judged", "cost_usd")
"""What of a result is logged."""

_log = structlog.get_logger(__name__)


class _Started(BaseModel):
    """What the file of a command holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    failed: datetime | None = None
    """When that start was known to have failed; None where it hasn't."""
    failures: int = Field(default=0, ge=0)
    """How many starts in a row have failed."""

    def due(self, interval: timedelta) -> datetime:
        """Return when it is to be started again."""
        regular = self.at + interval
        if self.failed is None:
            return regular
        doublings = min(self.failures - 1, _MOST_DOUBLINGS)
        return min(regular, self.failed + _FIRST_PAUSE * (1 << doublings))


class Schedule:
    """Starts commands when they are due."""

    def __init__(
        self,
        data_dir: Path,
        intervals: Mapping[Scheduled, timedelta],
        runners: Mapping[Scheduled, Jobs],
        now: Callable[[], datetime],
    ) -> None:
        self._folder = data_dir / SCHEDULE
        self._intervals = intervals
        self._runners = runners
        self._now = now
        self._claims: dict[Scheduled, datetime] = {}
        """When this server started a command last."""
        self._is_closed = False
        self._told: set[str] = set()

    async def run(self, pause_seconds: float = _LOOKS_EVERY_SECONDS) -> None:
        """Start what is due, and tell what ended, until this is cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.look)
            except OSError as error:
                _log.error("schedule_failed", reason=str(error))
            await asyncio.sleep(pause_seconds)

    def look(self) -> None:
        """Tell what has ended, and start what is due."""
        for command, runner in self._runners.items():
            self._tell(command, runner.latest())
            if self._claimed(command):
                self._start(command, runner)

    def close(self) -> None:
        """End the commands that still run; they are due again as if they had failed."""
        self._is_closed = True
        for command, runner in self._runners.items():
            runner.close()
            self._tell(command, runner.latest())

    def _claimed(self, command: Scheduled) -> bool:
        """Tell whether a command is due, and note that it is started now."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with locked(self._folder):
            last, now = self._last_start(command), self._now()
            if last is not None and last.at <= now < last.due(self._intervals[command]):
                return False
            self._write(command, _Started(at=now, failures=last.failures if last else 0))
        self._claims[command] = now
        return True

    def _start(self, command: Scheduled, runner: Jobs) -> None:
        try:
            runner.start(ARGUMENTS[command])
        except ConflictError:
            if self._is_closed:
                self._note_end(command, failed=self._now())
            else:
                _log.warning("scheduled_still_running", command=command.value)
        except OSError as error:
            self._note_end(command, failed=self._now())
            _log.error("scheduled_failed", command=command.value, reason=str(error))
        else:
            _log.info("scheduled_started", command=command.value)

    def _tell(self, command: Scheduled, job: Job | None) -> None:
        if job is None or job.state is JobState.RUNNING or job.id in self._told:
            return
        self._told.add(job.id)
        self._note_end(command, failed=job.ended if job.error is not None else None)
        if job.state is JobState.CANCELLED:
            _log.info("scheduled_cut_off", command=command.value)
        elif job.error is not None:
            _log.error("scheduled_failed", command=command.value, reason=job.error)
        else:
            result = job.progress[-1] if job.progress else {}
            told = {name: result[name] for name in _TOLD if name in result}
            _log.info("scheduled_ended", command=command.value, **told)

    def _note_end(self, command: Scheduled, *, failed: datetime | None) -> None:
        """Note what came of the last start, unless another server has started it since."""
        try:
            with locked(self._folder):
                last = self._last_start(command)
                if last is None or last.at != self._claims.get(command):
                    return
                failures = last.failures + 1 if failed else 0
                self._write(command, _Started(at=last.at, failed=failed, failures=failures))
        except OSError as error:
            _log.error("schedule_failed", reason=str(error))

    def _last_start(self, command: Scheduled) -> _Started | None:
        """Return what is known of a command's last start, None where that is nothing."""
        try:
            return _Started.model_validate_json(self._file(command).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def _write(self, command: Scheduled, started: _Started) -> None:
        replace_file(self._file(command), started.model_dump_json(exclude_defaults=True).encode())

    def _file(self, command: Scheduled) -> Path:
        return self._folder / f"{command}.json"


def open_schedule(
    data_dir: Path,
    schedule: Mapping[Scheduled, str],
    new_jobs: Callable[[], Jobs],
    now: Callable[[], datetime],
) -> Schedule | None:
    """Return the schedule of the settings, None where nothing is on it.

    Raises:
        ServeError: An interval can't be read.
    """
    if not schedule:
        return None
    try:
        intervals = {
            command: timedelta(seconds=interval_seconds(words))
            for command, words in schedule.items()
        }
    except BadInputError as error:
        raise ServeError(f"CANDOR_SCHEDULE can't be used: {error}") from error
    return Schedule(data_dir, intervals, {command: new_jobs() for command in schedule}, now)
