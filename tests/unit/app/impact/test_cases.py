"""Which golden cases ask for what has changed."""

import json
from pathlib import Path

import pytest

from app.errors import NotFoundError
from app.impact.cases import AffectedCase, affected_cases, cases_that_state
from app.impact.edition import Edition
from ingestion.sources.folder import FolderSource
from knowledge_base.article import Article
from tests.builders import an_article
from tests.unit.app.impact.test_reliance import CHANGED, NEW, OLD, RETURNS, an_edition

ROOT = Path(__file__).resolve().parents[4]
SAMPLE = ROOT / "evals" / "suites" / "sample.v1.jsonl"


@pytest.fixture(scope="module")
def sample() -> Edition:
    """The sample articles, as they are indexed."""
    source = FolderSource(ROOT / "knowledge_base" / "articles", max_bytes=1_000_000)
    return an_edition(OLD, *(one for one in source.read() if isinstance(one, Article)))


def affected(tmp_path: Path, **fields: object) -> list[AffectedCase]:
    suite = tmp_path / "suite.jsonl"
    suite.write_text(json.dumps({"id": "one", "articles": ["returns"], **fields}) + "\n")
    other = an_article("Shipping takes 30 days.", article_id="shipping")
    before, after = an_edition(OLD, RETURNS, other), an_edition(NEW, CHANGED, other)
    return list(affected_cases([suite], before, after))


class TestAffectedCases:
    def test_holds_a_case_that_must_state_the_value_that_changed(self, tmp_path: Path) -> None:
        found = affected(tmp_path, must=[["30 days", "a month"]])

        assert [(one.suite, one.case, one.article) for one in found] == [
            ("suite", "one", "returns")
        ]

    def test_leaves_out_a_case_that_asks_for_something_else(self, tmp_path: Path) -> None:
        assert affected(tmp_path, must=[["5 USD", "$5"]]) == []

    def test_leaves_out_a_case_about_an_article_that_is_the_same(self, tmp_path: Path) -> None:
        assert affected(tmp_path, articles=["shipping"], must=[["30 days"]]) == []

    def test_holds_a_case_whose_edit_finds_no_text(self, tmp_path: Path) -> None:
        edit = {"article": "returns", "old": "within 30 days", "new": "within 60 days"}

        assert affected(tmp_path, must=[["60 days"]], edit=edit) != []

    def test_refuses_a_file_that_is_no_suite(self, tmp_path: Path) -> None:
        suite = tmp_path / "suite.jsonl"
        suite.write_text('{"no": "id"}\n')
        edition = an_edition(OLD, RETURNS)

        with pytest.raises(NotFoundError, match=r"suite\.jsonl:1 is no case"):
            list(affected_cases([suite], edition, edition))


class TestCasesThatState:
    @pytest.mark.parametrize(
        ("article", "words", "cases"),
        [
            ("reset-password", "45 minutes", ["answerable-001", "follow-up-015"]),
            ("reset-password", "two minutes", []),
            ("book-a-rental", "21 days", ["answerable-024"]),
            ("start-a-return", "10 days", ["answerable-050"]),
        ],
    )
    def test_are_those_whose_right_answer_is_the_fact(
        self, sample: Edition, article: str, words: str, cases: list[str]
    ) -> None:
        body = sample.articles[article].body
        facts = [one for one in sample.facts[article] if body[one.start : one.end] == words]

        found = list(cases_that_state([SAMPLE], facts, sample))

        assert len(facts) == 1
        assert [one.case for one in found] == cases
        assert all(one.article == article and one.told == (f"states “{words}”",) for one in found)

    def test_of_an_article_are_those_of_all_its_facts(self, sample: Edition) -> None:
        found = cases_that_state([SAMPLE], sample.facts["reset-password"], sample)

        assert {one.case for one in found} == {
            "answerable-001",
            "answerable-002",
            "answerable-087",
            "follow-up-015",
        }
