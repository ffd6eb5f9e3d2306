"""Evaluation runs as the folders that `candor eval run` wrote: read, never changed."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ConflictError, NotFoundError

RUNS = "runs"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class _Read(BaseModel):
    """What a run's files hold; a later version may have written more."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class RunSuite(_Read):
    """The cases that were asked."""

    name: str
    sha256: str


class RunConfig(_Read):
    """What was run."""

    suite: RunSuite
    cases: int
    day: date
    generation: str
    candor: str
    started: datetime
    models: tuple[str, ...] = ()
    """Models that answered; empty while it runs."""
    prompts: tuple[str, ...] = ()
    seconds: float | None = None


class Figure(_Read):
    """A metric over a group of cases."""

    value: float | None = None
    """None where no case was scored, like the interval."""
    n: int | None = None
    low: float | None = None
    high: float | None = None
    not_applicable: int = 0
    unscored: int = 0
    errors: int = 0


class GroupFigures(_Read):
    """The metrics of a group of cases."""

    cases: int
    metrics: dict[str, Figure]


class RunSummary(_Read):
    """What a run measured."""

    suite: str
    cases: int
    errors: int
    groups: dict[str, GroupFigures]


class CaseScore(_Read):
    """A metric of one case."""

    state: str
    value: float | None = None
    reason: str | None = None


class CitedSpan(_Read):
    """Words of an article that a sentence cites."""

    article: str
    start: int
    end: int


class CaseSentence(_Read):
    """A released sentence."""

    text: str
    citations: tuple[CitedSpan, ...] = ()


class Expected(_Read):
    """What would have been right."""

    outcomes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class CaseResult(_Read):
    """What came of one case."""

    id: str
    kind: str
    question: str
    history: tuple[str, ...] = ()
    expected: Expected = Expected()
    latency_ms: float
    error: str | None = None
    outcome: str | None = None
    text: str | None = None
    sentences: tuple[CaseSentence, ...] = ()
    scores: dict[str, CaseScore] = {}

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the metrics that it didn't meet in full."""
        return tuple(
            name
            for name, score in self.scores.items()
            if score.value is not None and score.value < 1
        )


class Run(_Read):
    """One run; what it measured is there once it has ended."""

    id: str
    config: RunConfig
    summary: RunSummary | None

    @property
    def state(self) -> Literal["ended", "unfinished"]:
        """Whether it ran to its end; one that didn't may still be running."""
        return "ended" if self.summary else "unfinished"


class EvaluationRuns:
    """The runs below a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / RUNS

    def listed(self) -> tuple[Run, ...]:
        """Return the runs whose files can be read, the latest first."""
        if not self._folder.is_dir():
            return ()
        found = (self._try(path.name) for path in self._folder.iterdir() if path.is_dir())
        runs = [run for run in found if run is not None]
        return tuple(sorted(runs, key=lambda run: (run.config.started, run.id), reverse=True))

    def run(self, run: str) -> Run:
        """Return one run.

        Raises:
            NotFoundError: There is no such run.
            ConflictError: Its files can't be read.
        """
        folder = self.folder(run)
        try:
            config = RunConfig.model_validate_json((folder / "config.json").read_bytes())
            summary = folder / "summary.json"
            measured = (
                RunSummary.model_validate_json(summary.read_bytes()) if summary.exists() else None
            )
        except (OSError, ValidationError) as error:
            raise ConflictError(f"The files of run {run} can't be read: run it again.") from error
        return Run(id=run, config=config, summary=measured)

    def results(self, run: str) -> tuple[CaseResult, ...]:
        """Return what came of each case, in the suite's order.

        Raises:
            NotFoundError: There is no such run.
            ConflictError: It hasn't ended, or its files can't be read.
        """
        path = self.folder(run) / "results.jsonl"
        if not path.exists():
            raise ConflictError(f"Run {run} hasn't ended: its results come with its end.")
        try:
            with path.open(encoding="utf-8") as lines:
                return tuple(CaseResult.model_validate_json(line) for line in lines)
        except (OSError, ValueError) as error:
            raise ConflictError(f"The files of run {run} can't be read: run it again.") from error

    def folder(self, run: str) -> Path:
        """Return where a run lies.

        Raises:
            NotFoundError: There is no such run.
        """
        folder = self._folder / run
        if _NAME.fullmatch(run) is None or not folder.is_dir():
            raise NotFoundError("There is no such run.")
        return folder

    def _try(self, name: str) -> Run | None:
        try:
            return self.run(name)
        except (NotFoundError, ConflictError):
            return None
