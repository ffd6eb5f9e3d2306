"""A release from its creation through its evaluation and the gate to what lets it through."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.releases.candidate import create_release
from app.releases.evidence import Evidence, open_evidence, why_not
from app.releases.release import Release
from app.settings import AppSettings
from evals.commands import evaluate

CASE = {
    "id": "a1",
    "kind": "answerable",
    "part": "before",
    "question": "How many days do I have to return boots?",
    "outcomes": ["ANSWERED"],
    "articles": ["returns"],
    "must": [["30 days"]],
}


class Desk:
    """Who evaluates a release in a data folder of her own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.suite = data_dir / "mine.v1.jsonl"
        self.suite.write_text(json.dumps(CASE), encoding="utf-8")
        self.gates = data_dir / "gates.toml"
        self.demand(0)

    def demand(self, least: float) -> None:
        threshold = f'[[threshold]]\nsuite = "mine.v1"\nmetric = "passed"\nmin = {least}\n'
        self.gates.write_text(threshold, encoding="utf-8")

    def created(self, contact: str) -> Release:
        return create_release(self.settings(contact=contact))

    def evaluated(self, *arguments: str) -> Path:
        run = self.data_dir / "runs" / "mine"
        self._invoke("run", "--suite", str(self.suite), "--run-dir", str(run), *arguments)
        return run

    def gate(self, run: Path) -> None:
        self._invoke("gate", str(run), "--gates", str(self.gates))

    def settings(self, **changed: str) -> AppSettings:
        return AppSettings(data_dir=self.data_dir, gates=self.gates, **changed)  # type: ignore[arg-type] # any text setting

    def evidence(self) -> Evidence:
        return open_evidence(self.settings())

    def _invoke(self, *arguments: str) -> None:
        CliRunner().invoke(evaluate, arguments, env={"CANDOR_DATA_DIR": str(self.data_dir)})


@pytest.fixture
def desk(data_dir: Path, tmp_path: Path) -> Desk:
    of_others = shutil.ignore_patterns("runs")  # a run of theirs would speak for the set too
    shutil.copytree(data_dir, tmp_path / "data", ignore=of_others)
    return Desk(tmp_path / "data")


class TestARelease:
    def test_is_let_through_by_a_run_of_it_that_the_gate_has_passed(self, desk: Desk) -> None:
        release, other = desk.created("a@shop.example"), desk.created("b@shop.example")
        run = desk.evaluated("--release", release.id)

        assert desk.evidence().letting_through(release.pinned) is None
        desk.gate(run)

        found = desk.evidence().letting_through(release.pinned)
        assert found is not None
        assert (found.run, found.suite) == ("mine", "mine.v1")
        assert desk.evidence().letting_through(other.pinned) is None

    def test_is_not_let_through_where_the_gate_missed_a_threshold(self, desk: Desk) -> None:
        release = desk.created("a@shop.example")
        run = desk.evaluated("--release", release.id)
        desk.gates.write_text(
            '[[threshold]]\nsuite = "mine.v1"\nmetric = "passed"\nmax = 0\n'
            '[[threshold]]\nsuite = "mine.v1"\nmetric = "passed"\nmin = 1\n',
            encoding="utf-8",
        )

        desk.gate(run)

        assert desk.evidence().letting_through(release.pinned) is None
        assert "passed, all" in why_not(desk.evidence().of(release.pinned))

    def test_is_let_through_by_a_run_of_the_same_settings_made_before_it(self, desk: Desk) -> None:
        desk.gate(desk.evaluated())

        release = create_release(desk.settings())

        assert release.evaluation is not None
        assert release.evaluation.run == "mine"
