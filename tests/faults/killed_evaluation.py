"""Kills `candor eval run` and takes it up again, until it ends like a run that wasn't killed."""

import json
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CANDOR = Path(sys.executable).with_name("candor")
SAMPLE_SUITE = Path(__file__).parents[2] / "evals" / "suites" / "sample.v1.jsonl"
KILLS = 10
SAMPLE_CASES = 60
PARTIAL = "results.partial.jsonl"
_UNLIKE = {"latency_ms", "timings_ms"}
_SPENT = {"latency_p50_ms", "latency_p95_ms"}
_LONGEST_RUN_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is asked, of which data folder."""

    data_dir: Path
    suite: Path
    limit: int

    def start(self, *arguments: object) -> "subprocess.Popen[bytes]":
        own = {"CANDOR_DATA_DIR": str(self.data_dir), "CANDOR_MASKING": "rules"}
        return subprocess.Popen(
            [
                *(CANDOR, "eval", "run", "--suite", self.suite, "--json"),
                *(str(argument) for argument in arguments),
            ],
            env={**os.environ, **own},  # noqa: TID251 — a child process inherits them
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def run(self, folder: Path) -> int:
        return self.start("--run-dir", folder, *self._asked()).wait(_LONGEST_RUN_SECONDS)

    def begin_or_resume(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start the run anew only where the kill came before it had made its folder."""
        if folder.is_dir():
            return self.start("--resume", folder)
        return self.start("--run-dir", folder, *self._asked())

    def _asked(self) -> tuple[object, ...]:
        return ("--limit", self.limit, "--at", "2026-11-01")


def kill_and_resume(
    evaluation: Evaluation, folder: Path, times: int, chance: random.Random
) -> list[int]:
    """Kill one run again and again, let it end, and return how many results it had each time."""
    seen = []
    for number in range(times):
        process = evaluation.begin_or_resume(folder)
        # Each kill waits for a few results more, then for a moment that no result marks.
        wanted = (number + 1) * evaluation.limit // (times + 1) if number else 0
        _wait(process, folder, wanted)
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        process.wait()
        seen.append(_lines(folder))
    assert evaluation.begin_or_resume(folder).wait(_LONGEST_RUN_SECONDS) in {0, 1}
    return seen


def told(folder: Path) -> dict[str, Any]:
    """Return what a run holds, without the times that no two runs share."""
    rows = [json.loads(row) for row in (folder / "results.jsonl").read_bytes().splitlines()]
    summary = json.loads((folder / "summary.json").read_bytes())
    kept = {name: spent for name, spent in summary["spending"].items() if name not in _SPENT}
    config = json.loads((folder / "config.json").read_bytes())
    return {
        "rows": [
            {name: value for name, value in row.items() if name not in _UNLIKE} for row in rows
        ],
        "summary": summary | {"spending": kept},
        "config": {
            name: value for name, value in config.items() if name not in {"started", "seconds"}
        },
        "files": sorted(path.name for path in folder.iterdir()),
    }


def _wait(process: "subprocess.Popen[bytes]", folder: Path, results: int) -> None:
    deadline = time.monotonic() + _LONGEST_RUN_SECONDS
    while process.poll() is None and _lines(folder) < results:
        assert time.monotonic() < deadline, "the run came to a stop"
        time.sleep(0.01)


def _lines(folder: Path) -> int:
    """Count the results that there are, in the run's last file where it ended before the kill."""
    for file in (folder / PARTIAL, folder / "results.jsonl"):
        with suppress(FileNotFoundError):
            return file.read_bytes().count(b"\n")
    return 0


def kill_ten_times(
    data_dir: Path, folder: Path, seed: int, limit: int = SAMPLE_CASES
) -> dict[str, object]:
    """Kill a run of the sample suite, and hold it against one that wasn't killed."""
    evaluation = Evaluation(data_dir, SAMPLE_SUITE, limit)
    evaluation.run(folder / "whole")
    seen = kill_and_resume(evaluation, folder / "killed", KILLS, random.Random(seed))
    unlike = told(folder / "whole") != told(folder / "killed")
    return {"kills": KILLS, "results_when_killed": seen, "unlike": int(unlike)}


def main() -> int:
    """Kill a run over a data folder that holds the sample articles, and print what came of it."""
    found = kill_ten_times(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
    print(json.dumps(found))  # noqa: T201 — this is the result
    return int(bool(found["unlike"]))


if __name__ == "__main__":
    sys.exit(main())
