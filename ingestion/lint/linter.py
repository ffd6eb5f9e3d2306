"""The linter: runs every check and sorts what they find."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingestion.lint.check import Check
from ingestion.lint.finding import Finding, Level, Rule
from ingestion.lint.help_centre import HelpCentre


@dataclass(frozen=True, slots=True)
class LintReport:
    """What was found in a help centre."""

    at: date
    articles: int
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    """Sorted by path, line and rule."""

    def count(self, level: Level) -> int:
        """Return how many findings have a level."""
        return sum(finding.rule.level is level for finding in self.findings)

    def fails(self, *, strict: bool = False) -> bool:
        """Tell whether there is an error, or, where it is `strict`, a warning."""
        failing = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
        return any(finding.rule.level in failing for finding in self.findings)


class Linter:
    """Looks for what is wrong in the articles of a help centre."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._checks = tuple(checks)

    def lint(self, centre: HelpCentre) -> LintReport:
        """Return what the checks find, without what an article's `lint_ignore` names."""
        found = (finding for check in self._checks for finding in check.find(centre))
        return LintReport(
            at=centre.at,
            articles=len(centre.manuscripts),
            rules=tuple(rule for check in self._checks for rule in check.rules),
            findings=tuple(sorted(_wanted(found, centre), key=_order)),
        )


def _wanted(findings: Iterable[Finding], centre: HelpCentre) -> Iterable[Finding]:
    for finding in findings:
        manuscript = centre.by_id.get(finding.places[0].article_id)
        if manuscript is None or finding.rule.id not in manuscript.ignored_rules:
            yield finding


def _order(finding: Finding) -> tuple[str, int, str, str]:
    first = finding.places[0]
    return first.path, first.line or 0, finding.rule.id, finding.message
