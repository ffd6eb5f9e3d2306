import json
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from app.grounding.thresholds import (
    FILE_NAME,
    Thresholds,
    ThresholdsError,
    load_thresholds,
    read_thresholds_file,
)

SHIPPED = resources.files("app.grounding") / FILE_NAME


def a_file(folder: Path, **changes: object) -> Path:
    held = json.loads(SHIPPED.read_text("utf-8"))
    held["thresholds"].update(changes)
    place = folder / "thresholds.json"
    place.write_text(json.dumps(held), encoding="utf-8")
    return place


class TestLoadThresholds:
    def test_reads_the_shipped_ones(self) -> None:
        assert isinstance(load_thresholds(), Thresholds)

    def test_reads_a_file(self, tmp_path: Path) -> None:
        place = a_file(tmp_path, kept={"value": 0.9, "means": "more words"})

        assert load_thresholds(place).kept == pytest.approx(0.9)

    @pytest.mark.parametrize(
        "changes",
        [
            {"kept": {"value": 1.5, "means": "too many words"}},
            {"kept": {"value": "0.5", "means": "words of a number"}},
            {"other": {"value": 0.5, "means": "nothing that is asked"}},
        ],
    )
    def test_takes_no_others(self, tmp_path: Path, changes: dict[str, object]) -> None:
        with pytest.raises(ThresholdsError):
            load_thresholds(a_file(tmp_path, **changes))

    def test_says_where_there_are_none(self, tmp_path: Path) -> None:
        with pytest.raises(ThresholdsError, match=r"none\.json"):
            load_thresholds(tmp_path / "none.json")


class TestReadThresholdsFile:
    def test_the_shipped_ones_say_what_chose_them(self) -> None:
        runs = read_thresholds_file().runs

        for run in (runs.support, runs.rules):
            assert all(len(label.sha256) == 64 for label in run.labels)
            assert all(one.low <= one.value <= one.high for one in run.figures)
            assert len(run.figures) > 0


class TestWithValues:
    def test_changes_the_values_and_keeps_what_they_mean(self) -> None:
        held = read_thresholds_file()

        changed = held.with_values(replace(held.values, kept=0.25), held.runs)

        assert changed.values == replace(held.values, kept=0.25)
        assert changed.thresholds["kept"].means == held.thresholds["kept"].means
