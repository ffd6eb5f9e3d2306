"""Fit records: what is kept of a run that fitted something, beside what it fitted."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.statistics import Rate


class Strict(BaseModel):
    """A part of a file that holds these fields, of these types, and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LabelFile(Strict):
    """A file of labels that was fitted on."""

    name: str
    sha256: str
    claims: int
    unsupported: int
    use: str
    """Which of its rows, and what for."""


class Figure(Strict):
    """A figure of the fit, with its 95 % interval."""

    name: str
    value: float
    low: float
    high: float
    n: int


class ThresholdRun(Strict):
    """How thresholds were chosen."""

    day: Annotated[date, Field(strict=False)]
    seed: int
    false_block_rate: Annotated[float, Field(ge=0, lt=1)]
    """The share of supported claims that might be blocked."""
    rule: str
    labels: tuple[LabelFile, ...]
    figures: tuple[Figure, ...]
    """What came of it, on the rows that were chosen on and on others."""


def rate_figure(name: str, found: Rate) -> Figure:
    """Return a rate as it is kept, to three places."""
    return Figure(
        name=name,
        value=round(found.value, 3),
        low=round(found.low, 3),
        high=round(found.high, 3),
        n=found.n,
    )
