"""The thresholds of the checks that go by rules: one file, with the run that chose them.

The support model's own threshold stands in its file, with its weights: it means nothing without
them, and `candor gate fit` writes both.
"""

from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.errors import AppError

FILE_NAME = "thresholds.json"
FORMAT = 1


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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Threshold(_Strict):
    value: Annotated[float, Field(ge=0, le=1)]
    means: str


class _File(_Strict):
    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)]
    run: Annotated[str, Field(min_length=1)]
    thresholds: dict[str, _Threshold]


def load_thresholds(path: Path | None = None) -> Thresholds:
    """Return the thresholds in a file, the shipped ones where `path` is None.

    Raises:
        ThresholdsError: There is no such file, or a threshold is missing, unknown or no share.
    """
    place = path or resources.files("app.grounding") / FILE_NAME
    try:
        held = _File.model_validate_json(place.read_text("utf-8")).thresholds
    except (OSError, ValueError, ValidationError) as error:
        raise ThresholdsError(f"{place} has no thresholds ({error})") from error
    wanted = {one.name for one in fields(Thresholds)}
    if wanted != set(held):
        odd = ", ".join(sorted(wanted ^ set(held)))
        raise ThresholdsError(f"{place} lacks thresholds or has unknown ones: {odd}")
    return Thresholds(**{name: one.value for name, one in held.items()})
