"""Jobs: long work, such as a reindex, in a process of its own that `candor` runs in."""

import json
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import IO, Any, Protocol
from uuid import uuid4

from app.errors import ConflictError

REINDEX = ("reindex", "--json", "--progress")
"""A reindex of the configured sources; the lock of the data folder lets one run at a time."""

CANDOR = (
    sys.executable,
    *("-P", "-c", "from knowledge_base.command_line import main; main()"),
)
_LATEST = 200
"""Lines of progress that are remembered."""
_TAIL_BYTES = 4096


class JobState(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """One run of a `candor` command, as it stands."""

    id: str
    arguments: tuple[str, ...]
    state: JobState
    started: datetime
    ended: datetime | None = None
    progress: tuple[Mapping[str, Any], ...] = ()
    """The latest JSON objects that it wrote, in order; the last one of a run is its result."""
    error: str | None = None
    """Why it failed, in one line."""


class Jobs(Protocol):
    """Runs one job at a time."""

    def start(self, arguments: Sequence[str]) -> Job:
        """Start `candor` with `arguments`.

        Raises:
            ConflictError: A job is running already.
        """
        ...

    def latest(self) -> Job | None:
        """Return the job that was started last, as it stands; None where none was."""
        ...

    def cancel(self, job_id: str) -> Job | None:
        """End a job if it still runs, and return it; None where it isn't the latest one."""
        ...

    def close(self) -> None:
        """End the running job; nothing is started any more."""
        ...


class ProcessJobs:
    """Runs each job as a child process."""

    def __init__(
        self,
        now: Callable[[], datetime],
        command: Sequence[str] = CANDOR,
        grace_seconds: float = 5.0,
    ) -> None:
        self._now = now
        self._command = tuple(command)
        self._grace_seconds = grace_seconds
        self._lock = threading.Lock()
        self._running: _Child | None = None
        self._is_closed = False

    def start(self, arguments: Sequence[str]) -> Job:
        """Start `candor` with `arguments`.

        Raises:
            ConflictError: A job is running already, or nothing is started any more.
        """
        with self._lock:
            if self._is_closed:
                raise ConflictError("The server stops: start the job again when it runs.")
            if self._running is not None and self._running.job.state is JobState.RUNNING:
                since = self._running.job.started.isoformat(timespec="seconds")
                raise ConflictError(f"A job is running already, since {since}: wait or cancel it.")
            job = Job(uuid4().hex, tuple(arguments), JobState.RUNNING, self._now())
            self._running = _Child((*self._command, *arguments), job, self._now)
            return job

    def latest(self) -> Job | None:
        """Return the job that was started last, as it stands; None where none was."""
        return self._running.job if self._running else None

    def cancel(self, job_id: str) -> Job | None:
        """End a job if it still runs, and return it; None where it isn't the latest one."""
        running = self._running
        if running is None or running.job.id != job_id:
            return None
        running.end(self._grace_seconds)
        return running.job

    def close(self) -> None:
        """End the running job; nothing is started any more."""
        with self._lock:
            self._is_closed = True
        if self._running is not None:
            self._running.end(self._grace_seconds)


class _Child:
    """A process, and the thread that reads what it says until it ends."""

    def __init__(self, command: Sequence[str], job: Job, now: Callable[[], datetime]) -> None:
        self._job = job
        self._now = now
        self._said: deque[Mapping[str, Any]] = deque(maxlen=_LATEST)
        self._ended_by_us = False
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 — closed by the thread
        try:
            self._process = _begun(command, self._complaints)
        except OSError:
            self._complaints.close()
            raise
        self._reading = threading.Thread(target=self._read, name=f"job-{job.id}", daemon=True)
        self._reading.start()

    @property
    def job(self) -> Job:
        """The job as it stands."""
        return replace(self._job, progress=tuple(self._said))

    def end(self, grace_seconds: float) -> None:
        """End the process, by force after a while, and wait until that is known."""
        if self._job.state is not JobState.RUNNING:
            return
        self._ended_by_us = True
        self._process.terminate()
        self._reading.join(grace_seconds)
        self._process.kill()
        self._reading.join()

    def _read(self) -> None:
        with self._process as process, self._complaints as complaints:
            for line in process.stdout or ():
                self._said.append(_object(line))
            code = process.wait()
            error = None if code == 0 else _last_line(complaints, code)
            self._job = replace(self._job, state=self._state(code), ended=self._now(), error=error)

    def _state(self, code: int) -> JobState:
        if code == 0:
            return JobState.SUCCEEDED
        return JobState.CANCELLED if self._ended_by_us else JobState.FAILED


def _begun(command: Sequence[str], complaints: IO[bytes]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 — this project's own command
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
        errors="replace",
        start_new_session=True,  # Ctrl-C in the server's terminal is for the server
    )


def _object(line: str) -> Mapping[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {"said": line.rstrip("\n")}


def _last_line(complaints: IO[bytes], code: int) -> str:
    size = complaints.seek(0, 2)
    complaints.seek(max(0, size - _TAIL_BYTES))
    return reason(complaints.read().decode("utf-8", "replace")) or f"it ended with {code}"


def reason(complaint: str) -> str:
    """Return why a `candor` command failed, the last line that it wrote; empty where none."""
    told = next((line.strip() for line in reversed(complaint.split("\n")) if line.strip()), "")
    return told.removeprefix("candor: ")
