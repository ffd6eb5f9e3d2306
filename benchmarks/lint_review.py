"""Draws findings of `candor lint` on real help centres for review, and says how many are real.

A draw is stratified by rule: rules with few findings give all of them, the others share what is
left of the hundred. A finding is real where an editor of that help centre would find at its place
what its rule says. The reviewed ones are kept without any text.

    python -m benchmarks.lint_review draw "$CANDOR_BENCH_DATA" > findings.jsonl
    python -m benchmarks.lint_review report docs/runs/lint/reviewed.jsonl
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.statistics import rate
from ingestion.lint.bootstrap import lint_sources
from ingestion.lint.finding import Finding
from ingestion.sources.folder import FolderSource

AT = date(2026, 11, 23)
FINDINGS = 100
SEED = 11
MAX_ARTICLE_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the help centre that it was made in."""

    help_centre: str
    finding: Finding

    @property
    def half(self) -> str:
        """Whether the rules were developed on this article's findings, or never saw them."""
        named = f"{self.help_centre}/{self.finding.places[0].article_id}"
        number = int(sha256(named.encode()).hexdigest(), 16)
        return "held out" if number % 2 else "develop"


def find(folder: Path) -> Iterator[Found]:
    """Yield every finding in the help centres below `folder`."""
    for help_centre in sorted(path for path in folder.iterdir() if path.is_dir()):
        source = FolderSource(help_centre, MAX_ARTICLE_BYTES)
        report = lint_sources({help_centre.name: source}, AT, folder)
        for finding in report.findings:
            yield Found(help_centre.name, finding)


def draw(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return the findings to review, rule by rule, the same ones for the same seed."""
    by_rule: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        by_rule[one.finding.rule.id].append(one)
    generator = random.Random(SEED)
    drawn: list[Found] = []
    for number, rule in enumerate(sorted(by_rule, key=lambda rule: (len(by_rule[rule]), rule))):
        share = (FINDINGS - len(drawn)) // (len(by_rule) - number)
        drawn += generator.sample(by_rule[rule], min(share, len(by_rule[rule])))
    return tuple(drawn)


def _row(one: Found) -> dict[str, object]:
    places = one.finding.places
    return {
        "rule": one.finding.rule.id,
        "help_centre": one.help_centre,
        "half": one.half,
        "places": [
            {"article": place.article_id, "line": place.line, "end_line": place.end_line}
            for place in places
        ],
        "message": one.finding.message,
        "quotes": [place.quote for place in places],
    }


def report(reviewed: Sequence[Mapping[str, object]]) -> str:
    """Return the share of real findings by rule and by half, as a Markdown table."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for row in reviewed:
        for group in (str(row["rule"]), f"all, {row['half']}", "all"):
            groups[group].append(row["verdict"] == "real")
    lines = ["| rule | real | 95 % interval |", "|---|---|---|"]
    for group in sorted(groups, key=lambda name: (name.startswith("all"), name)):
        share = rate(sum(groups[group]), len(groups[group]))
        interval = f"{share.low:.0%} to {share.high:.0%}"
        lines.append(f"| {group} | {share.successes} of {share.n} | {interval} |")
    return "\n".join(lines)


def main() -> None:
    """Draw findings, or report on those that were reviewed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["draw", "report"])
    parser.add_argument("path", type=Path, help="folder of help_centres/, or the reviewed findings")
    arguments = parser.parse_args()
    if arguments.step == "draw":
        for one in draw(tuple(find(arguments.path / "help_centres"))):
            print(json.dumps(_row(one), ensure_ascii=False))
    else:
        lines = arguments.path.read_text(encoding="utf-8").splitlines()
        print(report([json.loads(line) for line in lines]))


if __name__ == "__main__":
    main()
