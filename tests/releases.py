"""Releases as a test wants them."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from app.answer import Outcome
from app.releases.release import Pinned
from app.settings import AppSettings
from app.store.database import open_database
from app.store.records import AnswerRecord, Ending, EventName, NewTurn, TurnEvent, TurnState
from app.store.sql_conversations import SqlConversations
from tests.evaluation_runs import write_run

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PINNED = Pinned(
    candor="0.1.0",
    generation="20261101T123015123Z-0a1b2c3d",
    embedder="hash-64",
    prompts={"answer.v2": "a" * 64},
    model={"model": None},
    wording={"contact": "help@shop.example"},
    search={"timezone": "UTC"},
    guardrails={"guardrails": ["size"]},
    gate={"repairs": True},
    prices={},
)


def a_set(contact: str = "help@shop.example", **changed: str) -> Pinned:
    """Return a set that differs from another one by whom it names to contact."""
    return replace(PINNED, wording={"contact": contact}, **changed)  # type: ignore[arg-type] # any text field


def keep_conversations(data_dir: Path, release: str, *, answered: int, abstained: int) -> None:
    """Keep conversations of one question each that a release answered, or abstained from."""
    store = SqlConversations(open_database(data_dir))
    for outcome in (Outcome.ANSWERED,) * answered + (Outcome.ABSTAINED,) * abstained:
        turn = uuid4().hex
        store.create(turn, NOW)
        asked = NewTurn(turn, turn, "Is it free?", None, NOW, NOW, release=release)
        store.begin(asked, TurnEvent(1, EventName.TURN))
        answer = AnswerRecord(outcome, "It is.", "free", "quoting", release=release)
        store.finish(turn, Ending(TurnState.DONE, NOW, (), answer, usage=()))
    store.close()


def written_gates() -> Path:
    """Return the file of thresholds where the settings look for it, written if it isn't there."""
    file = AppSettings().gates
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('[[threshold]]\nsuite = "sample.v1"\nmetric = "passed"\nmin = 0\n', "utf-8")
    return file


def write_verdict(run: Path, *, passes: bool = True) -> None:
    """Write what the gate said of a run beside its results."""
    results = (run / "results.jsonl").read_bytes()
    check = {"name": "passed, all", "asked": "at least 79.0%", "found": "80.0%", "holds": passes}
    verdict = {
        "passes": passes,
        "judged": NOW.isoformat(),
        "results_sha256": hashlib.sha256(results).hexdigest(),
        "gates_sha256": hashlib.sha256(written_gates().read_bytes()).hexdigest(),
        "checks": [check],
    }
    (run / "gate.json").write_text(json.dumps(verdict), encoding="utf-8")


def measure(
    data_dir: Path,
    pinned: Pinned,
    name: str = "20261101T120000Z-sample",
    *,
    passes: bool = True,
    suite: str = "sample.v1",
) -> Path:
    """Write a run of a set that the gate has judged, and return its folder."""
    run = write_run(data_dir, name)
    config = json.loads((run / "config.json").read_text(encoding="utf-8"))
    config |= {
        "cases_in_suite": config["cases"],
        "generation": pinned.generation,
        "suite": config["suite"] | {"name": suite},
        "release": {"fingerprint": pinned.fingerprint, "id": None},
    }
    (run / "config.json").write_text(json.dumps(config), encoding="utf-8")
    write_verdict(run, passes=passes)
    return run
