"""Findings as SARIF 2.1.0, which code review shows beside the lines they speak of.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from ingestion.lint.finding import Finding, Place, Rule
from ingestion.lint.linter import LintReport

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "candorFinding/v1"


def as_sarif(report: LintReport) -> str:
    """Return the report as one SARIF log with one run."""
    driver = {
        "name": "candor lint",
        "version": version("candor"),
        "rules": [_rule(rule) for rule in report.rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(report)),
    }
    return json.dumps(
        {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2
    )


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.advice},
        "defaultConfiguration": {"level": rule.level.value},
    }


def _results(report: LintReport) -> Iterator[dict[str, Any]]:
    numbers = {rule.id: number for number, rule in enumerate(report.rules)}
    seen = Counter[str]()
    for finding in report.findings:
        fingerprint = _fingerprint(finding)
        seen[fingerprint] += 1
        yield {
            "ruleId": finding.rule.id,
            "ruleIndex": numbers[finding.rule.id],
            "level": finding.rule.level.value,
            "message": {"text": f"{finding.message}. {finding.rule.advice}"},
            "locations": [_location(finding.places[0])],
            "relatedLocations": _related(finding.places[1:]),
            "partialFingerprints": {FINGERPRINT: f"{fingerprint}:{seen[fingerprint]}"},
        }


def _related(places: Sequence[Place]) -> list[dict[str, Any]]:
    return [
        {"id": number, **_location(place), "message": {"text": place.quote or str(place)}}
        for number, place in enumerate(places, start=1)
    ]


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.path)}}
    if place.line is not None:
        region = {"startLine": place.line, "endLine": place.end_line or place.line}
        physical["region"] = {**region, "snippet": {"text": place.quote}}
    return {"physicalLocation": physical}


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same while lines shift: the rule, the articles and their words."""
    said = [finding.rule.id]
    for place in finding.places:
        said += [place.article_id or place.path, place.quote]
    return sha256("\0".join(said).encode()).hexdigest()[:32]
