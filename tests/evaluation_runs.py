"""Folders of evaluation runs, as `candor eval run` writes them."""

import json
from pathlib import Path
from typing import Any

RIGHT: dict[str, Any] = {"state": "scored", "value": 1.0}
WRONG: dict[str, Any] = {"state": "scored", "value": 0.0, "reason": "75 USD isn't said"}
FIGURES: dict[str, Any] = {
    "value": 0.5,
    "n": 2,
    "low": 0.1,
    "high": 0.9,
    "scored": 2,
    "not_applicable": 1,
    "unscored": 0,
    "errors": 0,
}


def a_case(case: str = "a-1", *, kind: str = "answerable", **scores: object) -> dict[str, Any]:
    return {
        "id": case,
        "kind": kind,
        "part": "before",
        "question": f"What of {case}?",
        "history": [],
        "expected": {"outcomes": ["ANSWERED"], "articles": ["ship/us"]},
        "latency_ms": 12.5,
        "error": None,
        "outcome": "ANSWERED",
        "text": "Orders over 75 USD ship free.",
        "sentences": [
            {
                "text": "Orders over 75 USD ship free.",
                "citations": [{"article": "ship/us", "start": 0, "end": 29}],
            }
        ],
        "query": f"{case}",
        "retrieved": ["ship/us"],
        "usage": [],
        "timings_ms": {"total": 12.5},
        "scores": scores or {"all_facts": RIGHT},
    }


def write_run(
    data_dir: Path,
    name: str = "20261101T120000Z-sample",
    *cases: dict[str, Any],
    started: str = "2026-11-01T12:00:00+00:00",
    ended: bool = True,
    generation: str = "g1",
) -> Path:
    """Write a run below `data_dir`, and return its folder."""
    folder = data_dir / "runs" / name
    folder.mkdir(parents=True)
    asked = cases or (a_case("a-1", all_facts=RIGHT), a_case("a-2", all_facts=WRONG))
    config = {
        "suite": {"name": "sample", "sha256": "0" * 64},
        "cases": len(asked),
        "day": "2026-11-01",
        "generation": generation,
        "candor": "0.1.0",
        "started": started,
        "models": ["quoting"],
        "seconds": 1.5,
    }
    _write(folder / "config.json", config)
    if ended:
        groups = {"all": {"cases": len(asked), "metrics": {"all_facts": FIGURES}}}
        (folder / "results.jsonl").write_text("".join(json.dumps(case) + "\n" for case in asked))
        _write(
            folder / "summary.json",
            {"suite": "sample", "cases": len(asked), "errors": 0, "groups": groups},
        )
    return folder


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content))
