import json
from dataclasses import replace
from datetime import date
from typing import Any

from ingestion.lint.finding import Finding, Level, Place, Rule
from ingestion.lint.linter import LintReport
from ingestion.lint.sarif import as_sarif

RULE = Rule("contradiction", Level.ERROR, "Two articles differ.", "Correct one.")
OTHER = Rule("orphan", Level.NOTE, "Nothing links to it.", "Link to it.")
HERE = Place("refunds", "help/re funds.md", "Refunds take 5 days.", 7, 8)
THERE = Place("returns", "help/returns.md", "Refunds take 9 days.", heading="Refunds")
FINDING = Finding(RULE, "5 days here, 9 days elsewhere", (HERE, THERE))


def a_run(*findings: Finding) -> Any:
    report = LintReport(date(2026, 11, 1), 2, (OTHER, RULE), findings)
    log = json.loads(as_sarif(report))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


class TestAsSarif:
    def test_describes_each_rule(self) -> None:
        driver = a_run(FINDING)["tool"]["driver"]

        assert driver["name"] == "candor lint"
        assert [rule["id"] for rule in driver["rules"]] == ["orphan", "contradiction"]
        assert driver["rules"][1]["defaultConfiguration"] == {"level": "error"}

    def test_points_a_result_to_its_rule(self) -> None:
        (result,) = a_run(FINDING)["results"]

        assert (result["ruleId"], result["ruleIndex"]) == ("contradiction", 1)
        assert result["level"] == "error"
        assert result["message"]["text"] == "5 days here, 9 days elsewhere. Correct one."

    def test_gives_the_place_as_an_address_with_its_lines(self) -> None:
        (result,) = a_run(FINDING)["results"]

        (location,) = result["locations"]

        assert location["physicalLocation"] == {
            "artifactLocation": {"uri": "help/re%20funds.md"},
            "region": {
                "startLine": 7,
                "endLine": 8,
                "snippet": {"text": "Refunds take 5 days."},
            },
        }

    def test_gives_a_place_without_a_line_as_the_file_only(self) -> None:
        (result,) = a_run(FINDING)["results"]

        (related,) = result["relatedLocations"]

        assert related["physicalLocation"] == {"artifactLocation": {"uri": "help/returns.md"}}
        assert related["message"]["text"] == "Refunds take 9 days."

    def test_names_a_finding_the_same_when_its_lines_have_moved(self) -> None:
        moved = replace(FINDING, places=(replace(HERE, line=70, end_line=80), THERE))

        before, after = a_run(FINDING)["results"][0], a_run(moved)["results"][0]

        assert before["partialFingerprints"] == after["partialFingerprints"]

    def test_names_equal_findings_apart(self) -> None:
        first, second = a_run(FINDING, FINDING)["results"]

        assert first["partialFingerprints"] != second["partialFingerprints"]
