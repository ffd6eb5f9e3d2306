import json
from pathlib import Path
from typing import Any

import pytest

from app.grounding.sources import Source, Sources
from app.grounding.support.evidence import SupportEvidence
from app.grounding.support.features import SIGNS, SupportFeatures
from app.grounding.support.model import (
    SupportModelError,
    load_support_model,
    read_model_file,
    shipped_path,
)
from app.grounding.thresholds import load_thresholds
from tests.builders import a_question, an_article


def a_file(folder: Path, **changes: object) -> Path:
    held: dict[str, Any] = json.loads(shipped_path().read_text("utf-8"))
    held.update(changes)
    path = folder / "model.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    return path


class TestReadModelFile:
    def test_reads_the_shipped_model(self) -> None:
        held = read_model_file()

        assert set(held.features) == set(SupportFeatures._fields)

    def test_the_shipped_model_says_how_it_came_about(self) -> None:
        fit = read_model_file().fit

        assert [label.name for label in fit.labels] == ["ragtruth_qa.jsonl", "wixqa.jsonl"]
        assert all(len(label.sha256) == 64 for label in fit.labels)
        assert all(figure.low <= figure.value <= figure.high for figure in fit.figures)

    def test_no_feature_of_the_shipped_model_speaks_the_wrong_way(self) -> None:
        held = read_model_file()

        wrong = [
            name
            for name, sign in zip(SupportFeatures._fields, SIGNS, strict=True)
            if sign * held.features[name].weight < 0
        ]

        assert wrong == []

    def test_the_shipped_model_is_a_few_kilobytes(self) -> None:
        assert shipped_path().stat().st_size < 10_000

    def test_names_the_file_that_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(SupportModelError, match=r"gone\.json is no support model"):
            read_model_file(tmp_path / "gone.json")

    def test_names_the_file_that_has_a_key_too_many(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, temperature=1)

        with pytest.raises(SupportModelError, match=r"(?s)model\.json.*temperature"):
            read_model_file(path)

    def test_names_a_feature_that_is_missing(self, tmp_path: Path) -> None:
        features = json.loads(shipped_path().read_text("utf-8"))["features"]
        del features["lacking"]

        with pytest.raises(SupportModelError, match=r"missing \['lacking'\]"):
            read_model_file(a_file(tmp_path, features=features))

    def test_takes_no_damaged_file(self, tmp_path: Path) -> None:
        path = tmp_path / "model.json"
        path.write_bytes(b"\xff{")

        with pytest.raises(SupportModelError, match=r"model\.json"):
            read_model_file(path)


class TestLoadSupportModel:
    def test_keeps_to_the_threshold_of_all_thresholds(self) -> None:
        assert load_support_model().threshold == load_thresholds().support

    def test_keeps_to_another_one_that_it_is_told(self) -> None:
        assert load_support_model(threshold=0.25).threshold == pytest.approx(0.25)


class TestLogisticSupport:
    def test_the_decisive_features_speak_for_what_was_found(self) -> None:
        body = "Skis can be returned within 30 days."
        sources = Sources((Source(an_article(body), 0, len(body)),))
        claim = "Teleported parcels arrive before skis melt in orbit."
        model = load_support_model(threshold=1.0)

        found = model.support(SupportEvidence(claim, sources, a_question("When?")))

        assert found.probability < 1
        assert "lacking" in found.decisive[:4]
