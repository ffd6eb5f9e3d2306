"""Measured agreements on disk: one file a measurement, looked up by the judge's identity."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.statistics import Rate
from evals.errors import EvalsError
from evals.judges.agreement import Agreement, Estimate
from evals.judges.identity import JudgeIdentity
from evals.judges.labels import LabelSet

FOLDER = "judges"
"""Folder of measured agreements below the data folder."""


@dataclass(frozen=True, slots=True)
class MeasuredJudge:
    """A judge's agreement with one set of labels."""

    identity: JudgeIdentity
    labels: LabelSet
    measured: datetime
    agreement: Agreement
    seconds: float


def agreement_row(measured: MeasuredJudge) -> dict[str, object]:
    """Return what was measured as it is written: no text of the labels."""
    found = measured.agreement
    return {
        "judge": asdict(measured.identity),
        "labels": {"name": measured.labels.name, "sha256": measured.labels.sha256},
        "measured": measured.measured.isoformat(timespec="seconds"),
        "seconds": round(measured.seconds, 1),
        "n": found.n,
        "unscored": found.unscored,
        "not_applicable": found.not_applicable,
        "hallucinated": found.hallucinated,
        "sources": found.sources,
        "cut": "chosen on other sources" if found.fitted_cut else "one fails",
        "kappa": _estimate_row(found.kappa),
        "true_positives": _rate_row(found.true_positives),
        "false_positives": _rate_row(found.false_positives),
        "auroc": _estimate_row(found.auroc),
    }


def keep_agreement(folder: Path, measured: MeasuredJudge) -> Path:
    """Write an agreement to a file of its own in `folder`, and return the file.

    Raises:
        EvalsError: It can't be written.
    """
    path = folder / f"{measured.identity.name}-{measured.measured:%Y%m%dT%H%M%SZ}.json"
    text = json.dumps(agreement_row(measured), ensure_ascii=False, allow_nan=False, indent=2)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise EvalsError(
            f"the agreement can't be written to {path} ({error.strerror or error}): "
            "make room or name another folder with --output"
        ) from error
    return path


def last_agreement(folder: Path, identity: JudgeIdentity) -> Mapping[str, object] | None:
    """Return the newest agreement that was measured for this very judge, None where there is none.

    A file that isn't an agreement is passed over.
    """
    rows = (_read(path) for path in folder.glob(f"{identity.name}-*.json"))
    wanted = asdict(identity)
    own = [row for row in rows if row.get("judge") == wanted]
    return max(own, key=lambda row: str(row.get("measured", "")), default=None)


def _read(path: Path) -> Mapping[str, object]:
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return row if isinstance(row, dict) else {}


def _estimate_row(estimate: Estimate) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(estimate).items()}


def _rate_row(rate: Rate) -> dict[str, float]:
    row = {"value": rate.value, **asdict(rate)}
    return {name: round(value, 4) for name, value in row.items()}
