import json
from pathlib import Path

import pytest

from app.drift.questions import drawn, from_articles, from_suite
from app.errors import DriftError
from tests.builders import an_article

ARTICLE = an_article("## How long\n\nFive days.\n\n### In the EU\n\nTen days.", title="Refunds")


class TestFromArticles:
    def test_asks_for_each_title_and_heading(self) -> None:
        found = from_articles({"refunds": ARTICLE})

        assert [one.text for one in found] == [
            "Refunds",
            "Refunds: How long",
            "Refunds: In the EU",
        ]


class TestFromSuite:
    def test_takes_the_cases_that_stand_alone(self, tmp_path: Path) -> None:
        suite = tmp_path / "suite.jsonl"
        rows = [{"id": "a", "question": "Free?"}, {"id": "b", "question": "EU?", "history": ["x"]}]
        suite.write_text("\n".join(map(json.dumps, rows)))

        assert [(one.id, one.text) for one in from_suite(suite)] == [("a", "Free?")]

    def test_refuses_what_is_no_suite(self, tmp_path: Path) -> None:
        with pytest.raises(DriftError, match="can't be read"):
            from_suite(tmp_path / "none.jsonl")


class TestDrawn:
    def test_draws_the_same_by_the_same_seed(self) -> None:
        questions = from_articles({"refunds": ARTICLE})

        assert drawn(questions, 2, 1) == drawn(questions[::-1], 2, 1)
        assert len(drawn(questions, 2, 1)) == 2

    def test_refuses_an_empty_help_centre(self) -> None:
        with pytest.raises(DriftError, match="no question"):
            drawn((), 10, 0)
