import re
from datetime import date
from pathlib import Path

from ingestion.lint.bootstrap import build_linter
from ingestion.lint.finding import Rule
from ingestion.lint.help_centre import HelpCentre

PAGE = Path(__file__).resolve().parents[2] / "docs" / "lint.md"


def rules() -> dict[str, Rule]:
    report = build_linter().lint(HelpCentre([], date(2026, 11, 1)))
    return {rule.id: rule for rule in report.rules}


def sections() -> dict[str, str]:
    page = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"^### ([\w-]+)\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL))


class TestThePageOnLint:
    def test_has_a_section_for_each_rule_and_no_other(self) -> None:
        assert sections().keys() == rules().keys()

    def test_says_the_level_and_the_advice_of_each_rule(self) -> None:
        told = sections()

        assert [
            rule.id
            for rule in rules().values()
            if not told[rule.id].strip().startswith(f"{rule.level.value.capitalize()}: ")
            or rule.advice not in told[rule.id]
        ] == []
