"""Halves by a hash of the id: what is looked at while something is written, and what is reported.

python -m benchmarks.halves evals/suites/generated.v1.jsonl DIR --kind trap --kind scope_swap
"""

import argparse
from hashlib import sha256
from pathlib import Path

from evals.case import case_line, load_suite


def is_held_out(origin: str) -> bool:
    """Say whether rows of this origin are never read while something is developed: an odd hash."""
    return int(sha256(origin.encode()).hexdigest(), 16) % 2 == 1


def main() -> None:
    """Write `DIR/even.jsonl`, to develop on, and `DIR/odd.jsonl`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--kind", action="append", help="all kinds where none is named")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    cases = [
        one for one in load_suite(asked.suite).cases if not asked.kind or one.kind in asked.kind
    ]
    for name, held_out in (("even", False), ("odd", True)):
        half = [case_line(case) for case in cases if is_held_out(case.id) is held_out]
        (asked.output / f"{name}.jsonl").write_text("".join(half), encoding="utf-8")
        print(f"{name}: {len(half)} cases")


if __name__ == "__main__":
    main()
