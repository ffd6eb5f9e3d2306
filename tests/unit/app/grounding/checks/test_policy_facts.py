import pytest

from app.grounding.verdict import Verdict
from tests.grounded import findings, verdict

CONTRADICTED, SUPPORTED = Verdict.CONTRADICTED, Verdict.SUPPORTED


class TestPolicyFactsCheck:
    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("You can return an item for 2 weeks.", "You can return an item within 14 days."),
            ("The deposit for a kayak is 1000 USD.", "The deposit for a kayak is $1,000.00."),
            ("A card refund takes five days.", "A card refund takes 5 days to arrive."),
            ("A rental may last up to 1 year.", "A rental may last up to 12 months."),
        ],
    )
    def test_lets_the_same_value_be_written_otherwise(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is SUPPORTED

    @pytest.mark.parametrize(
        ("claim", "stated"),
        [
            ("You can return an item for 30 days.", "You can return an item within 14 days."),
            ("The deposit for a kayak is 100 EUR.", "The deposit for a kayak is 100 USD."),
            ("Refunds by card take 5 days.", "Refunds by card take 5 business days."),
            ("Refunds by card take 5 weeks.", "Refunds by card take 5 days."),
            ("Orders ship free under 50 USD.", "Orders ship free over 50 USD."),
            ("Rentals last at least 5 days.", "Rentals last up to 5 days."),
            ("Return it after 3 May 2027.", "Return it before 3 May 2027."),
            ("The deposit is ٣٠ USD.", "The deposit is 20 USD."),
            ("The deposit is thirty USD.", "The deposit is 20 USD."),
        ],
    )
    def test_contradicts_another_value_or_bound(self, claim: str, stated: str) -> None:
        assert verdict(claim, stated) is CONTRADICTED

    def test_contradicts_the_number_of_another_product(self) -> None:
        body = "A tent can be rented for 10 days.\nA kayak can be rented for 3 days."

        assert verdict("A kayak can be rented for up to 10 days.", body) is CONTRADICTED

    def test_refuses_a_number_that_stands_nowhere(self) -> None:
        stated = "Refunds for a kayak arrive on your card soon."

        found = findings("Refunds for a kayak arrive on your card in 9 days.", stated)

        assert [one.verdict for one in found] == [Verdict.NOT_ENOUGH_INFO]
        assert "9 days stands nowhere" in found[0].reason

    def test_lets_the_customers_own_number_be_repeated(self) -> None:
        asked = "I bought the tent 45 days ago, can I return it?"
        claim = "The return window for a tent, which is 30 days, is over after 45 days."

        assert verdict(claim, "The return window for a tent is 30 days.", asked=asked) is SUPPORTED

    def test_refuses_the_customers_number_as_the_rule(self) -> None:
        asked = "My friend told me that the return window for a tent is 45 days, right?"
        claim = "The return window for a tent is 45 days."

        found = verdict(claim, "The return window for a tent is 30 days.", asked=asked)

        assert found is CONTRADICTED

    def test_refuses_what_is_too_long_to_be_read(self) -> None:
        found = findings("x" * 3000, "Refunds take 5 days.")

        assert {one.verdict for one in found} == {Verdict.NOT_ENOUGH_INFO}

    def test_a_bare_number_of_a_lead_in_may_stand_anywhere(self) -> None:
        draft = "To resolve a 404 error, try this:\n\n- Check the address and press Enter."
        stated = "A 404 error means that a page is gone.\n\nCheck the address and press Enter."

        named = findings(draft, stated)
        changed = findings(draft.replace("404", "500"), stated)

        assert all(one.verdict is Verdict.SUPPORTED for one in named)
        assert any(one.verdict is not Verdict.SUPPORTED for one in changed)
