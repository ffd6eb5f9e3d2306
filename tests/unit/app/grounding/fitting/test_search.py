from dataclasses import dataclass, replace

import pytest

from app.answer import Question
from app.grounding.fitting.case_judge import CaseJudge
from app.grounding.fitting.labelled_case import LabelledCase
from app.grounding.fitting.search import search
from app.grounding.sources import Source, Sources
from app.grounding.thresholds import Thresholds, load_thresholds
from app.grounding.verdict import Claim, Finding, Place, Verdict
from knowledge_base.scope import Scopes
from tests.builders import a_question, an_article

TOLD = "Refunds of the annual fee are free for members who cancel by mail within 14 days."
DROPPED = "Refunds of the annual fee are free for members who cancel within 14 days by phone."


@dataclass(frozen=True)
class AlwaysSupports:
    """Stands in for the support model: what the rules let pass is supported."""

    def check(self, claim: Claim, _sources: Sources, _asked: Question) -> Finding:
        place = Place(0, 0, 1)
        return Finding(claim, Verdict.SUPPORTED, 1.0, "always", "support", place)


def a_case(text: str, *, supported: bool, told: str = TOLD) -> LabelledCase:
    article = an_article(told)
    sources = Sources((Source(article, 0, len(told)),))
    return LabelledCase(
        text, a_question("What of refunds?"), sources, Scopes([article]), supported, text
    )


def chosen(cases: list[LabelledCase], start: Thresholds, rate: float) -> Thresholds:
    judge = CaseJudge(AlwaysSupports())
    return search(cases, start, judge, false_block_rate=rate, seed=1)


class TestSearch:
    def test_leaves_thresholds_that_nothing_speaks_against(self) -> None:
        start = load_thresholds()

        assert chosen([a_case(TOLD, supported=True)], start, 0.0) == start

    def test_catches_what_the_start_lets_pass(self) -> None:
        told = "Returns by mail are free if you cancel within the first 14 days of your plan."
        claim = "Returns by mail are free if you cancel."
        cases = [a_case(claim, supported=False, told=told), a_case(told, supported=True, told=told)]
        start = replace(load_thresholds(), kept=0.0)

        found = chosen(cases, start, 0.0)

        judge = CaseJudge(AlwaysSupports())
        assert judge.tally(cases, start).caught == 0
        assert judge.tally(cases, found).caught == 1

    def test_blocks_no_more_than_is_stated(self) -> None:
        told = "Returns by mail are free if you cancel within the first 14 days of your plan."
        claim = "Returns by mail are free if you cancel."
        cases = [a_case(claim, supported=label, told=told) for label in (True, False)]

        strict, lax = (
            chosen(cases, replace(load_thresholds(), kept=0.6), rate) for rate in (0.0, 0.99)
        )

        judge = CaseJudge(AlwaysSupports())
        assert judge.tally(cases, strict).blocked <= judge.tally(cases, lax).blocked


class TestTally:
    def test_counts_both_labels_apart(self) -> None:
        cases = [a_case(TOLD, supported=True), a_case("Refunds are 99 USD.", supported=False)]

        found = CaseJudge(AlwaysSupports()).tally(cases, load_thresholds())

        assert (found.caught, found.changed, found.blocked, found.unchanged) == (1, 1, 0, 1)

    def test_has_no_rate_of_nothing(self) -> None:
        found = CaseJudge(AlwaysSupports()).tally([], load_thresholds())

        assert found.catch_rate is None
        assert found.false_block_rate is None


class TestIsHeldOut:
    @pytest.mark.parametrize("said", ["one wording", "another"])
    def test_goes_by_the_origin_alone(self, said: str) -> None:
        case = replace(a_case(said, supported=True), origin="a sentence")

        assert case.is_held_out is replace(case, text="x").is_held_out
