from dataclasses import replace

from benchmarks.policy_agreement import Aspect, Pair, pairs
from benchmarks.policy_annotations import AnnotatedFact
from knowledge_base.policy.fact import Comparator, FactKind, FactScope, PolicyFact

BODY = "Parcels to islands arrive within 2 weeks, a fortnight (14 days), and are non-refundable."


class TestPairs:
    def test_ties_what_was_read_to_what_was_marked_in_the_same_place(self) -> None:
        marked, read = _marked("2 weeks"), _read("2 weeks")

        found = pairs(BODY, [marked], [read])

        assert found == (Pair(BODY, marked, read),)

    def test_keeps_apart_what_was_only_marked_and_what_was_only_read(self) -> None:
        marked, read = _marked("2 weeks"), _read("non-refundable", kind=FactKind.EXCLUSION)

        found = pairs(BODY, [marked], [read])

        assert found == (Pair(BODY, marked, None), Pair(BODY, None, read))

    def test_ties_each_to_the_equal_one_where_places_overlap(self) -> None:
        low, high = _marked("2 weeks", value="1"), _marked("2 weeks", value="2")
        read = [_read("2 weeks", value="2"), _read("2 weeks", value="1")]

        found = pairs(BODY, [low, high], read)

        assert found == (Pair(BODY, low, read[1]), Pair(BODY, high, read[0]))

    def test_leaves_out_what_repeats_a_marked_value(self) -> None:
        marked, read = _marked("2 weeks"), _read("2 weeks")
        again = _read("14 days", value="14", unit="day")

        found = pairs(BODY, [marked], [read, again])

        assert found == (Pair(BODY, marked, read),)

    def test_returns_nothing_for_a_sentence_without_facts(self) -> None:
        assert pairs(BODY, [], []) == ()


class TestPairIsRight:
    def test_takes_two_weeks_for_14_days(self) -> None:
        pair = Pair(BODY, _marked("2 weeks"), _read("2 weeks", value="14", unit="day"))

        assert pair.is_right(Aspect.VALUE)

    def test_takes_a_price_of_nothing_for_the_same_in_every_currency(self) -> None:
        marked = _marked("2 weeks", kind=FactKind.AMOUNT, value="0", unit="")
        read = _read("2 weeks", kind=FactKind.AMOUNT, value="0", unit="EUR")

        assert Pair(BODY, marked, read).is_right(Aspect.VALUE)

    def test_keeps_dollars_and_euros_apart(self) -> None:
        marked = _marked("2 weeks", kind=FactKind.AMOUNT, value="5", unit="USD")
        read = _read("2 weeks", kind=FactKind.AMOUNT, value="5", unit="EUR")

        assert not Pair(BODY, marked, read).is_right(Aspect.VALUE)

    def test_finds_a_wrong_value_wrong_in_all_but_its_unit(self) -> None:
        pair = Pair(BODY, _marked("2 weeks"), _read("2 weeks", value="3"))

        right = [aspect for aspect in Aspect if pair.is_right(aspect)]

        assert right == [Aspect.UNIT]

    def test_asks_for_the_same_comparator_and_denial(self) -> None:
        read = _read("2 weeks")

        denied = Pair(BODY, _marked("2 weeks"), replace(read, negated=True))
        unbounded = Pair(BODY, _marked("2 weeks"), replace(read, comparator=Comparator.EQ))

        assert not denied.is_right(Aspect.COMPARATOR)
        assert not unbounded.is_right(Aspect.COMPARATOR)

    def test_asks_a_scope_for_one_subject_and_every_name(self) -> None:
        marked = _marked("2 weeks", names=("islands",))
        about, named = FactScope(subjects=("big parcel",)), FactScope(region=("Islands",))
        both = FactScope(subjects=("big parcel",), region=("Islands",))

        right = [
            Pair(BODY, marked, _read("2 weeks", scope=scope)).is_right(Aspect.SCOPE)
            for scope in (about, named, both)
        ]

        assert right == [False, False, True]

    def test_asks_the_first_subject_alone_where_facts_are_compared_by_it(self) -> None:
        read = _read("2 weeks", scope=FactScope(subjects=("address", "parcel")))
        pair = Pair(BODY, _marked("2 weeks"), read)

        assert pair.is_right(Aspect.SCOPE)
        assert not pair.is_right(Aspect.SCOPE_BY_FIRST_SUBJECT)

    def test_takes_headings_for_a_scope_only_where_that_is_asked(self) -> None:
        read = _read("2 weeks", scope=FactScope(headings=("Parcels",)))
        pair = Pair(BODY, _marked("2 weeks"), read)

        assert pair.is_right(Aspect.SCOPE_OR_HEADINGS)
        assert not pair.is_right(Aspect.SCOPE)

    def test_compares_exclusions_by_their_words(self) -> None:
        marked = _marked("non-refundable", kind=FactKind.EXCLUSION, value="refundable", unit="")
        read = _read("non-refundable", kind=FactKind.EXCLUSION, value="refunds", unit="")

        assert Pair(BODY, marked, read).is_right(Aspect.VALUE)


def _marked(
    written: str,
    *,
    kind: FactKind = FactKind.DURATION,
    value: str = "2",
    unit: str = "week",
    names: tuple[str, ...] = (),
) -> AnnotatedFact:
    start = BODY.index(written)
    return AnnotatedFact(
        start=start,
        end=start + len(written),
        kind=kind,
        value=value,
        unit=unit,
        comparator=Comparator.AT_MOST,
        negated=False,
        subjects=("delivery", "parcel"),
        names=names,
    )


def _read(
    written: str,
    *,
    kind: FactKind = FactKind.DURATION,
    value: str = "2",
    unit: str = "week",
    scope: FactScope | None = None,
) -> PolicyFact:
    start = BODY.index(written)
    return PolicyFact(
        kind=kind,
        value=value,
        unit=unit,
        comparator=Comparator.AT_MOST,
        negated=False,
        article_id="delivery",
        start=start,
        end=start + len(written),
        sentence_start=0,
        sentence_end=len(BODY),
        scope=scope or FactScope(),
    )
