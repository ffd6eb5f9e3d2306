"""Asks the sample suites of the sample articles, without a model, and gates the runs.

Everything happens in a scratch folder, untouched by `.env` and by `CANDOR_…` variables, so that a
developer's machine and CI measure the same. The exit status is 0 where both runs pass.

    python -m scripts.evaluate [--output DIR]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUITES = ROOT / "evals" / "suites"
RUNS = ROOT / "docs" / "runs"
DAY = "2026-11-01"
"""The day that the cases of both suites are written for."""


@dataclass(frozen=True, slots=True)
class Gated:
    """A suite, and the run that it mustn't fall behind."""

    suite: Path
    baseline: Path


GATED = (
    Gated(SUITES / "sample.v1.jsonl", RUNS / "sample.v1-quoting"),
    Gated(SUITES / "sample-held-out.v1.jsonl", RUNS / "sample-held-out.v1-quoting"),
)


def main() -> int:
    """Index, ask and gate; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, help="Folder to keep runs and summaries in.")
    asked = parser.parse_args()
    if asked.output:
        asked.output.mkdir(parents=True, exist_ok=True)
        return _evaluate(asked.output.resolve())
    with tempfile.TemporaryDirectory() as scratch:
        return _evaluate(Path(scratch))


def _evaluate(folder: Path) -> int:
    began = time.monotonic()
    indexed = _start(folder, "reindex", "--json").wait()
    if indexed:
        return indexed
    print(f"indexed in {time.monotonic() - began:.0f} s", flush=True)
    # A process each: the quoting answerer uses one core, and CI has two.
    running = [_start(folder, *_run_arguments(folder, gated)) for gated in GATED]
    ended = [process.wait() for process in running]
    print(f"asked after {time.monotonic() - began:.0f} s", flush=True)
    return 1 if any(ended) else max(_gate(folder, gated) for gated in GATED)


def _run_arguments(folder: Path, gated: Gated) -> tuple[str, ...]:
    run_dir = str(_run_dir(folder, gated))
    return ("eval", "run", "--suite", str(gated.suite), "--at", DAY, "--run-dir", run_dir, "--json")


def _gate(folder: Path, gated: Gated) -> int:
    run_dir = _run_dir(folder, gated)
    baseline = ("--baseline", str(gated.baseline))
    gates = ("--gates", str(ROOT / "evals" / "gates.toml"))
    summary = ("--summary", str(run_dir.with_suffix(".md")))
    command = [_CANDOR, "eval", "gate", str(run_dir), *baseline, *gates, *summary]
    return subprocess.call(command, cwd=folder, env=_environment(folder))  # noqa: S603


def _run_dir(folder: Path, gated: Gated) -> Path:
    return folder / f"{gated.suite.stem}-quoting"


def _start(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start a `candor …` process; what it prints for programs is of no use here."""
    command = [_CANDOR, *arguments]
    return subprocess.Popen(  # noqa: S603
        command, cwd=folder, env=_environment(folder), stdout=subprocess.DEVNULL
    )


_CANDOR = str(Path(sys.executable).with_name("candor"))


def _environment(folder: Path) -> dict[str, str]:
    variables = os.environ.items()  # noqa: TID251 — child processes inherit them
    kept = {name: value for name, value in variables if not name.startswith("CANDOR_")}
    return {**kept, "CANDOR_DATA_DIR": str(folder / "data"), "CANDOR_MASKING": "rules"}


if __name__ == "__main__":
    sys.exit(main())
