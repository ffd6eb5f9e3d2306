import json
from importlib import resources
from pathlib import Path

import pytest

from app.grounding.thresholds import FILE_NAME, Thresholds, ThresholdsError, load_thresholds

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
