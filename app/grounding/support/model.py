"""The support model that is shipped: a logistic regression, a few kilobytes of JSON.

The file says how it came about: on which labels, when, by what seed, with which figures.
`candor gate fit` writes it, and its threshold into the file of all thresholds.
"""

import math
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from app.errors import AppError
from app.grounding.fit_record import Figure, LabelFile, Strict
from app.grounding.support.check import Support
from app.grounding.support.evidence import SupportEvidence
from app.grounding.support.features import SupportFeatures, features_of
from app.grounding.thresholds import load_thresholds

FILE_NAME = "model.json"
FORMAT = 2

Finite = Annotated[float, Field(allow_inf_nan=False)]


class SupportModelError(AppError):
    """The file of a support model can't be read, or isn't one."""


class Weight(Strict):
    """What one feature counts for support, after it was scaled."""

    mean: Finite
    spread: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    weight: Finite


class Fit(Strict):
    """How a model came about."""

    day: Annotated[date, Field(strict=False)]
    seed: int
    penalty: float
    labels: tuple[LabelFile, ...]
    figures: tuple[Figure, ...]


class SupportModelFile(Strict):
    """What the JSON file holds."""

    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)]
    bias: Finite
    features: dict[str, Weight]
    fit: Fit

    @model_validator(mode="after")
    def _has_all_features(self) -> "SupportModelFile":
        wanted, found = set(SupportFeatures._fields), set(self.features)
        if wanted != found:
            missing, unknown = sorted(wanted - found), sorted(found - wanted)
            raise ValueError(f"features are missing {missing} or unknown {unknown}")
        return self


@dataclass(frozen=True, slots=True)
class LogisticSupport:
    """A `SupportModel` that weighs the features."""

    threshold: float
    bias: float
    weights: SupportFeatures
    means: SupportFeatures
    spreads: SupportFeatures

    def support(self, evidence: SupportEvidence) -> Support:
        """Return the probability and the features that pulled to its side, strongest first."""
        pulls = self._pulls(features_of(evidence))
        logit = self.bias + sum(pulls.values())
        probability = 1 / (1 + math.exp(-logit)) if logit > 0 else 1 - 1 / (1 + math.exp(logit))
        side = 1 if probability >= self.threshold else -1
        ranked = sorted(pulls, key=lambda name: -side * pulls[name])
        return Support(probability, tuple(name for name in ranked if side * pulls[name] > 0))

    def _pulls(self, features: SupportFeatures) -> dict[str, float]:
        scaled = zip(features, self.means, self.spreads, self.weights, strict=True)
        pulls = (weight * (value - mean) / spread for value, mean, spread, weight in scaled)
        return dict(zip(SupportFeatures._fields, pulls, strict=True))


def load_support_model(path: Path | None = None, threshold: float | None = None) -> LogisticSupport:
    """Return the model in a file, the shipped one where `path` is None.

    Its threshold is that of the shipped thresholds where `threshold` is None.

    Raises:
        SupportModelError: There is no such file, or it isn't a whole model.
    """
    held = read_model_file(path)
    return support_model(held, load_thresholds().support if threshold is None else threshold)


def support_model(held: SupportModelFile, threshold: float) -> LogisticSupport:
    """Return the model that a file holds."""
    ordered = [held.features[name] for name in SupportFeatures._fields]
    return LogisticSupport(
        threshold=threshold,
        bias=held.bias,
        weights=SupportFeatures(*(one.weight for one in ordered)),
        means=SupportFeatures(*(one.mean for one in ordered)),
        spreads=SupportFeatures(*(one.spread for one in ordered)),
    )


def read_model_file(path: Path | None = None) -> SupportModelFile:
    """Return what a model's file holds, the shipped one where `path` is None.

    Raises:
        SupportModelError: There is no such file, or it isn't a whole model.
    """
    place = path or resources.files("app.grounding.support") / FILE_NAME
    try:
        return SupportModelFile.model_validate_json(place.read_text("utf-8"))
    except (OSError, ValueError, ValidationError) as error:
        raise SupportModelError(
            f"{place} is no support model ({error}); `candor gate fit` writes one"
        ) from error


def shipped_path() -> Path:
    """Return where the shipped model lies."""
    return Path(str(resources.files("app.grounding.support") / FILE_NAME))
