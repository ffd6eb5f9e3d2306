import pytest

from app.grounding.verdict import Verdict
from tests.grounded import findings, verdict

SUPPORTED = Verdict.SUPPORTED


class TestRestrictionCheck:
    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("You can return footwear.", "You can return footwear if the soles are clean."),
            ("You can return footwear.", "You can only return footwear with clean soles."),
            ("Rentals are extended once.", "Unless the gear is booked, rentals are extended once."),
            ("Repairs of a zip are free.", "Repairs of a zip are free for Summit members."),
            ("Members ship for free.", "Summit members ship for free."),
            ("Shipping to the EU is free.", "Shipping to the EU is free on orders over 75 EUR."),
            ("A balance of 9 USD is paid out.", "In the US, a balance of 9 USD is paid out."),
        ],
    )
    def test_refuses_to_drop_a_condition(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is not SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("You earn credit on your orders.", "You earn credit on your orders, except on sale."),
            ("All tents can be returned.", "All tents can be returned, excluding rented ones."),
        ],
    )
    def test_refuses_to_drop_an_exclusion(self, claim: str, stated: str) -> None:
        (found,) = findings(claim, stated)

        assert (found.verdict, "drops" in found.reason) == (Verdict.NOT_ENOUGH_INFO, True)

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("All repairs of a tent are free.", "Repairs of a tent are free."),
            ("Tents can be returned at any time.", "Tents can be returned in our shops."),
        ],
    )
    def test_refuses_to_widen_what_is_stated(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is not SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("Climbing ropes can be returned.", "Climbing ropes can't be returned."),
            ("Climbing ropes can't be returned.", "Climbing ropes can be returned."),
            ("The deposit is refundable.", "The deposit is non-refundable."),
            ("The label of a return is not free.", "The label of a return is free."),
            ("Pay the fee after the pick-up.", "Pay the fee before the pick-up."),
            ("The fee is optional for tents.", "The fee is mandatory for tents."),
        ],
    )
    def test_contradicts_the_opposite(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is Verdict.CONTRADICTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            (
                "If the soles are clean, you are able to return footwear.",
                "You can return footwear if the soles are clean.",
            ),
            ("Ropes cannot be returned to us.", "Ropes can't be returned."),
            ("Refunds of a tent are never paid.", "No refunds of a tent are paid."),
            ("Gift cards never expire.", "Gift cards never expire, and there are no fees."),
            (
                "Collecting a tent is free, without any minimum.",
                "Collecting a tent is free, with no minimum.",
            ),
            ("There aren't any fees on tents.", "There are no fees on tents."),
            ("We move a deposit once it is above 50.", "Once it exceeds 50, we move a deposit."),
            ("The price of a tent is 65 USD or 59 GBP.", "A tent costs 65 USD or 59 GBP."),
        ],
    )
    def test_lets_the_same_be_said_otherwise(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is SUPPORTED

    def test_counts_what_the_customer_says_of_herself(self) -> None:
        stated = "You can return footwear if the soles are clean."

        found = verdict("You can return footwear.", stated, asked="My soles are clean, ok?")

        assert found is SUPPORTED

    def test_spares_a_step(self) -> None:
        found = verdict("Choose Orders.", "Choose Orders when you have found the menu.")

        assert found is SUPPORTED


class TestBenefitCheck:
    @pytest.mark.parametrize(
        "claim",
        [
            "Tents come with a lifetime warranty.",
            "There is a 0 USD trial of tents.",
            "Tents are replaced on the house.",
            "Students get a discount on tents.",
            "You are entitled to a tent.",
        ],
    )
    def test_refuses_a_benefit_that_no_article_promises(self, claim: str) -> None:
        assert verdict(claim, "Students buy tents; tents come in replaced bags.") is not SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("A signature is required.", "A signature is required for parcels over 500 USD."),
            ("A sign-in is required.", "A sign-in is required for accounts worth more than 9 USD."),
            (
                "The plan renews automatically.",
                "The plan renews automatically unless it is closed before renewal.",
            ),
            (
                "We must refund you within 10 days.",
                "We must refund you within 10 days if the check takes longer than 10 days.",
            ),
        ],
    )
    def test_words_and_numbers_of_the_rest_keep_no_condition(self, claim: str, stated: str) -> None:
        (found,) = findings(claim, stated)

        assert (found.verdict, "drops" in found.reason) == (Verdict.NOT_ENOUGH_INFO, True)

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            (
                "The transfer fails if the amount is above 1,250 USD.",
                "If the amount exceeds $1,250, the transfer fails.",
            ),
            ("Refunds of tents are free.", "Refunds of tents are free with your membership."),
            ("Members have not any threshold for tents.", "Members have no threshold for tents."),
            ("There isn't anything refunded for tents.", "For tents, nothing is refunded."),
            ("You get 3 checks each year for free.", "You get 3 checks each year at no cost."),
        ],
    )
    def test_lets_pass_what_says_the_same(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is SUPPORTED

    def test_a_fee_that_was_not_expected_heads_no_list_of_refusals(self) -> None:
        stated = "## A fee you didn't expect\n\n- Confirm that the wire was sent on the fee date."

        assert verdict("Confirm that a wire was sent on the fee date.", stated) is SUPPORTED

    def test_an_item_of_a_list_of_refusals_grants_nothing_alone(self) -> None:
        stated = "## What we do not repair\n\n- Anything that arrives dirty, such as old tents."

        alone, granted = (
            verdict(claim, stated)
            for claim in (
                "In short, anything that arrives dirty, such as an old tent.",
                "We repair anything that arrives dirty, such as old tents.",
            )
        )

        assert (alone, granted) == (SUPPORTED, Verdict.CONTRADICTED)

    def test_a_button_promises_nothing(self) -> None:
        stated = "Open the payment and press the button that pays the customer back her money."

        found = findings("Click Refund to pay the customer back her money.", stated)

        assert [one.check for one in found] != ["policy facts"]
