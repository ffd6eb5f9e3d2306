"""What the latest lint found, by article."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.editor_jobs import EditorJobs, JobKind
from app.jobs import Job, JobState


class LintPlace(BaseModel):
    """Where something stands, and its words."""

    model_config = ConfigDict(frozen=True)

    article_id: str
    path: str
    quote: str
    line: int | None
    """Line of the file, counting from 1; None where it can't be told."""
    heading: str


class LintFinding(BaseModel):
    """What a lint found, as `candor lint --json` says it."""

    model_config = ConfigDict(frozen=True)

    rule: str
    level: Literal["error", "warning", "note"]
    message: str
    advice: str
    places: tuple[LintPlace, ...]
    """Where to mend it first, then what it was compared with."""


class LintResult(BaseModel):
    """All that a lint found."""

    model_config = ConfigDict(frozen=True)

    at: date
    """The day that was looked at."""
    articles: int
    findings: tuple[LintFinding, ...]

    @cached_property
    def by_article(self) -> Mapping[str, tuple[LintFinding, ...]]:
        """The findings that have a place in each article, by its id."""
        found: dict[str, tuple[LintFinding, ...]] = {}
        for finding in self.findings:
            for article in dict.fromkeys(place.article_id for place in finding.places):
                found[article] = (*found.get(article, ()), finding)
        return found


class LintResults:
    """Reads what lints have found, each once."""

    def __init__(self, jobs: EditorJobs) -> None:
        self._jobs = jobs
        self._read: Job | None = None
        self._result: LintResult | None = None

    def latest(self) -> LintResult | None:
        """Return what was found last; None where no lint has ended yet.

        While another lint runs, that is still what the one before it found.
        """
        job = next((one.job for one in self._jobs.latest() if one.kind is JobKind.LINT), None)
        if job is None or job.state is not JobState.SUCCEEDED:
            return self._result
        if self._read is None or job.id != self._read.id:
            self._result, self._read = _result(job) or self._result, job
        return self._result


def _result(job: Job) -> LintResult | None:
    try:
        return LintResult.model_validate(job.progress[-1] if job.progress else None)
    except ValidationError:
        return None
