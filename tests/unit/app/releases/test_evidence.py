import json
from pathlib import Path

import pytest

from app.releases.evidence import Evidence, open_evidence, why_not
from app.releases.report import evidence_lines
from app.settings import AppSettings
from tests.releases import a_set, measure, write_verdict, written_gates


def evidence(data_dir: Path) -> Evidence:
    return open_evidence(AppSettings(data_dir=data_dir))


class TestLettingThrough:
    def test_is_a_run_of_exactly_this_set_that_the_gate_passed(self, tmp_path: Path) -> None:
        run = measure(tmp_path, a_set())

        found = evidence(tmp_path).letting_through(a_set())

        assert found is not None
        assert (found.run, found.suite) == (run.name, "sample.v1")

    def test_is_nothing_for_another_set(self, tmp_path: Path) -> None:
        measure(tmp_path, a_set())

        found = evidence(tmp_path).letting_through(a_set("other@shop.example"))

        assert found is None

    def test_is_nothing_where_the_gate_did_not_pass_the_latest_run(self, tmp_path: Path) -> None:
        measure(tmp_path, a_set(), "20261101T110000Z-sample")
        measure(tmp_path, a_set(), "20261101T120000Z-sample", passes=False)

        found = evidence(tmp_path).letting_through(a_set())

        assert found is None

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"cases_in_suite": 99}, "99 cases"),
            ({"generation": "g9"}, "generation g9"),
        ],
    )
    def test_is_nothing_where_the_run_is_not_of_the_whole_set(
        self, tmp_path: Path, changed: dict[str, object], told: str
    ) -> None:
        config = measure(tmp_path, a_set()) / "config.json"
        config.write_text(json.dumps(json.loads(config.read_bytes()) | changed), encoding="utf-8")

        found = evidence(tmp_path)

        assert found.letting_through(a_set()) is None
        assert told in why_not(found.of(a_set()))

    def test_is_nothing_where_the_results_were_changed_after_the_gate(self, tmp_path: Path) -> None:
        results = measure(tmp_path, a_set()) / "results.jsonl"
        results.write_text(results.read_text("utf-8") + "\n", encoding="utf-8")

        found = evidence(tmp_path)

        assert found.letting_through(a_set()) is None
        assert "other results" in why_not(found.of(a_set()))

    def test_does_not_ask_a_suite_that_has_no_threshold(self, tmp_path: Path) -> None:
        run = measure(tmp_path, a_set())
        measure(tmp_path, a_set(), "20261101T130000Z-mine", suite="mine.v1", passes=False)

        found = evidence(tmp_path).letting_through(a_set())

        assert found is not None
        assert found.run == run.name
        told = "\n".join(evidence_lines(evidence(tmp_path).of(a_set())))
        assert "no threshold for mine.v1" in told

    def test_is_nothing_where_no_suite_has_a_threshold(self, tmp_path: Path) -> None:
        measure(tmp_path, a_set(), suite="mine.v1")

        found = evidence(tmp_path)

        assert found.letting_through(a_set()) is None
        assert "no threshold for mine.v1" in why_not(found.of(a_set()))

    def test_is_nothing_where_the_gate_had_other_thresholds(self, tmp_path: Path) -> None:
        measure(tmp_path, a_set())
        written_gates().write_text(written_gates().read_text("utf-8") + "# Raised.\n", "utf-8")

        found = evidence(tmp_path)

        assert found.letting_through(a_set()) is None
        assert "other thresholds" in why_not(found.of(a_set()))

    @pytest.mark.parametrize("content", [None, "[[threshold", "threshold = 1"])
    def test_is_nothing_where_the_thresholds_cannot_be_read(
        self, tmp_path: Path, content: str | None
    ) -> None:
        measure(tmp_path, a_set())
        gates = written_gates()
        gates.unlink()
        if content is not None:
            gates.write_text(content, encoding="utf-8")

        found = evidence(tmp_path)

        assert found.letting_through(a_set()) is None
        assert "CANDOR_GATES" in why_not(found.of(a_set()))

    @pytest.mark.parametrize("damaged", ["", "{", '{"passes": true}'])
    def test_is_nothing_where_the_verdict_cannot_be_read(
        self, tmp_path: Path, damaged: str
    ) -> None:
        (measure(tmp_path, a_set()) / "gate.json").write_text(damaged, encoding="utf-8")

        found = evidence(tmp_path)

        assert found.letting_through(a_set()) is None
        assert "candor eval gate" in why_not(found.of(a_set()))

    def test_is_nothing_where_a_check_does_not_hold_whatever_the_verdict_says(
        self, tmp_path: Path
    ) -> None:
        run = measure(tmp_path, a_set())
        write_verdict(run, passes=False)
        said = (run / "gate.json").read_text("utf-8")
        (run / "gate.json").write_text(said.replace('"passes": false', '"passes": true'), "utf-8")

        found = evidence(tmp_path).letting_through(a_set())

        assert found is None
