"""What the sample suite, its datasheet and the sample articles promise each other."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from evals.case import Case, Kind, Part, Suite, load_suite
from evals.wording import normalise, shares_content_word, states

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "knowledge_base" / "articles"
SUITES = ROOT / "evals" / "suites"


class SampleArticle(NamedTuple):
    title: str
    body: str


@pytest.fixture(scope="module", params=["sample.v1.jsonl", "sample-held-out.v1.jsonl"])
def suite(request: pytest.FixtureRequest) -> Suite:
    return load_suite(SUITES / request.param)


@pytest.fixture(scope="module")
def articles() -> Mapping[str, SampleArticle]:
    return dict(map(read_article, sorted(ARTICLES.rglob("*.md"))))


@pytest.fixture(scope="module")
def datasheet(suite: Suite) -> str:
    return suite.path.with_suffix(".md").read_text(encoding="utf-8")


class TestSampleArticles:
    def test_no_id_comes_twice(self, articles: Mapping[str, SampleArticle]) -> None:
        files = list(ARTICLES.rglob("*.md"))

        assert len(files) == len(articles) >= 50

    def test_each_superseded_id_exists(self, articles: Mapping[str, SampleArticle]) -> None:
        superseded = [
            front["supersedes"]
            for front in map(front_matter, ARTICLES.rglob("*.md"))
            if "supersedes" in front
        ]

        assert superseded
        assert set(superseded) <= set(articles)


class TestSampleSuite:
    def test_has_at_least_120_cases_half_of_them_not_written_after_the_answerer(
        self, suite: Suite
    ) -> None:
        after = [case for case in suite.cases if case.part is Part.AFTER]

        assert len(suite.cases) >= 120
        assert 2 * len(after) <= len(suite.cases)

    def test_asks_no_question_twice(self, suite: Suite) -> None:
        asked = Counter((case.question, case.history, case.at) for case in suite.cases)

        assert [question for question, times in asked.items() if times > 1] == []

    def test_names_gold_articles_that_exist(
        self, suite: Suite, articles: Mapping[str, SampleArticle]
    ) -> None:
        assert set(suite.article_ids) - set(articles) == set()

    def test_asks_about_every_article(
        self, suite: Suite, articles: Mapping[str, SampleArticle]
    ) -> None:
        assert set(articles) - set(suite.article_ids) == set()

    def test_requires_only_facts_that_a_gold_article_states(
        self, suite: Suite, articles: Mapping[str, SampleArticle]
    ) -> None:
        unstated = [
            (case.id, fact)
            for case in suite.cases
            for fact in case.must
            if not any(
                states(body, wording) for body, wording in product(gold(case, articles), fact)
            )
        ]

        assert unstated == []

    def test_never_both_requires_and_forbids_a_fact(self, suite: Suite) -> None:
        both = [
            case.id
            for case in suite.cases
            if {normalise(wording) for fact in case.must for wording in fact}
            & {normalise(wording) for wording in case.must_not}
        ]

        assert both == []

    def test_forbids_nothing_that_a_right_quote_holds(
        self, suite: Suite, articles: Mapping[str, SampleArticle]
    ) -> None:
        clashes = [
            (case.id, forbidden)
            for case in suite.cases
            for body in gold(case, articles)
            for block in blocks(body)
            if any(states(block, wording) for fact in case.must for wording in fact)
            for forbidden in case.must_not
            if states(block, forbidden)
        ]

        assert clashes == []

    def test_forbids_only_what_some_article_says(
        self, suite: Suite, articles: Mapping[str, SampleArticle]
    ) -> None:
        unsaid = [
            (case.id, forbidden)
            for case in suite.cases
            for forbidden in case.must_not
            if not any(states(article.body, forbidden) for article in articles.values())
        ]

        assert unsaid == []

    def test_asks_at_least_30_questions_without_a_word_of_the_title(
        self, suite: Suite, articles: Mapping[str, SampleArticle]
    ) -> None:
        assert len(without_a_title_word(suite, articles)) >= 30


class TestDatasheet:
    def test_counts_the_cases_of_each_kind_and_part(self, suite: Suite, datasheet: str) -> None:
        found = Counter((case.kind.value, case.part.value) for case in suite.cases)

        table = re.findall(r"^\| (\w+)((?: \| \w+)+) \|$", datasheet, re.MULTILINE)
        (_, parts), *rows = ((name, cells.split(" | ")[1:]) for name, cells in table)

        counted = {
            kind: [str(_count(found, kind, part)) for part in parts]
            for kind in {case.kind.value for case in suite.cases}
        }
        counted["All"] = [str(_count(found, "All", part)) for part in parts]
        assert dict(rows) == counted

    def test_names_the_number_of_cases_and_of_those_without_a_title_word(
        self, suite: Suite, articles: Mapping[str, SampleArticle], datasheet: str
    ) -> None:
        unlike_title = len(without_a_title_word(suite, articles))

        assert f"holds {len(suite.cases)} cases" in datasheet
        assert f"Shares no content word with a gold title: {unlike_title} " in datasheet

    def test_lists_as_many_uncovered_topics_as_are_asked_about(
        self, suite: Suite, datasheet: str
    ) -> None:
        section = datasheet.split("## Topics that no article covers", 1)[1].split("\n## ", 1)[0]
        listed = re.findall(r"^- (.+)$", section, re.MULTILINE)

        asked = {case.note for case in suite.cases if case.kind is Kind.UNCOVERED}

        assert len(set(listed)) == len(asked) >= 12


def _count(found: Mapping[tuple[str, str], int], kind: str, part: str) -> int:
    return sum(
        count
        for (its_kind, its_part), count in found.items()
        if kind in {its_kind, "All"} and part in {its_part, "All"}
    )


def read_article(path: Path) -> tuple[str, SampleArticle]:
    front = front_matter(path)
    body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    return str(front["id"]), SampleArticle(str(front["title"]), body)


def front_matter(path: Path) -> Mapping[str, object]:
    head = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)[0]
    loaded = yaml.safe_load(head)
    assert isinstance(loaded, dict), path
    return loaded


def gold(case: Case, articles: Mapping[str, SampleArticle]) -> tuple[str, ...]:
    return tuple(articles[article_id].body for article_id in case.articles)


def blocks(body: str) -> list[str]:
    """Return the paragraphs, list items and table rows."""
    return re.split(r"\n{2,}|\n(?=\s*(?:[|*-]|\d+\.)\s)", body)


def without_a_title_word(suite: Suite, articles: Mapping[str, SampleArticle]) -> tuple[Case, ...]:
    return tuple(
        case
        for case in suite.cases
        if case.is_answerable and case.kind is not Kind.FOLLOW_UP
        if not shares_content_word(case.question, [articles[gold].title for gold in case.articles])
    )
