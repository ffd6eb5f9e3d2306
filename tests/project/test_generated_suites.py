"""What the generated suites, the generators and the sample articles promise each other."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.statistics import rate
from evals.case import Kind, Suite, load_suite
from evals.generators.askings import askings
from evals.generators.generator import Source
from evals.generators.help_centre import HelpCentre
from evals.generators.suite import EDITING, kinds_named, make
from ingestion.bootstrap import open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.article import Article
from knowledge_base.generations.ledger import Ledger
from knowledge_base.sample import SAMPLE_ARTICLES

SUITES = Path(__file__).resolve().parents[2] / "evals" / "suites"
DAY = date(2026, 11, 1)
SEED = 5
REGENERATE = (
    "run `candor reindex`, then `candor eval generate --at 2026-11-01 --seed 5 "
    "--output evals/suites` with `--name generated.v1`, "
    "and with `--name generated-mutations.v1 --kind mutation`"
)


@pytest.fixture(scope="module")
def source() -> Source:
    (folder,) = open_sources(IngestionSettings(), [SAMPLE_ARTICLES]).values()
    articles = {one.id: one for one in folder.read() if isinstance(one, Article)}
    help_centre = HelpCentre(articles, Ledger(articles), DAY)
    return Source(help_centre, askings(help_centre))


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(SUITES / "generated.v1.jsonl")


class TestGeneratedSuites:
    def test_are_what_the_generators_make_of_the_sample(self, source: Source, suite: Suite) -> None:
        made = make(source, kinds_named(None) - EDITING, seed=SEED)

        assert tuple(case for one in made for case in one.cases) == suite.cases, REGENERATE

    def test_mutations_are_what_the_generators_make_of_the_sample(self, source: Source) -> None:
        (made,) = make(source, {Kind.MUTATION}, seed=SEED)

        committed = load_suite(SUITES / "generated-mutations.v1.jsonl")
        assert made.cases == committed.cases, REGENERATE

    def test_have_at_least_a_thousand_cases(self, suite: Suite) -> None:
        assert len(suite.cases) >= 1000

    def test_rest_on_words_that_state_the_value(self, source: Source, suite: Suite) -> None:
        for case in suite.cases:
            if case.origin is not None:
                body = source.help_centre.articles[case.origin.article].body
                assert case.origin.values[0] in body[case.origin.start : case.origin.end]

    def test_ask_for_nothing_in_a_trap_that_an_article_mentions(
        self, source: Source, suite: Suite
    ) -> None:
        absent = {name for case in suite.cases for name in case.absent}

        assert absent
        assert [name for name in absent if source.help_centre.mentions(name)] == []


class TestReview:
    def test_finds_at_least_97_of_100_expected_outcomes_right_in_the_last_draw(self) -> None:
        lines = (SUITES / "generated-review.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]

        last = [row["right"] for row in rows if row["draw"] == max(one["draw"] for one in rows)]

        assert rate(sum(last), len(last)).value >= 0.97
        assert len(last) == 200
