"""What a person, or a program, reads of the findings."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from ingestion.lint.finding import Finding, Level, Place
from ingestion.lint.linter import LintReport


def as_text(report: LintReport) -> str:
    """Return the findings one below the other, each with its places and their words."""
    return "\n".join(line for finding in report.findings for line in _lines(finding))


def summary(report: LintReport) -> str:
    """Return how much was found, in one line."""
    looked_at = f"in {report.articles} articles on {report.at}"
    if not report.findings:
        return f"Nothing found {looked_at}."
    counts = (_counted(report.count(level), level) for level in Level)
    return f"{', '.join(filter(None, counts))} {looked_at}."


def as_json(report: LintReport) -> str:
    """Return the findings as one JSON object, on one line."""
    findings = [
        {
            "rule": finding.rule.id,
            "level": finding.rule.level,
            "message": finding.message,
            "advice": finding.rule.advice,
            "places": [asdict(place) for place in finding.places],
        }
        for finding in report.findings
    ]
    told = {"at": str(report.at), "articles": report.articles, "findings": findings}
    return json.dumps(told, ensure_ascii=False)


def _lines(finding: Finding) -> Iterator[str]:
    first, *others = finding.places
    yield f"{first}: {finding.rule.level} [{finding.rule.id}] {finding.message}"
    yield from _quote(first)
    for place in others:
        yield f"  {place}"
        yield from _quote(place)


def _quote(place: Place) -> Iterator[str]:
    if place.quote:
        yield f"    › {place.quote}"


def _counted(number: int, level: Level) -> str:
    return f"{number} {level.value}{'s' * (number != 1)}" if number else ""
