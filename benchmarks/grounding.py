"""Measures `candor ground` on claims and answers whose label is known.

Beside all rows, those are reported whose origin has an odd sha256: nobody read them while the
checks were written. Verdicts are made by a child process, so that nothing of the gate is imported
here, or read from a file that it wrote before.

    python -m benchmarks.grounding swaps "$CANDOR_BENCH_DATA"
    python -m benchmarks.grounding mutations rows.jsonl --sample 200 --seed 3
    python -m benchmarks.grounding ragtruth "$CANDOR_BENCH_DATA" --verdicts verdicts.jsonl
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.grounding_reports import (
    Report,
    answers,
    attribution,
    experts,
    mutations,
    sentences,
    swaps,
)
from benchmarks.halves import is_held_out
from benchmarks.policy_sample import articles
from benchmarks.swapped_claims import FILES, swapped_claims
from ingestion.chunking import Chunker

Rows = list[dict[str, Any]]
Judged = Callable[[Rows, dict[str, Any]], Report]
_GIVEN = ("id", "claim", "answer", "question", "passages")
"""What the verifier is told of a row: never its label."""
_GROUNDING = "grounding"
_LINK = re.compile(r"\[([^\[\]]+)\]\s?\(https?://[^\s]+\)")
"""The data's articles have lost their links, which the experts' answers hold."""


def main() -> None:
    """Print the report as JSON."""
    arguments = _arguments()
    load, report = SUITES[arguments.suite]
    results = {}
    for name, rows in load(arguments.source).items():
        drawn = _drawn(rows, arguments.sample, arguments.seed)
        verdicts = _verdicts(drawn, arguments.verdicts, arguments.keep)
        results[name] = report(drawn, verdicts)
        held_out = [row for row in drawn if is_held_out(row.get("origin", row["id"]))]
        results[f"{name}, held out"] = report(held_out, verdicts)
    print(json.dumps({"suite": arguments.suite, "results": results}, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", choices=tuple(SUITES))
    parser.add_argument(
        "source", type=Path, help="bench data; of mutations, the rows that were made"
    )
    parser.add_argument("--verdicts", type=Path, help="read these instead of judging")
    parser.add_argument("--keep", type=Path, help="append the verdicts to this file")
    parser.add_argument("--sample", type=int, help="rows to draw; all without it")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _drawn(rows: Rows, size: int | None, seed: int) -> Rows:
    return rows if size is None else random.Random(seed).sample(rows, min(size, len(rows)))


def _verdicts(rows: Rows, file: Path | None, keep: Path | None) -> dict[str, Any]:
    lines = file.read_text(encoding="utf-8") if file else _judged(rows)
    if keep is not None and file is None:
        with keep.open("a", encoding="utf-8") as kept:
            kept.write(lines)
    found = {row["id"]: row for row in map(json.loads, lines.splitlines())}
    missing = [row["id"] for row in rows if row["id"] not in found]
    if missing:
        sys.exit(f"{len(missing)} rows have no verdict, {missing[0]} first: judge them again")
    return found


def _judged(rows: Rows) -> str:
    """Return what `candor ground` wrote about the rows, without having seen their labels."""
    with tempfile.TemporaryDirectory() as folder:
        given, told = Path(folder, "rows.jsonl"), Path(folder, "verdicts.jsonl")
        given.write_text("".join(f"{json.dumps(_blind(row))}\n" for row in rows), encoding="utf-8")
        command = ("candor", "ground", "--input", str(given), "--output", str(told))
        done = subprocess.run(command, check=False)  # noqa: S603 - the project's own command
        if done.returncode:
            sys.exit(f"candor ground ended with {done.returncode}: nothing was measured")
        return told.read_text(encoding="utf-8")


def _blind(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _GIVEN if name in row}


def _swapped(bench_data: Path) -> dict[str, Rows]:
    return {name: swapped_claims(bench_data, name) for name in FILES}


def _mutated(rows: Path) -> dict[str, Rows]:
    return {"mutations": _read(rows)}


def _free(rows: Path) -> dict[str, Rows]:
    return {"free wordings, developed on": _read(rows)}


def _ragtruth(bench_data: Path) -> dict[str, Rows]:
    return {"ragtruth_qa": _read(bench_data / _GROUNDING / "ragtruth_qa.jsonl")}


def _attributed(bench_data: Path) -> dict[str, Rows]:
    return {"attributionbench_dev": _read(bench_data / _GROUNDING / "attributionbench_dev.jsonl")}


def _answered(bench_data: Path) -> dict[str, Rows]:
    """Return the experts' answers, each with the chunks of the articles that they name."""
    chunker = Chunker()
    listed = {one.id: one for one in articles(bench_data / "help_centres" / "wixqa")}
    rows = _read(bench_data / "questions" / "wixqa.jsonl")
    answered = [
        {**row, "passages": [*_passages(row["gold"], listed, chunker)]}
        for row in rows
        if all(one in listed for one in row["gold"])
    ]
    unlinked = [{**row, "answer": _LINK.sub(r"\1", row["answer"])} for row in answered]
    return {"wixqa": answered, "wixqa, links as their words": unlinked}


def _passages(
    gold: Sequence[str], listed: Mapping[str, Any], chunker: Chunker
) -> Iterator[dict[str, Any]]:
    for article in (listed[one] for one in gold):
        for chunk in chunker.cut(article):
            yield {
                "text": chunk.text,
                "title": article.title,
                "heading": " › ".join(chunk.heading_path),
                "applies_to": {key: [*values] for key, values in article.applies_to.items()},
            }


def _both(rows: Rows, verdicts: dict[str, Any]) -> Report:
    return {"responses": answers(rows, verdicts), "sentences": sentences(rows, verdicts)}


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


SUITES: Mapping[str, tuple[Callable[[Path], dict[str, Rows]], Judged]] = {
    "mutations": (_mutated, mutations),
    "free": (_free, attribution),
    "swaps": (_swapped, swaps),
    "ragtruth": (_ragtruth, _both),
    "attribution": (_attributed, attribution),
    "experts": (_answered, experts),
}

if __name__ == "__main__":
    main()
