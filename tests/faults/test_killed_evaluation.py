"""An evaluation that is killed; `tests.faults.long_form` kills one ten times."""

import json
import random
from pathlib import Path

import pytest

from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.progress import NoProgress
from tests.faults.killed_evaluation import Evaluation, kill_and_resume, told

CASES = 40


def an_evaluation(folder: Path) -> Evaluation:
    articles = folder / "articles"
    articles.mkdir()
    text = "---\nid: returns\ntitle: Returns\n---\n\nBoots can be returned within 30 days.\n"
    (articles / "returns.md").write_text(text, encoding="utf-8")
    settings = IngestionSettings(data_dir=folder / "data")
    build_reindexing(settings, NoProgress()).run(open_sources(settings, [articles]))
    rows = (
        {
            "id": f"c{number}",
            "kind": "answerable",
            "part": "before",
            "question": f"Within how many days can boots be returned? I ask {number} times.",
            "outcomes": ["ANSWERED"],
            "articles": ["returns"],
            "must": [["30 days"]],
        }
        for number in range(CASES)
    )
    suite = folder / "mine.v1.jsonl"
    suite.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return Evaluation(settings.data_dir, suite, CASES)


class TestAKilledEvaluation:
    @pytest.mark.timeout(600)  # four commands that load the models, one after the other
    def test_ends_like_one_that_was_not_killed(self, tmp_path: Path) -> None:
        evaluation = an_evaluation(tmp_path)
        evaluation.run(tmp_path / "whole")

        seen = kill_and_resume(evaluation, tmp_path / "killed", 2, random.Random(4))

        assert seen == sorted(seen)
        assert 0 < seen[-1] <= CASES
        assert told(tmp_path / "killed") == told(tmp_path / "whole")
