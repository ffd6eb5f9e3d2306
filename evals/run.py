"""A run on disk: `config.json`, `results.jsonl` and `summary.json` in a folder of its own.

Results are appended to `results.partial.jsonl` as they come, so that an interrupted run can go on
where it stopped; the three files appear whole, and `summary.json` last, when the run has ended.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from evals.errors import EvalsError, RunFolderError
from evals.recorded import CONFIG, PARTIAL, RESULTS, SUMMARY, read_config, read_results
from evals.results import Result, result_row
from evals.summary import Summary, summary_row
from knowledge_base.whole_files import replace_file

_FREE = {"started", "concurrency", "budget", "cache"}
"""What may differ where a run goes on: it changes no result."""


class RunFolder:
    """Where one run is written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder, made if need be, while the block runs; a killed holder loses it.

        Raises:
            RunFolderError: Another process holds it.
            EvalsError: The folder can't be written.
        """
        with _told(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            folder = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _take(folder, self.path)
            yield
        finally:
            os.close(folder)

    def begin(self, config: Mapping[str, object]) -> None:
        """Make the folder and write what is about to run.

        Raises:
            EvalsError: The folder holds another run, or can't be written.
        """
        with _told(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            if any(self.path.iterdir()):
                raise EvalsError(f"{self.path} isn't empty: name another folder with --run-dir")
            replace_file(self.path / CONFIG, _pretty(config))

    def resume(self, config: Mapping[str, object]) -> None:
        """Take up a run that was interrupted; a result that was cut is dropped.

        Raises:
            RunFolderError: The folder holds no run, one that has ended, or one of something else.
            EvalsError: The folder can't be written.
        """
        if self._is_unbegun():
            with _told(self.path):
                replace_file(self.path / CONFIG, _pretty(config))
            return
        _refuse_another(read_config(self.path), config, self.path)
        kept = self._asked() if (self.path / SUMMARY).is_file() else self.results()
        with _told(self.path):
            replace_file(self.path / PARTIAL, _lines(kept))
            (self.path / SUMMARY).unlink(missing_ok=True)

    def results(self) -> tuple[Result, ...]:
        """Return what has come so far, one result a case, in the order in which it came.

        Raises:
            RunFolderError: A whole line is no result.
        """
        file = self.path / PARTIAL
        if not file.is_file():
            return ()
        read = {result.case.id: result for result in read_results(file, drop_torn_end=True)}
        return tuple(read.values())

    def append(self, result: Result) -> None:
        """Write one result as it comes.

        Raises:
            EvalsError: The folder can't be written.
        """
        with _told(self.path), (self.path / PARTIAL).open("a", encoding="utf-8") as file:
            file.write(_line(result))

    def finish(
        self, config: Mapping[str, object], results: Sequence[Result], summary: Summary
    ) -> None:
        """Write the whole run: results in the suite's order, the configuration, the summary.

        Raises:
            EvalsError: The folder can't be written.
        """
        with _told(self.path):
            replace_file(self.path / RESULTS, _lines(results))
            replace_file(self.path / CONFIG, _pretty(config))
            replace_file(self.path / SUMMARY, _pretty(summary_row(summary)))
            (self.path / PARTIAL).unlink(missing_ok=True)

    def _asked(self) -> tuple[Result, ...]:
        """Return the results of a run that has ended with cases which weren't asked, or failed.

        Raises:
            RunFolderError: All cases have an answer.
        """
        results = tuple(read_results(self.path / RESULTS))
        kept = tuple(result for result in results if result.not_asked is None)
        if len(kept) == len(results) and all(result.is_whole for result in results):
            with _told(self.path):
                (self.path / PARTIAL).unlink(missing_ok=True)  # a kill may have left it
            raise RunFolderError(f"the run in {self.path} has ended: there is nothing to resume")
        return kept

    def _is_unbegun(self) -> bool:
        """Whether the run was killed before it had written what it asks."""
        if not self.path.is_dir():
            return False
        return not any(path for path in self.path.iterdir() if not path.name.startswith("."))


def new_run_dir(data_dir: Path, suite: str, started: datetime) -> Path:
    """Make a folder for a run that names none: `<data_dir>/runs/<UTC time>-<suite>`.

    With a number behind it where another run began within the same second.

    Raises:
        EvalsError: It can't be made.
    """
    named = data_dir / "runs" / f"{started:%Y%m%dT%H%M%SZ}-{suite}"
    others = (named.with_name(f"{named.name}-{number}") for number in count(2))
    return next(path for path in chain((named,), others) if _is_made(path))


def _is_made(path: Path) -> bool:
    """Make a folder, and tell whether it wasn't there before."""
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.mkdir()
        except FileExistsError:
            return False
    return True


def _take(folder: int, path: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise RunFolderError(
            f"another process is writing the run in {path}: wait for it to end, or name another "
            "folder with --run-dir"
        ) from error


def _refuse_another(written: Mapping[str, object], asked: Mapping[str, object], path: Path) -> None:
    """Refuse to go on with a run that asks other cases, or asks something else.

    Raises:
        RunFolderError: It does; the message names what differs.
    """
    fixed: dict[str, object] = json.loads(_pretty(asked))
    differing = [
        f"{name} was {written.get(name)}, is {value}"
        for name, value in fixed.items()
        if name not in _FREE and written.get(name) != value
    ]
    if differing:
        raise RunFolderError(
            f"the run in {path} can't go on, as it would be two runs in one "
            f"({'; '.join(differing)}): start another with --run-dir"
        )


def _line(result: Result) -> str:
    return json.dumps(result_row(result), ensure_ascii=False, allow_nan=False) + "\n"


def _lines(results: Iterable[Result]) -> bytes:
    return "".join(map(_line, results)).encode()


def _pretty(content: Mapping[str, object]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2)
    return f"{text}\n".encode()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EvalsError(
            f"the run can't be written to {path} ({error.strerror or error}): "
            "make room or name another folder with --run-dir"
        ) from error
