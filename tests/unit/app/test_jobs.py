"""Jobs as child processes."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from app.errors import ConflictError
from app.jobs import Job, JobState, ProcessJobs


@contextmanager
def jobs_of(script: str) -> Iterator[ProcessJobs]:
    """Yield what runs a script for every job, and end it."""
    command = (sys.executable, "-u", "-c", script)
    jobs = ProcessJobs(lambda: datetime.now(UTC), command, grace_seconds=0.2)
    try:
        yield jobs
    finally:
        jobs.close()


def wait_for(jobs: ProcessJobs, ready: Callable[[Job], bool]) -> Job:
    for _ in range(6000):
        job = jobs.latest()
        if job is not None and ready(job):
            return job
        time.sleep(0.01)
    pytest.fail(f"the job stays {jobs.latest()}")


def ended(job: Job) -> bool:
    return job.state is not JobState.RUNNING


class TestStart:
    def test_runs_the_command_with_its_arguments(self) -> None:
        with jobs_of("import json, sys; print(json.dumps({'given': sys.argv[1:]}))") as jobs:
            started = jobs.start(["reindex", "--json"])
            job = wait_for(jobs, ended)

        assert (started.state, started.arguments) == (JobState.RUNNING, ("reindex", "--json"))
        assert (job.id, job.state, job.error) == (started.id, JobState.SUCCEEDED, None)
        assert job.progress == ({"given": ["reindex", "--json"]},)
        assert job.ended is not None
        assert job.ended >= job.started

    def test_is_refused_while_a_job_runs(self) -> None:
        with jobs_of("import time; time.sleep(60)") as jobs:
            jobs.start([])

            with pytest.raises(ConflictError, match="running already, since"):
                jobs.start([])

    def test_is_refused_after_the_end(self) -> None:
        with jobs_of("") as jobs:
            jobs.close()

            with pytest.raises(ConflictError, match="The server stops"):
                jobs.start([])

    def test_is_possible_again_when_the_job_has_ended(self) -> None:
        with jobs_of("") as jobs:
            first = jobs.start([])
            wait_for(jobs, ended)

            assert jobs.start([]).id != first.id

    def test_shows_progress_while_the_job_runs(self) -> None:
        script = "import time; print('{\"done\": 1}'); print('plain words'); time.sleep(60)"
        with jobs_of(script) as jobs:
            jobs.start([])
            job = wait_for(jobs, lambda job: len(job.progress) == 2)

        assert job.state is JobState.RUNNING
        assert job.progress == ({"done": 1}, {"said": "plain words"})

    def test_remembers_the_latest_of_much_progress(self) -> None:
        with jobs_of("[print('{\"done\": %d}' % n) for n in range(1000)]") as jobs:
            jobs.start([])
            job = wait_for(jobs, ended)

        assert job.progress[-1] == {"done": 999}
        assert len(job.progress) < 1000


class TestFailure:
    @pytest.mark.parametrize(
        ("script", "error"),
        [
            ("import sys; sys.exit('candor: the disk is full')", "the disk is full"),
            ("import sys; print('x' * 9999, file=sys.stderr); sys.exit('at last')", "at last"),
            ("import os; os.write(2, b'\\xff'); os._exit(3)", "\ufffd"),
            ("import os; os._exit(3)", "it ended with 3"),
            ("import os; os.abort()", "it ended with -6"),
        ],
    )
    def test_is_told_in_one_line(self, script: str, error: str) -> None:
        with jobs_of(script) as jobs:
            jobs.start([])
            job = wait_for(jobs, ended)

        assert (job.state, job.error) == (JobState.FAILED, error)


class TestCancel:
    @pytest.mark.parametrize("deaf", ["", "signal.signal(signal.SIGTERM, signal.SIG_IGN)"])
    def test_ends_the_job(self, deaf: str) -> None:
        script = f"import signal, time\n{deaf}\nprint('{{}}'); time.sleep(60)"
        with jobs_of(script) as jobs:
            started = jobs.start([])
            wait_for(jobs, lambda job: len(job.progress) == 1)

            job = jobs.cancel(started.id)

        assert job is not None
        assert job.state is JobState.CANCELLED

    def test_of_nothing_does_nothing(self) -> None:
        with jobs_of("") as jobs:
            assert jobs.cancel("none") is None

    def test_leaves_the_job_alone_that_came_after_it(self) -> None:
        with jobs_of("import sys, time; time.sleep(60 * len(sys.argv[1:]))") as jobs:
            first = jobs.start([])
            wait_for(jobs, ended)
            second = jobs.start(["long"])

            assert jobs.cancel(first.id) is None
            assert jobs.latest() == second

    def test_of_what_has_ended_leaves_it_as_it_is(self) -> None:
        with jobs_of("") as jobs:
            started = jobs.start([])
            wait_for(jobs, ended)

            job = jobs.cancel(started.id)

        assert job is not None
        assert job.state is JobState.SUCCEEDED


class TestCandor:
    def test_is_what_is_run(self) -> None:
        jobs = ProcessJobs(lambda: datetime.now(UTC))
        jobs.start(["reindex", "--no-such-option"])

        job = wait_for(jobs, ended)

        assert job.state is JobState.FAILED
        assert job.error is not None
