import pytest

from app.grounding.offering import words_for_offers


class TestWordsForOffers:
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("Do you offer a student discount, and how much is it?", ("student", "discount")),
            ("Is there a toddler loft in the Leeds store?", ("toddler", "loft")),
            ("I heard you have a discount for veterans. How?", ("discount", "veterans")),
            ("How do I claim my birthday bonus?", ("birthday", "bonus")),
            ("What are the conditions for the museum pass?", ("museum", "pass")),
            ("How much is the yoga pass with the Summit plan?", ("yoga", "pass")),
            ("How much is the standard option?", ("standard",)),
        ],
    )
    def test_returns_the_words_of_the_thing(self, question: str, words: tuple[str, ...]) -> None:
        assert words_for_offers(question) == words

    @pytest.mark.parametrize(
        "question",
        [
            "Can I return muddy boots?",
            "How long does a refund take?",
            "My zip is broken.",
            "How long does it take to get a tent pole fixed?",
            "",
        ],
    )
    def test_returns_nothing_where_no_offer_is_asked_about(self, question: str) -> None:
        assert words_for_offers(question) == ()

    def test_leaves_numbers_out(self) -> None:
        assert words_for_offers("Do you sell a 4 metre canoe?") == ("metre", "canoe")
