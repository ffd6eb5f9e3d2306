import pytest

from app.grounding.verdict import Verdict
from tests.grounded import findings, verdict

CARDS = "You can buy a gift card in any store. A gift card costs 20 USD or more."


class TestOfferCheck:
    @pytest.mark.parametrize(
        "claim",
        [
            "Yes, we do offer a museum card.",
            "The museum card can be bought in any store.",
            "No, we do not offer a museum card.",
        ],
    )
    def test_objects_to_a_thing_that_only_the_question_names(self, claim: str) -> None:
        (found,) = findings(claim, CARDS, asked="Do you offer a museum card?")

        assert (found.verdict, found.check) == (Verdict.NOT_ENOUGH_INFO, "offers")
        assert "museum" in found.reason

    def test_lets_stand_what_the_source_says_of_another_thing(self) -> None:
        asked = "Do you offer a museum card?"

        assert verdict("You can buy a gift card in any store.", CARDS, asked=asked) is (
            Verdict.SUPPORTED
        )

    def test_has_nothing_to_say_of_words_that_name_no_offer(self) -> None:
        asked = "Where could I purchase a gift card?"

        assert verdict("You can buy a gift card in any store.", CARDS, asked=asked) is (
            Verdict.SUPPORTED
        )
