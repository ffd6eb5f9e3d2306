"""What lets a release through: runs of exactly its set, and what the evaluation gate said of them.

`candor eval run` writes the fingerprint of the set that it measured, `candor eval gate` writes
`gate.json` beside the results that it judged. Both are read as files here, and held against each
other: a gate that judged other results, or a part of a suite, lets nothing through.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ReleaseError
from app.evaluation_runs import EvaluationRuns, Run
from app.releases.gates import Gates, gates_in
from app.releases.release import Evaluation, Pinned
from app.settings import AppSettings

GATE_FILE = "gate.json"


class GateCheck(BaseModel):
    """One thing that the gate held against a run."""

    model_config = ConfigDict(frozen=True)

    name: str
    asked: str
    found: str
    holds: bool


class GateFile(BaseModel):
    """What `gate.json` holds."""

    model_config = ConfigDict(frozen=True)

    passes: bool
    judged: datetime
    results_sha256: str
    gates_sha256: str
    """Of the file of thresholds."""
    baseline: str | None = None
    checks: tuple[GateCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate said of a run of a set."""

    run: Run
    gate: GateFile | None
    """None where the gate wasn't asked, or what it said can't be read."""
    problem: str | None
    """Why the run lets nothing through, in one line; None where it does."""
    counts: bool = True
    """Whether a failure speaks against the set: not where the suite has no threshold."""

    @property
    def passes(self) -> bool:
        """Whether the run speaks for the set."""
        return self.problem is None


class Evidence:
    """The runs below a data folder, as far as they speak for or against a set."""

    def __init__(self, runs: EvaluationRuns, gates: Path) -> None:
        """Take the runs, and the file of thresholds that the gate must have been asked with."""
        self._runs = runs
        self._gates = gates

    def of(self, pinned: Pinned) -> tuple[GateResult, ...]:
        """Return what the gate said of the latest run of each suite with exactly this set."""
        gates = gates_in(self._gates)
        latest: dict[str, GateResult] = {}
        for run in self._runs.listed():
            measured = run.config.release
            is_it = measured is not None and measured.fingerprint == pinned.fingerprint
            if is_it and run.config.suite.name not in latest:
                latest[run.config.suite.name] = self._result(run, pinned, gates)
        return tuple(latest.values())

    def letting_through(self, pinned: Pinned) -> Evaluation | None:
        """Return a run that lets the set through, None where none does, or one speaks against it.

        The latest run of every suite with a threshold must have passed, and there must be one.
        """
        found = counted(self.of(pinned))
        if not let_through(found):
            return None
        run = found[0].run
        results = _sha256(self._runs.folder(run.id) / "results.jsonl")
        return Evaluation(run.id, run.config.suite.name, results)

    def _result(self, run: Run, pinned: Pinned, gates: Gates) -> GateResult:
        folder, suite = self._runs.folder(run.id), run.config.suite.name
        gate = _gate(folder)
        if gates.sha256 is None:
            lost = f"the thresholds in {gates.file} can't be read: name the file in CANDOR_GATES"
            return GateResult(run, gate, lost)
        if suite not in gates.suites:
            without = f"it doesn't count, as {gates.file} has no threshold for {suite}"
            return GateResult(run, gate, without, counts=False)
        problem = next(iter(_problems(run, gate, folder, pinned, gates)), None)
        return GateResult(run, gate, problem)


def open_evidence(settings: AppSettings) -> Evidence:
    """Return the evidence in the settings' data folder, held against their thresholds."""
    return Evidence(EvaluationRuns(settings.data_dir), settings.gates)


def counted(found: Iterable[GateResult]) -> tuple[GateResult, ...]:
    """Return those of suites that have a threshold."""
    return tuple(one for one in found if one.counts)


def let_through(found: Iterable[GateResult]) -> bool:
    """Say whether these let a release through: all that count pass, and there is one."""
    counting = counted(found)
    return bool(counting) and all(one.passes for one in counting)


def why_not(found: Iterable[GateResult]) -> str:
    """Return in one line why these don't let a release through."""
    told = [f"run {one.run.id}: {one.problem}" for one in found if one.problem]
    return "; ".join(told) or "no run has measured exactly this set"


def _gate(folder: Path) -> GateFile | None:
    try:
        return GateFile.model_validate_json((folder / GATE_FILE).read_bytes())
    except (OSError, ValidationError):
        return None


def _problems(
    run: Run, gate: GateFile | None, folder: Path, pinned: Pinned, gates: Gates
) -> Iterable[str]:
    if run.summary is None:
        yield "it hasn't ended"
    elif run.config.cases != run.config.cases_in_suite:
        yield f"it asked {run.config.cases} of the suite's {run.config.cases_in_suite} cases"
    elif run.config.generation != pinned.generation:
        yield f"it searched generation {run.config.generation}"
    elif gate is None:
        yield "the gate hasn't judged it; run `candor eval gate`"
    elif gate.results_sha256 != _sha256(folder / "results.jsonl"):
        yield "the gate judged other results than those that are there"
    elif gate.gates_sha256 != gates.sha256:
        yield f"the gate had other thresholds than {gates.file}; run `candor eval gate` again"
    elif not gate.passes or not all(check.holds for check in gate.checks):
        failed = next((check.name for check in gate.checks if not check.holds), "no check held")
        yield f"the gate didn't pass it ({failed})"


def _sha256(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise ReleaseError(f"{file} can't be read ({error.strerror}): run it again") from error
