"""How much personal data is masked, and how much of what ordinary questions hold is masked too.

A piece counts as masked where placeholders cover all of it. The rules were written on the
sentences whose sha256(id) is even; the odd ones were not looked at. Every mask in an ordinary
question is listed, to be judged.

    python -m benchmarks.masking "$CANDOR_BENCH_DATA" --masking presidio
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.guardrails.personal_data import Masker
from app.guardrails.roster import build_masker
from app.setting_choices import Masking
from app.settings import AppSettings
from app.statistics import rate
from benchmarks.screening import SUITES


def main() -> None:
    """Print the recall of each kind, and the masks in ordinary questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="the folder with personal_data/ and benign/")
    parser.add_argument("--masking", type=Masking, default=Masking.AUTO)
    arguments = parser.parse_args()
    masker = build_masker(AppSettings(masking=arguments.masking))
    _print_recall(masker, arguments.bench_data)
    for name, questions in _ordinary(arguments.bench_data):
        masked = [text for text in questions if masker.find(text)]
        shown = rate(len(masked), len(questions))
        print(f"{name}: {shown.successes} of {shown.n} masked ({100 * shown.high:.2f} % at most)")
        for text in masked:
            print(f"  {[text[one.start : one.end] for one in masker.find(text)]}")


def _print_recall(masker: Masker, bench_data: Path) -> None:
    masked: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    for row in _rows(bench_data / "personal_data" / "sentences.jsonl"):
        held_out = int(sha256(row["id"].encode()).hexdigest(), 16) % 2 == 1
        found = masker.find(row["text"])
        for span in row["spans"]:
            key = (span["type"], held_out)
            total[key] += 1
            masked[key] += any(
                one.start <= span["start"] and span["end"] <= one.end for one in found
            )
    for kind in sorted({kind for kind, _ in total}):
        told = []
        for halves in ((True,), (True, False)):
            n = sum(total[kind, half] for half in halves)
            hit = sum(masked[kind, half] for half in halves)
            shown = rate(hit, n) if n else None
            told.append(f"{hit} of {n} ({shown.low:.2f}-{shown.high:.2f})" if shown else "none")
        print(f"{kind}: held out {told[0]}; all {told[1]}")


def _ordinary(bench_data: Path) -> Iterator[tuple[str, list[str]]]:
    benign = [*_rows(bench_data / "benign" / "prompts.jsonl")]
    for source in sorted({row["source"] for row in benign}):
        yield source, [row["text"] for row in benign if row["source"] == source]
    for name in ("wixqa", "techqa", "rhobank"):
        file = bench_data / "questions" / f"{name}.jsonl"
        yield name, [row["question"] for row in _rows(file)]
    for suite in sorted(SUITES.glob("*.jsonl")):
        yield suite.stem, [row["question"] for row in _rows(suite)]


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
