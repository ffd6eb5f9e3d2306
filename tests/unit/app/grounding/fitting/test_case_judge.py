from dataclasses import dataclass, fields
from typing import cast

import pytest

from app.answer import Question
from app.grounding.fitting.case_judge import READ_BY
from app.grounding.grounds import all_checks
from app.grounding.sources import Source, Sources
from app.grounding.support.check import SupportCheck
from app.grounding.support.model import load_support_model
from app.grounding.thresholds import Thresholds, load_thresholds
from app.grounding.verdict import Claim
from knowledge_base.scope import Scopes
from tests.builders import a_question, an_article

CLAIMS = (
    "We will refund the fee for free within 30 days.",
    "The fee of the Gold Card is 9 USD, except for members.",
    "Returns are not free for all members.",
)
TOLD = "The fee of the Gold Card is 9 USD for members. We refund the fee within 14 days."


@dataclass
class Watched:
    """Thresholds that remember which of them were read."""

    held: Thresholds
    read: set[str]

    def __getattr__(self, name: str) -> float:
        self.read.add(name)
        value = getattr(self.held, name)
        assert isinstance(value, float)
        return value


def a_claim(text: str) -> Claim:
    return Claim(text, 0, len(text))


class TestReadBy:
    def test_names_every_check(self) -> None:
        support = SupportCheck(load_support_model())

        checks = all_checks(Scopes(()), support, load_thresholds())

        assert {type(one) for one in checks} == set(READ_BY)

    def test_names_all_thresholds_of_the_rules(self) -> None:
        named = {name for names in READ_BY.values() for name in names}
        chosen_apart = {"support", "like_closest", "like_any"}

        assert named == {one.name for one in fields(Thresholds)} - chosen_apart

    @pytest.mark.parametrize("text", CLAIMS)
    def test_names_all_that_a_check_reads(self, text: str) -> None:
        article = an_article(TOLD)
        sources = Sources((Source(article, 0, len(TOLD)),))
        asked: Question = a_question("What of the fee?")
        support = SupportCheck(load_support_model())
        for place in range(len(READ_BY)):
            watched = Watched(load_thresholds(), set())
            check = all_checks(Scopes([article]), support, cast("Thresholds", watched))[place]

            check.check(a_claim(text), sources, asked)

            assert watched.read <= set(READ_BY[type(check)]), type(check)
