"""What the gate said of a run, kept in the run's folder for those who promote what it measured."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from app.releases.evidence import GATE_FILE, GateCheck, GateFile
from evals.gate import Judged
from evals.recorded import RESULTS
from knowledge_base.whole_files import replace_file


def keep_verdict(judged: Judged, gates: Path) -> None:
    """Write what the gate said beside the results that it judged.

    Of a run that names no set, as one over the network, nothing is kept: it speaks for none.
    """
    run = judged.run
    if "release" not in run.config:
        return
    verdict = GateFile(
        passes=judged.passes,
        judged=datetime.now(UTC),
        results_sha256=_sha256(run.path / RESULTS),
        gates_sha256=_sha256(gates),
        baseline=judged.comparison.before if judged.comparison else None,
        checks=tuple(
            GateCheck(name=one.name, asked=one.asked, found=one.found, holds=one.holds)
            for one in judged.checks
        ),
    )
    content = f"{verdict.model_dump_json(indent=2)}\n"
    replace_file(run.path / GATE_FILE, content.encode())


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
