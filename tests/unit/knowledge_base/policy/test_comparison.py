"""Whether two facts speak of the same thing and say the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.policy.comparison import comparable, contradict, same_value
from knowledge_base.policy.fact import Comparator, FactKind, FactScope, PolicyFact


def a_fact(
    value: str,
    unit: str = "day",
    *,
    kind: FactKind = FactKind.DURATION,
    comparator: Comparator = Comparator.EQ,
    scope: FactScope | None = None,
) -> PolicyFact:
    """Return a fact about the refund window."""
    return PolicyFact(
        kind=kind,
        value=value,
        unit=unit,
        comparator=comparator,
        negated=False,
        article_id="refunds",
        start=0,
        end=1,
        sentence_start=0,
        sentence_end=1,
        scope=scope or FactScope(subjects=("refund window",)),
    )


class TestSameValue:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (a_fact("2", "week"), a_fact("14", "day")),
            (a_fact("24", "hour"), a_fact("1", "day")),
            (a_fact("12", "month"), a_fact("1", "year")),
            (a_fact("1", "GB", kind=FactKind.SIZE), a_fact("1000", "MB", kind=FactKind.SIZE)),
            (a_fact("0", "", kind=FactKind.AMOUNT), a_fact("0", "USD", kind=FactKind.AMOUNT)),
        ],
    )
    def test_knows_what_a_unit_is_in_another(self, one: PolicyFact, other: PolicyFact) -> None:
        assert same_value(one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (
                a_fact("5", "USD", kind=FactKind.AMOUNT),
                a_fact("5", "EUR", kind=FactKind.AMOUNT),
            ),
            (a_fact("5", "day"), a_fact("5", "business_day")),
            (a_fact("1", "month"), a_fact("30", "day")),
            (a_fact("5", "%", kind=FactKind.PERCENTAGE), a_fact("5", "day")),
        ],
    )
    def test_keeps_apart_what_is_not_the_same(self, one: PolicyFact, other: PolicyFact) -> None:
        assert not same_value(one, other)

    @given(st.integers(min_value=0, max_value=10_000))
    def test_a_week_has_seven_days(self, weeks: int) -> None:
        assert same_value(a_fact(str(weeks), "week"), a_fact(str(7 * weeks), "day"))


class TestComparable:
    def test_needs_the_same_subject(self) -> None:
        other = a_fact("30", scope=FactScope(subjects=("warranty",)))

        assert not comparable(a_fact("14"), other)

    @pytest.mark.parametrize(
        "scope",
        [
            FactScope(subjects=("refund window",), region=("EU",)),
            FactScope(subjects=("refund window",), plan=("Summit",)),
            FactScope(subjects=("refund window",), per="month"),
        ],
    )
    def test_needs_the_same_scope(self, scope: FactScope) -> None:
        assert not comparable(a_fact("14"), a_fact("30", scope=scope))

    def test_takes_names_in_any_order_and_case(self) -> None:
        one = FactScope(subjects=("refund window",), plan=("Summit", "Trail"))
        other = FactScope(subjects=("refund window",), plan=("trail", "summit"))

        assert comparable(a_fact("14", scope=one), a_fact("30", scope=other))


class TestContradict:
    def test_two_values_of_one_attribute(self) -> None:
        assert contradict(a_fact("30"), a_fact("45"))

    def test_not_where_the_values_are_one_in_other_units(self) -> None:
        assert not contradict(a_fact("2", "week"), a_fact("14"))

    def test_two_limits_of_one_attribute(self) -> None:
        at_most = Comparator.AT_MOST

        assert contradict(a_fact("30", comparator=at_most), a_fact("45", comparator=at_most))

    def test_not_where_a_value_respects_a_limit(self) -> None:
        limit = a_fact("45", comparator=Comparator.AT_MOST)

        assert not contradict(a_fact("30"), limit)
        assert contradict(a_fact("60"), limit)

    def test_not_where_a_minimum_leaves_room_below_a_maximum(self) -> None:
        least = a_fact("14", comparator=Comparator.AT_LEAST)
        most = a_fact("45", comparator=Comparator.AT_MOST)

        assert not contradict(least, most)
        assert contradict(replace(least, value="60"), most)

    def test_not_where_one_is_an_estimate(self) -> None:
        assert not contradict(a_fact("30"), a_fact("28", comparator=Comparator.ABOUT))
