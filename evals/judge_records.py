"""What a run keeps of its judges: who they are, and how far they agree with people."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import structlog

from evals.judges.agreement_files import last_agreement
from evals.judges.identity import JudgeIdentity

_log = structlog.get_logger(__name__)
_KEPT = ("measured", "labels", "n", "kappa", "true_positives", "false_positives")


def judge_records(identities: Sequence[JudgeIdentity], folder: Path) -> list[dict[str, object]]:
    """Return a row for each judge with its last measured agreement, and warn where there is none.

    Args:
        identities: The judges of the run.
        folder: Where `candor eval judge` keeps what it measures.
    """
    return [_record(identity, folder) for identity in identities]


def _record(identity: JudgeIdentity, folder: Path) -> dict[str, object]:
    found = last_agreement(folder, identity)
    if found is None:
        _log.warning(
            "judge_not_measured",
            judge=identity.name,
            model=identity.model,
            prompt=identity.prompt,
            do="measure it: candor eval judge --labels FILE --judge " + identity.name,
        )
    return {**asdict(identity), "agreement": None if found is None else _kept(found)}


def _kept(found: Mapping[str, object]) -> dict[str, object]:
    return {name: found[name] for name in _KEPT if name in found}
