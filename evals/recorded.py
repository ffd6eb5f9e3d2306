"""Recorded runs: a run's folder read back, whole or as far as it came."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.answer import Outcome, Usage
from app.run_rows import CallRow, CaseResult, CaseScore, CaseSentence, RepeatRow
from evals.case import Case, Kind, Part, explain
from evals.errors import RunFolderError
from evals.metrics.score import Score, ScoreState
from evals.results import Repeat, Result, Span, WrittenAnswer, WrittenSentence

CONFIG = "config.json"
RESULTS = "results.jsonl"
PARTIAL = "results.partial.jsonl"
SUMMARY = "summary.json"


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run that has ended, as its folder holds it."""

    path: Path
    config: Mapping[str, Any]
    results: tuple[Result, ...]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.path.resolve().name

    @property
    def suite(self) -> str:
        """Name of the suite that was asked."""
        return str(self.config["suite"]["name"])

    @property
    def suite_sha256(self) -> str:
        """Hash of the suite's file."""
        return str(self.config["suite"]["sha256"])

    @property
    def metrics(self) -> tuple[str, ...]:
        """Names of everything that was scored, in the order of the first result with scores."""
        return tuple(dict.fromkeys(score.metric for one in self.results for score in one.scores))


def read_run(path: Path) -> RecordedRun:
    """Return the run in a folder.

    Raises:
        RunFolderError: The folder holds no run, or one that hasn't ended or can't be read.
    """
    config = read_config(path)
    if not (path / SUMMARY).is_file():
        raise RunFolderError(
            f"the run in {path} hasn't ended: finish it with `candor eval run --resume {path}`"
        )
    if not (path / RESULTS).is_file():
        raise RunFolderError(
            f"{path} has no {RESULTS}, only a summary: a run without its results can't be read"
        )
    return RecordedRun(path, config, tuple(read_results(path / RESULTS)))


def read_config(path: Path) -> dict[str, Any]:
    """Return what a run's folder says was asked, of which articles and how.

    Raises:
        RunFolderError: The folder holds no run, or its configuration can't be read.
    """
    file = path / CONFIG
    if not file.is_file():
        raise RunFolderError(
            f"{path} holds no run (no {CONFIG}): name a folder that `candor eval run` wrote"
        )
    try:
        text = file.read_bytes()
        _CONFIG.validate_json(text)
        return dict(json.loads(text))
    except (OSError, ValueError) as error:
        raise RunFolderError(f"{file} can't be read ({_fact(error)})") from error


def read_results(file: Path, *, drop_torn_end: bool = False) -> Iterator[Result]:
    """Yield the results of a file of rows.

    Args:
        file: `results.jsonl`, or what a run has appended so far.
        drop_torn_end: Whether a last line without its line break, which a kill has cut, is
            left out.

    Raises:
        RunFolderError: The file can't be read, or a line is no result; the message names
            file:line.
    """
    try:
        text = file.read_bytes()
    except OSError as error:
        raise RunFolderError(f"{file} can't be read ({_fact(error)})") from error
    *whole, end = text.split(b"\n")
    for number, line in enumerate(whole if drop_torn_end or not end else [*whole, end], start=1):
        if line.strip():
            yield _read_result(line, f"{file}:{number}")


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _SuiteRow(_Row):
    name: str
    sha256: str


class _ConfigRow(BaseModel):
    model_config = ConfigDict(extra="allow")

    suite: _SuiteRow
    generation: str
    day: date
    cases: int | None = None
    cases_in_suite: int | None = None
    started: datetime | None = None


_CONFIG = TypeAdapter(_ConfigRow)


def _read_result(line: bytes, place: str) -> Result:
    try:
        row = CaseResult.model_validate_json(line)
        case = _case(row)
        answer = _answer(row)
        repeats = tuple(map(_repeat, row.repeats))
    except (ValueError, TypeError) as error:
        raise RunFolderError(f"{place} is no result ({_fact(error)})") from error
    scores = tuple(_score(metric, score) for metric, score in row.scores.items())
    earlier = tuple(map(_usage, row.earlier_usage))
    return Result(case, row.latency_ms, answer, row.error, scores, earlier, row.not_asked, repeats)


def _answer(row: CaseResult) -> WrittenAnswer | None:
    """Return the answer of a row; None where the case has none.

    Raises:
        ValueError: It has an outcome that there isn't, or no words.
    """
    if row.outcome is None:
        return None
    if row.text is None:
        raise ValueError("text: an answer has one")
    return WrittenAnswer(
        outcome=Outcome(row.outcome),
        text=row.text,
        query=row.query,
        sentences=tuple(map(_sentence, row.sentences)),
        retrieved=row.retrieved,
        usage=tuple(map(_usage, row.usage)),
        timings_ms=row.timings_ms,
        model=row.model,
        prompt=row.prompt,
        prompt_fingerprint=row.prompt_fingerprint,
        generation=row.generation,
    )


def _repeat(row: RepeatRow) -> Repeat:
    outcome = Outcome(row.outcome) if row.outcome is not None else None
    return Repeat(row.repeat, outcome, row.text, row.error, tuple(map(_usage, row.usage)))


def _sentence(row: CaseSentence) -> WrittenSentence:
    spans = (Span(**cited.model_dump()) for cited in row.citations)
    return WrittenSentence(row.text, tuple(spans))


def _case(row: CaseResult) -> Case:
    """Return the case as far as a result names it: facts that must and must not be stay out."""
    return Case(
        id=row.id,
        kind=Kind(row.kind),
        part=Part(row.part),
        question=row.question,
        history=row.history,
        at=None,
        outcomes=tuple(map(Outcome, row.expected.outcomes)),
        articles=row.expected.articles,
        must=(),
        must_not=(),
        note="",
    )


def _score(metric: str, row: CaseScore) -> Score:
    successes, trials = row.successes, row.trials
    if row.value in {0, 1} and trials is None:
        # Runs kept before November 2026 left out the trials of a metric that is right or wrong.
        successes, trials = int(row.value), 1
    usage = tuple(map(_usage, row.usage))
    state, reason = ScoreState(row.state), row.reason or ""
    return Score(metric, state, row.value, reason, successes, trials, usage)


def _usage(row: CallRow) -> Usage:
    return Usage(**row.model_dump())


def _fact(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return explain(error)
    return " ".join(str(getattr(error, "strerror", None) or error).split())
