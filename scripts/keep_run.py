"""Keeps an evaluation run in the repository, as the baseline of later ones.

    python -m scripts.keep_run RUN docs/runs/NAME [--without-answers]

Without answers, a row says what was asked, what was expected and how each metric came out: enough
to be compared with pair by pair, and nothing that an answerer could be fitted to by reading it.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

_OF_THE_CASE = ("id", "kind", "part", "question", "history", "expected", "latency_ms", "error")
_OF_A_SCORE = ("state", "value", "successes", "trials")


def main() -> int:
    """Copy the run; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="Folder of a run that has ended.")
    parser.add_argument("target", type=Path, help="Folder to keep it in.")
    parser.add_argument("--without-answers", action="store_true")
    asked = parser.parse_args()
    asked.target.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "summary.json"):
        shutil.copyfile(asked.run / name, asked.target / name)
    rows = (asked.run / "results.jsonl").read_text(encoding="utf-8").splitlines()
    kept = [_without_answer(row) if asked.without_answers else row for row in rows]
    (asked.target / "results.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return 0


def _without_answer(line: str) -> str:
    row = json.loads(line)
    kept = {name: row[name] for name in _OF_THE_CASE}
    scores = {
        metric: {name: score[name] for name in _OF_A_SCORE if name in score}
        for metric, score in row["scores"].items()
    }
    return json.dumps(kept | {"scores": scores}, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
