from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ingestion.lint.bootstrap import lint_sources
from ingestion.lint.linter import LintReport
from ingestion.sources.folder import FolderSource
from knowledge_base.sample import SAMPLE_ARTICLES

FAULTY_ARTICLES = Path(__file__).with_name("faulty_articles")
MAX_BYTES = 100_000
SUITE_DAY = date(2026, 11, 1)

FAULTS = (
    ("broken-anchor", "broken-links.md", 6),
    ("broken-link", "broken-links.md", 5),
    ("circular-succession", "circular-a.md", 4),
    ("circular-succession", "circular-b.md", 4),
    ("contradiction", "contradiction-a.md", 7),
    ("empty-heading", "headings.md", 9),
    ("empty-heading", "headings.md", 15),
    ("expired-article", "expired.md", 3),
    ("expiring-article", "expiring.md", 3),
    ("hidden-comment", "hidden-comment.md", 7),
    ("hidden-text", "hidden-style.md", 7),
    ("hidden-text", "hidden-turned.md", 6),
    ("instruction", "instruction-in-comment.md", 7),
    ("instruction", "instruction-in-tags.md", 5),
    ("instruction", "instruction-invisible.md", 7),
    ("instruction", "instruction-role.md", 7),
    ("instruction", "instruction-split.md", 6),
    ("instruction", "instruction-split.md", 6),
    ("instruction", "instruction-visible.md", 6),
    ("long-article", "too-long.md", 5),
    ("near-duplicate", "near-duplicate-a.md", 1),
    ("orphan", "orphan.md", 1),
    ("planted-link", "planted-link.md", 7),
    ("succession-gap", "gap-new.md", 4),
    ("unknown-superseded", "unknown-superseded.md", 3),
    ("unscoped-fact", "returns.md", 5),
    ("unusable-file", "broken-front-matter.md", 1),
)
"""Rule, file and line of every fault that was put into the faulty articles."""


def lint(folder: Path, at: date) -> LintReport:
    return lint_sources({str(folder): FolderSource(folder, MAX_BYTES)}, at, folder)


class TestFaultyArticles:
    def test_each_fault_is_found_at_its_line_and_nothing_else(self) -> None:
        report = lint(FAULTY_ARTICLES, SUITE_DAY)

        found = Counter(
            (finding.rule.id, finding.places[0].path, finding.places[0].line)
            for finding in report.findings
        )

        assert found == Counter(FAULTS)

    def test_each_rule_has_its_fault(self) -> None:
        report = lint(FAULTY_ARTICLES, SUITE_DAY)

        assert {rule.id for rule in report.rules} == {rule for rule, _, _ in FAULTS}

    @pytest.mark.parametrize(
        ("rule", "places"),
        [
            (
                "contradiction",
                [
                    ("contradiction-a.md:7", "The fee for cancelling a booked trip is 15 EUR."),
                    ("contradiction-b.md:9", "The fee for cancelling a booked trip is 25 EUR."),
                ],
            ),
            (
                "unscoped-fact",
                [
                    ("returns.md:5", "Return unused gear within 30 days of delivery."),
                    ("returns-eu.md:6", "Return unused gear within 14 days of delivery."),
                    ("returns-uk.md:6", "Return unused gear within 28 days of delivery."),
                ],
            ),
        ],
    )
    def test_each_place_is_named_and_quoted(self, rule: str, places: list[tuple[str, str]]) -> None:
        report = lint(FAULTY_ARTICLES, SUITE_DAY)

        (found,) = (finding for finding in report.findings if finding.rule.id == rule)

        assert [(str(place), place.quote) for place in found.places] == places


class TestSampleArticles:
    @pytest.mark.parametrize("at", [SUITE_DAY, date(2026, 11, 23)])
    def test_nothing_is_found(self, at: date) -> None:
        report = lint(SAMPLE_ARTICLES, at)

        assert report.articles == len(list(SAMPLE_ARTICLES.rglob("*.md")))
        assert report.findings == ()
