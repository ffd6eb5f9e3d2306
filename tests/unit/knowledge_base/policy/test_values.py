"""Which values a sentence holds, normalised, and where they stand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.policy.fact import FactKind
from knowledge_base.policy.numbers import decimal, normal
from knowledge_base.policy.reader import values_in


def read(text: str) -> list[tuple[str, str, str]]:
    """Return words, value and unit of what the text states."""
    return [(text[one.start : one.end], one.value, one.unit) for one in values_in(text)]


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "value", "unit"),
        [
            ("The fee is $5.", "5", "$"),
            ("The fee is US$5.50.", "5.5", "USD"),
            ("The fee is $5.00 USD.", "5", "USD"),
            ("The fee is 4.90 EUR.", "4.9", "EUR"),
            ("The fee is €3,50.", "3.5", "EUR"),
            ("The fee is £1,000.", "1000", "GBP"),
            ("The fee is 50 cents.", "0.5", "$"),
            ("The limit is $1.5 million.", "1500000", "$"),
            ("The price is ten dollars.", "10", "$"),
        ],
    )
    def test_are_decimals_with_a_currency(self, text: str, value: str, unit: str) -> None:
        found = read(text)

        assert [(one[1], one[2]) for one in found] == [(value, unit)]

    @pytest.mark.parametrize(
        "text",
        [
            "Delivery is free of charge.",
            "Returns are free.",
            "There is no extra fee for gift wrap.",
            "We wrap it at no cost.",
        ],
    )
    def test_what_costs_nothing_is_zero_without_a_unit(self, text: str) -> None:
        found = read(text)

        assert [(one[1], one[2]) for one in found] == [("0", "")]

    @pytest.mark.parametrize(
        "text", ["Feel free to call us.", "You are on the Free plan.", "Call us toll-free."]
    )
    def test_free_is_no_price_in_other_senses(self, text: str) -> None:
        assert read(text) == []

    def test_both_ends_of_a_range_have_its_currency(self) -> None:
        assert read("Labels cost $5–10.") == [("$5", "5", "$"), ("10", "10", "$")]


class TestDurations:
    @pytest.mark.parametrize(
        ("text", "value", "unit"),
        [
            ("within 14 days", "14", "day"),
            ("a 30-day trial", "30", "day"),
            ("up to two weeks", "2", "week"),
            ("after ninety (90) days", "90", "day"),
            ("in 3 business days", "3", "business_day"),
            ("in three working days", "3", "business_day"),
            ("for half an hour", "0.5", "hour"),
            ("within an hour", "1", "hour"),
            ("with a week's notice", "1", "week"),
            ("for twelve months", "12", "month"),
            ("for twenty-one days", "21", "day"),
        ],
    )
    def test_are_read_in_digits_and_in_words(self, text: str, value: str, unit: str) -> None:
        found = read(f"You can cancel {text}.")

        assert [(one[1], one[2]) for one in found] == [(value, unit)]

    def test_a_range_is_two_values(self) -> None:
        found = read("Repairs take 2 to 3 weeks.")

        assert found == [("2", "2", "week"), ("3 weeks", "3", "week")]

    def test_numbers_that_are_listed_share_the_unit(self) -> None:
        found = read("Choose a term of 30, 60 or 90 days.")

        assert [one[1:] for one in found] == [("30", "day"), ("60", "day"), ("90", "day")]


class TestDatesAndTimes:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("until January 15, 2027", "2027-01-15"),
            ("by 31 March 2027", "2027-03-31"),
            ("before 2027-02-01", "2027-02-01"),
            ("until December 24", "--12-24"),
            ("from May 2027", "2027-05"),
            ("by the 3rd of June", "--06-03"),
        ],
    )
    def test_dates_that_limit_something_are_iso(self, text: str, value: str) -> None:
        assert [one[1] for one in read(f"You can return it {text}.")] == [value]

    def test_a_date_that_no_calendar_has_is_none(self) -> None:
        assert read("Return it by February 30, 2027.") == []

    def test_the_day_of_a_release_is_no_policy(self) -> None:
        assert read("The app was released on May 3, 2026.") == []

    @pytest.mark.parametrize(
        ("text", "values"),
        [
            ("Order before 2 p.m.", ["14:00"]),
            ("We are open from 9am to 5:30 pm.", ["09:00", "17:30"]),
            ("We are open 9–5 pm.", ["09:00", "17:00"]),
            ("Stores close at noon.", ["12:00"]),
            ("Stores close at 18:30.", ["18:30"]),
        ],
    )
    def test_times_have_hours_and_minutes(self, text: str, values: list[str]) -> None:
        assert [one[1] for one in read(text)] == values


class TestCountsAndSizes:
    @pytest.mark.parametrize(
        ("text", "value", "unit"),
        [
            ("You can invite up to five team members.", "5", "member"),
            ("The plan includes 3 devices.", "3", "device"),
            ("Labels are limited to 600 per hour.", "600", ""),
            ("You can change it twice a year.", "2", "time"),
            ("Send at most 1,000 messages an hour.", "1000", "message"),
        ],
    )
    def test_counts_are_limits_and_allowances(self, text: str, value: str, unit: str) -> None:
        assert [one[1:] for one in read(text)] == [(value, unit)]

    def test_a_plain_enumeration_is_no_policy(self) -> None:
        assert read("There are two ways to pay.") == []

    @pytest.mark.parametrize(
        ("text", "value", "unit"),
        [
            ("Photos can have 10 MB.", "10", "MB"),
            ("Photos can have 2 gigabytes.", "2", "GB"),
            ("Parcels may weigh 30 kg.", "30", "kg"),
        ],
    )
    def test_sizes_have_abbreviated_units(self, text: str, value: str, unit: str) -> None:
        assert [one[1:] for one in read(text)] == [(value, unit)]

    def test_lengths_and_the_like_are_no_policies(self) -> None:
        assert read("The buckle is 25 mm wide.") == []


class TestWhatIsNoPolicy:
    @pytest.mark.parametrize(
        "text",
        [
            "For example, you spend $80 and pay $8 later.",
            "Say you buy three tents for $300.",
            "A customer bought a stove for $40 last year.",
            "2.5% of $400 = $10.00",
            "Shoppers typically open 20% of such mails.",
            "WRKR4021X: worker timed out after 300 seconds",
            'Choose "Last 30 days" in the list.',
        ],
    )
    def test_examples_sums_messages_and_observations(self, text: str) -> None:
        assert read(text) == []


class TestExclusionsAndConditions:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("Vouchers are non-refundable.", "refundable"),
            ("Sale items are not eligible for returns.", "eligible"),
            ("We make no refunds for opened food.", "refunds"),
            ("All items can be exchanged except gift cards.", "gift cards"),
        ],
    )
    def test_an_exclusion_says_what_is_refused(self, text: str, value: str) -> None:
        found = [one for one in values_in(text) if one.kind is FactKind.EXCLUSION]

        assert [one.value for one in found] == [value]

    def test_a_condition_restricts_what_is_granted(self) -> None:
        found = values_in("The label is free if the item is faulty.")

        assert [(one.kind, one.value) for one in found] == [
            (FactKind.AMOUNT, "0"),
            (FactKind.CONDITION, "item is faulty"),
        ]

    def test_what_the_reader_may_wish_is_no_condition(self) -> None:
        found = values_in("If you want a copy, we send it within 3 days.")

        assert [one.kind for one in found] == [FactKind.DURATION]

    def test_a_case_that_is_a_value_is_that_value(self) -> None:
        found = values_in("Delivery is free if your basket exceeds $50.")

        assert [one.value for one in found] == ["0", "50"]


class TestNumbers:
    @given(st.integers(min_value=0, max_value=10**9))
    def test_thousands_are_told_apart_by_commas_or_not(self, number: int) -> None:
        assert decimal(f"{number:,}") == decimal(str(number)) == number

    @given(st.decimals(min_value=0, max_value=10**6, places=4))
    def test_a_normal_number_is_normal_already(self, number: Decimal) -> None:
        once = normal(number)

        assert normal(Decimal(once)) == once
        assert Decimal(once) == number

    @pytest.mark.parametrize(
        ("words", "number"),
        [("five hundred", 500), ("two thousand five hundred", 2500), ("forty-two", 42)],
    )
    def test_words_add_up(self, words: str, number: int) -> None:
        assert decimal(words) == number


class TestSpans:
    @given(
        st.lists(
            st.sampled_from(
                ["within 14 days", "$5–10", "up to 3 devices", "é—", "until May 3", "|", "free",
                 "if unopened", "ninety (90) days", "2.5 GB", "9am-5pm", "x", "0,5 %", "\u00a0"]
            )
        ).map(" ".join)
    )  # fmt: skip
    def test_lie_inside_the_text_in_its_order(self, text: str) -> None:
        found = values_in(text)

        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert [one.start for one in found] == sorted(one.start for one in found)

    @given(st.text(max_size=300))
    def test_no_text_is_too_odd_to_be_read(self, text: str) -> None:
        assert all(text[one.start : one.end].strip() for one in values_in(text))
