"""Two evaluation runs beside each other, as `candor eval compare` tells them."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ConflictError
from app.jobs import CANDOR, reason
from app.run_rows import Figure

_LONGEST_SECONDS = 60.0
_FAILED = "These runs can't be compared just now: try again."


class _Read(BaseModel):
    """What the command says; a later version may say more."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Held(_Read):
    """One case's value in one run, or why there is none."""

    standing: str
    value: float | None = None
    reason: str | None = None


class ChangedCase(_Read):
    """A case that the runs scored differently."""

    id: str
    kind: str
    before: Held
    after: Held


class ComparedMetric(_Read):
    """A metric over the cases that both runs scored."""

    pairs: int
    before: Figure | None = None
    """None where no case was scored in both, like all figures."""
    after: Figure | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    """The 95 % interval of the difference."""
    gained: int = 0
    lost: int = 0
    p: float | None = None
    changed: tuple[ChangedCase, ...] = ()


class CommonCases(_Read):
    """Which cases could be compared."""

    common: int
    only_before: int
    only_after: int
    different: int
    """Of one id, but with other contents."""


class RunComparison(_Read):
    """What changed from one run to another."""

    before: str
    after: str
    same_suite: bool
    cases: CommonCases
    metrics: dict[str, ComparedMetric]


def compare(before: Path, after: Path, command: Sequence[str] = CANDOR) -> RunComparison:
    """Return what changed between the runs in two folders.

    Raises:
        ConflictError: They can't be compared; it says why.
    """
    asked = [*command, "eval", "compare", str(before), str(after), "--json"]
    try:
        done = subprocess.run(  # noqa: S603 — this project's own command
            asked, capture_output=True, text=True, timeout=_LONGEST_SECONDS, check=False
        )
        done.check_returncode()
        return RunComparison.model_validate_json(done.stdout)
    except subprocess.CalledProcessError as error:
        raise ConflictError(reason(error.stderr) or _FAILED) from error
    except (subprocess.TimeoutExpired, ValidationError) as error:
        raise ConflictError(_FAILED) from error
