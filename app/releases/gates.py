"""The deployment's file of thresholds, `CANDOR_GATES`, as far as evidence is held against it."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Gates:
    """What the file says now."""

    file: Path
    sha256: str | None
    """None where it can't be read: then nothing is let through."""
    suites: frozenset[str]
    """Those that it has a threshold for."""


def gates_in(file: Path) -> Gates:
    """Return what a file of thresholds says."""
    try:
        content = file.read_bytes()
        suites = {one["suite"] for one in tomllib.loads(content.decode())["threshold"]}
    except (OSError, ValueError, KeyError, TypeError):
        return Gates(file, None, frozenset())
    return Gates(file, hashlib.sha256(content).hexdigest(), frozenset(suites))
