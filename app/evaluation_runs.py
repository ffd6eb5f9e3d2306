"""Evaluation runs as the folders that `candor eval run` wrote: read, never changed."""

import re
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from app.errors import ConflictError, NotFoundError
from app.run_rows import CaseResult, Row, RunConfig, RunSummary

RUNS = "runs"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class Run(Row):
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
