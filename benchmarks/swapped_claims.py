"""Swapped claims: true ones and such with another number, as they stand and in other words.

python -m benchmarks.swapped_claims "$CANDOR_BENCH_DATA" --output swaps.jsonl
"""

import argparse
import json
from pathlib import Path
from typing import Any

FILES = ("policy_number_swaps", "policy_number_swaps_paraphrased")


def main() -> None:
    """Write the rows of both files, for `candor gate fit --claims`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of grounding/")
    parser.add_argument("--output", type=Path, required=True, help="JSON Lines, a row a claim")
    arguments = parser.parse_args()
    rows = (row for name in FILES for row in swapped_claims(arguments.bench_data, name))
    with arguments.output.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(row)}\n" for row in rows)


def swapped_claims(bench_data: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a file, each with its number as origin: its paraphrase has the same."""
    text = (bench_data / "grounding" / f"{name}.jsonl").read_text(encoding="utf-8")
    rows = map(json.loads, text.splitlines())
    return [{**row, "origin": f"swap-{row['id'].rpartition('-')[2]}"} for row in rows]


if __name__ == "__main__":
    main()
