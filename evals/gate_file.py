"""The file of thresholds, `evals/gates.toml`: what a run must reach before a release."""

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evals.case import explain
from evals.errors import GateFileError
from evals.summary import ALL_CASES


class Side(StrEnum):
    """Which number of an estimate a threshold is held against."""

    POINT = "point"
    LOW = "low"
    """The lower bound of the 95 % interval."""
    HIGH = "high"
    """The upper bound of the 95 % interval."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(_Part):
    """How many cases may have no value before a run is refused."""

    errors: int = Field(default=0, ge=0)
    unscored: int = Field(default=0, ge=0)
    not_asked: int = Field(default=0, ge=0)
    missing_cases: int = Field(default=0, ge=0)
    """Cases of the baseline that the run doesn't have, or has changed."""


class Threshold(_Part):
    """What one metric must reach over one group of a suite's cases."""

    suite: str
    metric: str
    group: str = ALL_CASES
    """A kind, a part, or all."""
    on: Side = Side.POINT
    min: float | None = Field(default=None, ge=0, le=1)
    max: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError(f"{self.suite}'s {self.metric} needs a `min` or a `max`")
        return self


class RegressionRule(_Part):
    """How far one metric may fall against the baseline."""

    metric: str
    suite: str | None = None
    """None for every suite."""
    group: str = ALL_CASES
    max_drop: float = Field(default=0.0, ge=0, le=1)
    """Largest drop that is let through however sure it is, as a share: .01 is a point."""
    significance: float = Field(default=0.05, gt=0, lt=1)
    """A drop with a p-value below is no noise."""


class GateFile(_Part):
    """All of the file."""

    limits: Limits = Limits()
    thresholds: tuple[Threshold, ...] = Field(alias="threshold")
    regressions: tuple[RegressionRule, ...] = Field(default=(), alias="regression")


def read_gates(path: Path) -> GateFile:
    """Return the thresholds in a file.

    Raises:
        GateFileError: The file can't be read, or holds something else.
    """
    try:
        return GateFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise GateFileError(f"{path} can't be read ({error.strerror}): name another --gates") from (
            error
        )
    except ValidationError as error:
        raise GateFileError(f"{path} can't be used: {explain(error)}") from error
    except ValueError as error:
        raise GateFileError(f"{path} is no TOML file: {error}") from error
