"""What likeness, steps and topics take back of true claims, or of those people found supported.

The claims go through all checks with words alone as the last one; of those that words support, the
cosines of likeness are taken. Only rows whose origin has an even sha256 are read, as the cuts were
chosen on them; of RAGTruth's answers, which nothing was held out of, all.

    python -m benchmarks.likeness "$CANDOR_BENCH_DATA" rows.jsonl …    # of `claim_mutations`
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.answer import Question
from app.commands.ground import findings
from app.commands.ground_row import GroundRow
from app.grounding.checks import steps, topics
from app.grounding.sources import Sources
from app.grounding.support.check import SupportCheck
from app.grounding.support.evidence import SupportEvidence
from app.grounding.support.likeness import LikenessCheck
from app.grounding.support.model import load_support_model
from app.grounding.thresholds import load_thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from app.settings import AppSettings
from app.statistics import rate
from benchmarks.grounding import SUITES
from benchmarks.halves import is_held_out
from knowledge_base.bootstrap import open_embedder

DAY = date(2026, 11, 1)
CUTS = ((0.3, 0.6), (0.4, 0.6), (0.45, 0.0))
"""Of the closest statement and of any of the three: shipped, and two others; 0 hears one only."""


class Taken:
    """The check of support, which keeps the cosines of what it supports."""

    def __init__(self) -> None:
        self._support = SupportCheck(load_support_model())
        embedder = open_embedder(AppSettings())
        self._likeness = LikenessCheck(self._support, embedder, load_thresholds())
        self.cosines: list[Sequence[float]] = []

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return what words find."""
        found = self._support.check(claim, sources, asked)
        if found.verdict is Verdict.SUPPORTED:
            evidence = SupportEvidence(claim.text, sources, asked)
            self.cosines.append(self._likeness.cosines(evidence))
        return found


def main() -> None:
    """Print the rates as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path)
    parser.add_argument("rows", type=Path, nargs="*", help="what `claim_mutations` wrote")
    asked = parser.parse_args()
    sets = dict(_sets(asked.bench_data, asked.rows))
    print(json.dumps({name: _told(rows) for name, rows in sets.items()}, indent=2))


def _sets(bench_data: Path, files: Sequence[Path]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    made = [row for file in files for row in SUITES["mutations"][0](file)["mutations"]]
    swapped = [row for rows in SUITES["swaps"][0](bench_data).values() for row in rows]
    yield "true claims", [row for row in _even(made + swapped) if row["supported"]]
    (answers, *_) = SUITES["experts"][0](bench_data).values()
    yield "experts' answers", _even(answers)
    (judged,) = SUITES["ragtruth"][0](bench_data).values()
    yield "RAGTruth, answers without a hallucination", [r for r in judged if not r["hallucinated"]]


def _even(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if not is_held_out(row.get("origin", row["id"]))]


def _told(rows: Sequence[dict[str, Any]]) -> dict[str, object]:
    taken, checks = Taken(), Counter[str]()
    for row in rows:
        checks.update(one.check for one in findings(GroundRow.read(row), DAY, taken))
    counts = {cut: sum(_is_taken(one, *cut) for one in taken.cosines) for cut in CUTS}
    whole = len(taken.cosines)
    return {
        "claims that words support": whole,
        "least cosine to the closest": round(min(one[0] for one in taken.cosines), 3),
        **{f"taken back at {cut}": _shown(count, whole) for cut, count in counts.items()},
        **{
            f"taken back by {name}, before likeness": _shown(checks[name], whole + checks[name])
            for name in (steps.NAME, topics.NAME)
        },
    }


def _is_taken(cosines: Sequence[float], closest: float, of_any: float) -> bool:
    return cosines[0] < closest and (not of_any or max(cosines) < of_any)


def _shown(count: int, whole: int) -> str:
    found = rate(count, whole)
    return f"{count} of {whole} ({found.low:.1%} to {found.high:.1%})"


if __name__ == "__main__":
    main()
