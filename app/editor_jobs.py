"""The jobs that a content editor starts: one of each kind at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.errors import ConflictError, NotFoundError
from app.jobs import REINDEX, Job, Jobs


class JobKind(StrEnum):
    """What a job is for."""

    PLAN = "plan"
    """Says what a reindex would change."""
    REINDEX = "reindex"
    LINT = "lint"
    """Looks for what is wrong in the articles."""
    EVALUATE = "evaluate"
    """Puts the sample suite to the assistant."""


_ARGUMENTS: Mapping[JobKind, Sequence[str]] = {
    JobKind.PLAN: (*REINDEX, "--dry-run"),
    JobKind.REINDEX: REINDEX,
    JobKind.LINT: ("lint", "--json", "--exit-zero"),
    JobKind.EVALUATE: ("eval", "run", "--json", "--progress"),
}


@dataclass(frozen=True, slots=True)
class EditorJob:
    """A job, and what it is for."""

    kind: JobKind
    job: Job


class EditorJobs:
    """Starts, follows and cancels the content editor's jobs."""

    def __init__(
        self, runners: Mapping[JobKind, Jobs], running_reindex: Callable[[], str | None]
    ) -> None:
        """Take what runs the jobs.

        Args:
            runners: One for each kind; those of another kind don't wait for it.
            running_reindex: Says which process reindexes now, and since when, if one does.
        """
        self._runners = runners
        self._running_reindex = running_reindex

    def start(self, kind: JobKind, max_cost_usd: float | None = None) -> EditorJob:
        """Start a job.

        Args:
            kind: What it is for.
            max_cost_usd: Most that an evaluation may cost; None for no limit.

        Raises:
            ConflictError: Another one of its kind is running, here or in another process.
        """
        holder = self._running_reindex() if kind is JobKind.REINDEX else None
        if holder is not None:
            raise ConflictError(f"A reindex is running already ({holder}): wait for it to end.")
        limit = () if max_cost_usd is None else ("--max-cost", f"{max_cost_usd:f}")
        return EditorJob(kind, self._runners[kind].start((*_ARGUMENTS[kind], *limit)))

    def latest(self) -> tuple[EditorJob, ...]:
        """Return the latest job of each kind, as it stands."""
        jobs = ((kind, runner.latest()) for kind, runner in self._runners.items())
        return tuple(EditorJob(kind, job) for kind, job in jobs if job is not None)

    def job(self, job_id: str) -> EditorJob:
        """Return a job as it stands.

        Raises:
            NotFoundError: There is no such job, or a later one of its kind has been started.
        """
        for found in self.latest():
            if found.job.id == job_id:
                return found
        raise NotFoundError("There is no such job: only the latest of each kind is kept.")

    def cancel(self, job_id: str) -> EditorJob:
        """End a job if it still runs, and return it as it stands then.

        Raises:
            NotFoundError: There is no such job, or a later one of its kind has been started.
        """
        found = self.job(job_id)
        return EditorJob(found.kind, self._runners[found.kind].cancel(job_id) or found.job)

    def close(self) -> None:
        """End the jobs that still run."""
        for runner in self._runners.values():
            runner.close()
