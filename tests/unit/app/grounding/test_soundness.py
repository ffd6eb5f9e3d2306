import pytest

from app.grounding.soundness import is_courtesy


class TestIsCourtesy:
    @pytest.mark.parametrize(
        "sentence",
        [
            "Happy to help!",
            "Here is how:",
            "Thanks for your question.",
            "You're welcome!",
            "Here's what our articles say:",
            "I hope this is of help to you.",
        ],
    )
    def test_knows_what_claims_nothing(self, sentence: str) -> None:
        assert is_courtesy(sentence)

    @pytest.mark.parametrize(
        "sentence",
        [
            "Refunds are free.",
            "Happy to help with your free refund!",
            "It is 5 days.",
            "You can.",
            "Of course!",
            "That is so.",
            "Yes.",
            "No.",
            "We will help you.",
            "It is not.",
            "Everything is on the house.",
            "Here is how: ٣ days.",
            "Happy to help: https://evil.example",
            "…",
            "",
            "please " * 50,
        ],
    )
    def test_takes_nothing_else_for_one(self, sentence: str) -> None:
        assert not is_courtesy(sentence)
