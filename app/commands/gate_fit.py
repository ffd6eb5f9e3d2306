"""One run of `candor gate fit`: what it read, what it chose, what it writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from app.commands.labelled_rows import read_case_set
from app.grounding.fit_record import Figure
from app.grounding.fitting.run import choose_rules
from app.grounding.support.check import SupportCheck
from app.grounding.support.fit import FitSettings
from app.grounding.support.model import (
    SupportModelFile,
    read_model_file,
    shipped_path,
    support_model,
)
from app.grounding.support.run import Experts, read_set, run_fit
from app.grounding.thresholds import (
    ThresholdsFile,
    read_thresholds_file,
    shipped_thresholds_path,
)
from app.settings import AppSettings


@dataclass
class GateFit:
    """The files as they will be written, beginning with what the gate decides by now."""

    model_place: Path
    thresholds_place: Path
    seed: int
    model: SupportModelFile = field(default_factory=read_model_file)
    thresholds: ThresholdsFile = field(default_factory=read_thresholds_file)
    figures: list[Figure] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path | None, seed: int) -> "GateFit":
        """Return a run that writes into a folder, or over what the gate decides by."""
        shipped = (shipped_path(), shipped_thresholds_path())
        model, thresholds = (one if folder is None else folder / one.name for one in shipped)
        return cls(model, thresholds, seed)

    def fit_support(
        self, labels: Sequence[Path], experts: Experts | None, settings: FitSettings
    ) -> None:
        """Fit the support model, and choose its threshold."""
        day = datetime.now(UTC).date()
        fitted = run_fit([read_set(path) for path in labels], experts, settings, day)
        self.model = fitted.model
        values = replace(self.thresholds.values, support=fitted.threshold)
        runs = self.thresholds.runs.model_copy(update={"support": fitted.run})
        self.thresholds = self.thresholds.with_values(values, runs)
        self.figures += (*fitted.model.fit.figures, *fitted.run.figures)

    def choose_rules(self, claims: Sequence[Path], false_block_rate: float) -> None:
        """Choose the thresholds of the rules, beside the support model as it is now."""
        timezone, start = AppSettings().timezone, self.thresholds.values
        chosen = choose_rules(
            [read_case_set(path, timezone) for path in claims],
            start,
            SupportCheck(support_model(self.model, start.support)),
            false_block_rate=false_block_rate,
            seed=self.seed,
            day=datetime.now(UTC).date(),
        )
        runs = self.thresholds.runs.model_copy(update={"rules": chosen.run})
        self.thresholds = self.thresholds.with_values(chosen.thresholds, runs)
        self.figures += chosen.run.figures

    def write(self) -> tuple[Path, ...]:
        """Write both files, and return where they lie."""
        held = {self.model_place: self.model, self.thresholds_place: self.thresholds}
        for place, content in held.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"{content.model_dump_json(indent=2)}\n", encoding="utf-8")
        return tuple(held)
