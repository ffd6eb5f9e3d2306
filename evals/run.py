"""A run on disk: `config.json`, `results.jsonl` and `summary.json` in a folder of its own.

Results are appended to `results.partial.jsonl` as they come, so that an interrupted run is not
lost; the three files appear whole, and `summary.json` last, when the run has ended.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from evals.errors import EvalsError
from evals.recorded import CONFIG, PARTIAL, RESULTS, SUMMARY
from evals.results import Result, result_row
from evals.summary import Summary, summary_row


class RunFolder:
    """Where one run is written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, config: Mapping[str, object]) -> None:
        """Make the folder and write what is about to run.

        Raises:
            EvalsError: The folder holds another run, or can't be written.
        """
        with _told(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            if any(self.path.iterdir()):
                raise EvalsError(f"{self.path} isn't empty: name another folder with --run-dir")
            _write(self.path / CONFIG, _pretty(config))

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
            _write(self.path / RESULTS, "".join(_line(result) for result in results))
            _write(self.path / CONFIG, _pretty(config))
            _write(self.path / SUMMARY, _pretty(summary_row(summary)))
            (self.path / PARTIAL).unlink(missing_ok=True)


def default_run_dir(data_dir: Path, suite: str, started: datetime) -> Path:
    """Return the folder for a run that names none: `<data_dir>/runs/<UTC time>-<suite>`."""
    return data_dir / "runs" / f"{started:%Y%m%dT%H%M%SZ}-{suite}"


def _line(result: Result) -> str:
    return json.dumps(result_row(result), ensure_ascii=False, allow_nan=False) + "\n"


def _pretty(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EvalsError(
            f"the run can't be written to {path} ({error.strerror or error}): "
            "make room or name another folder with --run-dir"
        ) from error
