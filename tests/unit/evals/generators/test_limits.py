from dataclasses import replace
from decimal import Decimal

import pytest

from evals.case import Side
from evals.generators.limits import limit_of, side_of
from knowledge_base.policy.fact import Comparator, PolicyFact
from tests.askable_articles import ALERTS, a_source

YES, NO = Side.YES, Side.NO


def a_fact(comparator: Comparator) -> PolicyFact:
    (asking,) = a_source(ALERTS).askings
    return replace(asking.stated.fact, comparator=comparator)


class TestSideOf:
    @pytest.mark.parametrize(
        ("bound", "sides"),
        [
            (Comparator.AT_MOST, (YES, YES, NO)),
            (Comparator.AT_LEAST, (NO, YES, YES)),
            (Comparator.MORE_THAN, (NO, NO, YES)),
            (None, (None, None, None)),
        ],
    )
    def test_says_for_a_step_below_at_and_above(
        self, bound: Comparator | None, sides: tuple[Side | None, ...]
    ) -> None:
        assert tuple(side_of(bound, Decimal(step)) for step in (-1, 0, 1)) == sides


class TestLimitOf:
    def test_bears_its_bound_where_the_article_states_the_value_so(self) -> None:
        limit = limit_of("Can I have $value?", Comparator.AT_MOST, {}, a_fact(Comparator.AT_MOST))

        assert limit is not None
        assert (limit.template, limit.bound) == ("Can I have $value?", Comparator.AT_MOST)

    @pytest.mark.parametrize(
        ("said", "parts"),
        [(Comparator.AT_LEAST, {}), (Comparator.ABOUT, {}), (Comparator.EQ, {"rel": "before"})],
    )
    def test_leaves_the_bound_open_otherwise(self, said: Comparator, parts: dict[str, str]) -> None:
        limit = limit_of("Can I have $value?", Comparator.AT_MOST, parts, a_fact(said))

        assert limit is not None
        assert limit.bound is None
