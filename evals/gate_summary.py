"""What the gate says, as Markdown for a pull request and as lines for a terminal."""

from collections.abc import Sequence

from evals.comparison import ChangedCase
from evals.comparison_report import change_reason
from evals.gate import Check, Judged

_SHOWN_CASES = 30
_LONGEST_CELL = 120
_ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>#|!&@"})
"""What would make markup, a link or a mention of an answer's words."""


def gate_markdown(judged: Judged) -> str:
    """Return the summary that a pull request can show; what came from outside is escaped."""
    verdict = "passes" if judged.passes else "**does not pass**"
    run = judged.run
    lines = [
        f"## Evaluation: {_cell(run.suite)} {verdict}",
        "",
        _opening(judged),
        "",
        "| | check | asked | found |",
        "|---|---|---|---|",
        *(_check_row(check) for check in sorted(judged.checks, key=lambda check: check.holds)),
    ]
    if judged.worse:
        lines += ["", *_worse_lines(judged.worse)]
    return "\n".join(lines) + "\n"


def gate_lines(judged: Judged) -> tuple[str, ...]:
    """Return one line a check, the missed ones first, and the verdict last."""
    checks = sorted(judged.checks, key=lambda check: check.holds)
    missed = sum(not check.holds for check in checks)
    verdict = f"{missed} of {len(checks)} missed" if missed else f"all {len(checks)} hold"
    return (
        *(
            f"{'ok    ' if check.holds else 'MISSED'} {check.name}: {check.found}; {check.asked}"
            for check in checks
        ),
        f"{judged.run.suite}: {verdict}",
    )


def _opening(judged: Judged) -> str:
    counted = f"{judged.summary.cases} cases, generation {_cell(judged.run.config['generation'])}"
    if judged.comparison is None:
        return f"{counted}; no baseline."
    return f"{counted}; baseline {_cell(judged.comparison.before)}."


def _check_row(check: Check) -> str:
    mark = "ok" if check.holds else "**missed**"
    return f"| {mark} | {_cell(check.name)} | {_cell(check.asked)} | {_cell(check.found)} |"


def _worse_lines(worse: Sequence[tuple[str, ChangedCase]]) -> list[str]:
    lines = [
        f"<details><summary>{len(worse)} scores got worse</summary>",
        "",
        "| case | kind | metric | before | after | reason |",
        "|---|---|---|---|---|---|",
    ]
    for metric, case in worse[:_SHOWN_CASES]:
        cells = (case.id, case.kind, metric, case.before.shown, case.after.shown)
        lines.append(f"| {' | '.join(map(_cell, (*cells, change_reason(case))))} |")
    if len(worse) > _SHOWN_CASES:
        lines += ["", f"… and {len(worse) - _SHOWN_CASES} more: `candor eval compare`."]
    return [*lines, "", "</details>"]


def _cell(text: object) -> str:
    line = " ".join(str(text).split())
    kept = line if len(line) <= _LONGEST_CELL else line[: _LONGEST_CELL - 1] + "…"
    return kept.translate(_ESCAPED)
