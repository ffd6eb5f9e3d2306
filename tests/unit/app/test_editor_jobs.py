from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from app.editor_jobs import EditorJobs, JobKind
from app.jobs import Job, JobState


class NotedJobs:
    """Starts nothing, and notes what it was to start."""

    def __init__(self) -> None:
        self.arguments: tuple[str, ...] = ()

    def start(self, arguments: Sequence[str]) -> Job:
        self.arguments = tuple(arguments)
        return Job("1", self.arguments, JobState.RUNNING, datetime(2026, 11, 1, tzinfo=UTC))

    def latest(self) -> Job | None:
        return None

    def cancel(self, job_id: str) -> Job | None:
        del job_id
        return None

    def close(self) -> None:
        """Have nothing to end."""


class TestEditorJobs:
    @pytest.mark.parametrize(
        ("most", "limit"),
        [(None, ()), (2.5, ("--max-cost", "2.500000")), (0.00001, ("--max-cost", "0.000010"))],
    )
    def test_start_an_evaluation_within_its_limit(
        self, most: float | None, limit: tuple[str, ...]
    ) -> None:
        noted = NotedJobs()

        EditorJobs({JobKind.EVALUATE: noted}, lambda: None).start(JobKind.EVALUATE, most)

        assert noted.arguments == ("eval", "run", "--json", "--progress", *limit)
