from benchmarks.claim_mutations.mutations.change import Change
from benchmarks.claim_mutations.mutations.comparators import flipped_comparators
from benchmarks.claim_mutations.mutations.conditions import dropped_conditions
from benchmarks.claim_mutations.mutations.exclusions import dropped_exclusions, listed_exclusion
from benchmarks.claim_mutations.mutations.negations import flipped_negations
from benchmarks.claim_mutations.mutations.units import changed_units


class TestDroppedConditions:
    def test_takes_away_a_condition_at_the_end(self) -> None:
        changes = dropped_conditions("We refund the full fee if you cancel within 14 days.")

        assert [*changes] == [
            Change("We refund the full fee.", "trailing", "if you cancel within 14 days")
        ]

    def test_takes_away_a_condition_at_the_front(self) -> None:
        changes = dropped_conditions("If the item is faulty, the label is free.")

        assert [change.text for change in changes] == ["The label is free."]

    def test_takes_away_a_threshold(self) -> None:
        changes = dropped_conditions("Standard shipping in the US is free on orders over 75 USD.")

        assert [change.text for change in changes] == ["Standard shipping in the US is free."]

    def test_leaves_wishes_and_advice_alone(self) -> None:
        wish = dropped_conditions("If you want a copy, the invoice is free.")
        advice = dropped_conditions("If it stays blank, check the browser.")
        question = dropped_conditions("We check if the label is free.")

        assert [*wish, *advice, *question] == []


class TestDroppedExclusions:
    def test_takes_away_an_exception(self) -> None:
        changes = dropped_exclusions("You earn 2% on everything you buy, except gift cards.")

        assert [change.text for change in changes] == ["You earn 2% on everything you buy."]

    def test_says_that_what_is_refused_for_some_is_there_for_all(self) -> None:
        changes = dropped_exclusions("Free shipping does not apply to oversize items.")

        assert [change.text for change in changes] == [
            "Free shipping applies to everything, without exception."
        ]

    def test_grants_what_a_list_takes_out(self) -> None:
        granted = listed_exclusion("Worn soles", ("What is not covered",), frozenset())
        told = listed_exclusion("Worn soles", ("What is covered",), frozenset())

        assert granted == Change("We cover worn soles.", "list")
        assert told is None


class TestFlippedComparators:
    def test_turns_an_upper_bound_into_a_lower_one(self) -> None:
        changes = flipped_comparators("You can have up to 15 alerts.")

        assert [change.text for change in changes] == ["You can have at least 15 alerts."]

    def test_turns_a_deadline_into_a_wait(self) -> None:
        changes = flipped_comparators("Report it within 7 days of delivery.")

        assert [change.text for change in changes] == ["Report it more than 7 days after delivery."]

    def test_leaves_over_alone_where_it_means_during(self) -> None:
        assert [*flipped_comparators("You pay over two months.")] == []


class TestFlippedNegations:
    def test_grants_what_is_refused(self) -> None:
        changes = flipped_negations("The fee is not refundable.")

        assert [change.text for change in changes] == ["The fee is refundable."]

    def test_refuses_what_is_granted(self) -> None:
        changes = flipped_negations("You can cancel Trail at any time.")

        assert [change.text for change in changes] == ["You cannot cancel Trail at any time."]

    def test_leaves_the_verb_of_a_condition_alone(self) -> None:
        changes = flipped_negations("The pair is sent back if it cannot be cleaned.")

        assert [*changes] == []


class TestChangedUnits:
    def test_changes_the_unit_and_keeps_the_number(self) -> None:
        texts = {change.text for change in changed_units("We decide within 6 business days.")}

        assert texts == {"We decide within 6 weeks.", "We decide within 6 hours."}

    def test_makes_a_percentage_an_amount(self) -> None:
        assert "You earn $2 credit." in {one.text for one in changed_units("You earn 2% credit.")}

    def test_leaves_nothing_as_it_is_in_every_currency(self) -> None:
        assert [*changed_units("The fee is $0.00.")] == []
