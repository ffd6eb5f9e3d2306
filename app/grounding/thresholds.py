"""The thresholds of all checks: one file, with the runs that chose them.

`candor gate fit` writes it: the support model's threshold on the labels of its fit, those of the
rules on claims through all checks. Those of likeness were chosen apart, on what a weak model made
up (`docs/decisions/0021-support-needs-likeness.md`). Not in it are weights, which shift what all
statements score alike, and two judgements that no labelled claim speaks of: how close a quote must
come to stand in for a draft, and which words tell a list's purpose.
"""

from dataclasses import asdict, dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from app.errors import AppError
from app.grounding.fit_record import Strict, ThresholdRun

FILE_NAME = "thresholds.json"
FORMAT = 2


class ThresholdsError(AppError):
    """The file of thresholds can't be read, or isn't one."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares from 0 to 1; the file says what each of them means."""

    scope_close: float
    scope_near: float
    rests_close: float
    rests_near: float
    facts_close: float
    facts_near: float
    benefits_near: float
    kept: float
    as_told: float
    alike: float
    opposed: float
    like_closest: float
    like_any: float
    support: float


class Threshold(Strict):
    """One of them."""

    value: Annotated[float, Field(ge=0, le=1)]
    means: str


class Runs(Strict):
    """The runs that chose them."""

    support: ThresholdRun
    """Chose `support`."""
    rules: ThresholdRun
    """Chose all others."""


class ThresholdsFile(Strict):
    """What the JSON file holds."""

    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)]
    runs: Runs
    thresholds: dict[str, Threshold]

    @model_validator(mode="after")
    def _has_all(self) -> "ThresholdsFile":
        wanted, found = {one.name for one in fields(Thresholds)}, set(self.thresholds)
        if wanted != found:
            raise ValueError(f"thresholds lacking or unknown: {', '.join(sorted(wanted ^ found))}")
        return self

    @property
    def values(self) -> Thresholds:
        """The thresholds themselves."""
        return Thresholds(**{name: one.value for name, one in self.thresholds.items()})

    def with_values(self, values: Thresholds, runs: Runs) -> "ThresholdsFile":
        """Return the file with other values and the runs that chose them."""
        held = {
            name: self.thresholds[name].model_copy(update={"value": round(value, 4)})
            for name, value in asdict(values).items()
        }
        return ThresholdsFile(format=self.format, runs=runs, thresholds=held)


def load_thresholds(path: Path | None = None) -> Thresholds:
    """Return the thresholds in a file, the shipped ones where `path` is None.

    Raises:
        ThresholdsError: There is no such file, or a threshold is missing, unknown or no share.
    """
    return read_thresholds_file(path).values


def read_thresholds_file(path: Path | None = None) -> ThresholdsFile:
    """Return what a file of thresholds holds, the shipped one where `path` is None.

    Raises:
        ThresholdsError: As of `load_thresholds`.
    """
    place = path or resources.files("app.grounding") / FILE_NAME
    try:
        return ThresholdsFile.model_validate_json(place.read_text("utf-8"))
    except (OSError, ValueError, ValidationError) as error:
        raise ThresholdsError(
            f"{place} has no thresholds ({error}); `candor gate fit` writes them"
        ) from error


def shipped_thresholds_path() -> Path:
    """Return where the shipped thresholds lie."""
    return Path(str(resources.files("app.grounding") / FILE_NAME))
