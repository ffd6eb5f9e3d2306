"""What a claim may say in other words, each beside a neighbour that says something else."""

import pytest

from app.grounding.verdict import Verdict
from tests.grounded import verdict

SUPPORTED = Verdict.SUPPORTED


class TestGratis:
    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("Returns to a store cost nothing.", "Returns to a store are free."),
            ("You won't pay for the label of a tent.", "The label of a tent is free."),
            ("The label of a tent is free of charge.", "You do not pay for the label of a tent."),
            ("A first exchange won't cost you anything.", "A first exchange is free of charge."),
            ("Members pay nothing for a label.", "For members a label is free."),
        ],
    )
    def test_is_said_in_many_ways(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("You pay for the label of a tent.", "The label of a tent costs nothing."),
            ("Returns to a store are free.", "Returns to a store are not free."),
            ("Returns to a store are not free.", "Returns to a store cost nothing."),
            ("You won't pay for the label of a tent.", "You pay for the label of a tent."),
            ("Returns to a store cost nothing.", "Returns to a store cost 5 USD."),
            ("Customers don't pay for return labels.", "We don't pay for return labels."),
        ],
    )
    def test_is_denied_in_many_ways(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is not SUPPORTED


class TestDenials:
    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("No, a rope can't be returned.", "A rope cannot be returned."),
            ("No rental is longer than 21 days.", "The longest rental is 21 days."),
            (
                "A deposit never goes above 600 USD for a rental.",
                "No deposit is higher than 600 USD for a rental.",
            ),
        ],
    )
    def test_are_counted_once(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("No, a rope can be returned.", "A rope cannot be returned."),
            ("No, returns of a rope are free.", "Returns of a rope are free."),
            ("No rental is shorter than 21 days.", "The longest rental is 21 days."),
            ("Every deposit is higher than 600 USD.", "No deposit is higher than 600 USD."),
        ],
    )
    def test_are_never_lost(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is not SUPPORTED


class TestBounds:
    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            (
                "Cancel a trip no later than 7 days before it starts.",
                "Cancel a trip at least 7 days before it starts.",
            ),
            (
                "A booking can be moved at least 24 hours before pick-up.",
                "A booking can be moved up to 24 hours before pick-up.",
            ),
            (
                "We refund the fee in the first 14 days after joining.",
                "We refund the fee within 14 days of joining.",
            ),
            (
                "A balance of 5 USD, 5 EUR or 5 GBP or more can be spent.",
                "A balance of at least 5 USD, 5 EUR or 5 GBP can be spent.",
            ),
            ("A plan changes two times a year at most.", "A plan changes at most twice a year."),
            ("Gift wrapping costs 3.50 pounds.", "Gift wrapping costs 3.50 GBP."),
        ],
    )
    def test_may_be_told_from_the_other_side(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            (
                "Cancel a trip at most 7 days before it starts.",
                "Cancel a trip at least 7 days before it starts.",
            ),
            (
                "A booking can be moved within 24 hours before pick-up.",
                "A booking can be moved up to 24 hours before pick-up.",
            ),
            (
                "We refund the fee after the first 14 days.",
                "We refund the fee within 14 days of joining.",
            ),
            ("A plan changes three times a year.", "A plan changes at most twice a year."),
            ("Gift wrapping costs 3.50 pounds.", "Gift wrapping costs 3.50 USD."),
            ("Groups of four or more items get 8% off.", "Groups of 6 or more items get 8% off."),
        ],
    )
    def test_are_never_turned(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is not SUPPORTED

    def test_are_not_confirmed_by_a_number_alone(self) -> None:
        stated = "You receive up to 20 USD in rebates.\nThe rebates of 20 USD are yours to receive."

        assert verdict("You receive at least 20 USD in rebates.", stated) is not SUPPORTED


class TestNumbers:
    def test_are_looked_for_where_the_closest_statement_gives_none(self) -> None:
        stated = "Use a link to hire tents.\nThe tents that you hire are yours for 24 hours."

        right, wrong = (
            verdict(f"You hire tents for {hours} hours with a link.", stated) for hours in (24, 48)
        )

        assert right is SUPPORTED
        assert wrong is not SUPPORTED

    def test_are_not_taken_from_what_has_another_name(self) -> None:
        stated = "Soles of boots come loose.\nThe soles of Talus boots are covered for 24 months."

        found = verdict("Soles of boots that come loose: 24 months.", stated)

        assert found is not SUPPORTED


class TestConditions:
    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            (
                "Whenever a payment fails, the basket is kept.",
                "When a payment fails, the basket is kept.",
            ),
            (
                "Customers on the Summit plan hire tents for less.",
                "Summit members hire tents for less.",
            ),
            (
                "You have 45 days after delivery to send tents back.",
                "You have 45 days from the delivery date to return tents.",
            ),
            ("You can hire two tents in any twelve months.", "You can hire 2 tents in 12 months."),
        ],
    )
    def test_may_be_said_otherwise(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("The basket is kept whenever you like.", "The basket is kept."),
            ("Customers pay less for tents.", "Summit members pay less for tents."),
            (
                "Customers on the Trail plan hire tents for less.",
                "Summit members hire tents for less.",
            ),
            ("Tents are moved as often as you like.", "Tents are moved once."),
            ("Children hire tents on their own.", "Children hire tents."),
        ],
    )
    def test_are_never_lost(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is not SUPPORTED


class TestWords:
    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("Just so you know, a tent is cleaned here.", "A tent is cleaned here."),
            ("As far as that goes, a tent is cleaned here.", "A tent is cleaned here."),
            ("Credit runs out after 12 months.", "Credit expires after 12 months."),
            ("You get the full fee back on request.", "We refund the full fee on request."),
            ("We'll hold your basket for 24 hours.", "We keep the basket for 24 hours."),
        ],
    )
    def test_may_be_others_for_the_same(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("So, a tent is not cleaned here.", "A tent is cleaned here."),
            ("Credit runs out after 24 months.", "Credit expires after 12 months."),
            ("You get the full fee back on request.", "You pay the full fee on request."),
            ("We'll refund your basket in 24 hours.", "We keep the basket for 24 hours."),
            ("I'll hold your basket for 24 hours.", "We keep the basket for 24 hours."),
        ],
    )
    def test_may_not_be_others_for_something_else(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is not SUPPORTED
