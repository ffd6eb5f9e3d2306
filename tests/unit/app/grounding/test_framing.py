import pytest

from app.grounding.framing import without_framing


class TestWithoutFraming:
    @pytest.mark.parametrize(
        "opening",
        [
            "Good to know: ",
            "In short, ",
            "According to our help pages, ",
            "To answer your question: ",
            "Please note that ",
            "As our articles say, ",
        ],
    )
    def test_takes_away_what_says_nothing_of_the_matter(self, opening: str) -> None:
        assert without_framing(f"{opening}tents are free.") == "tents are free."

    @pytest.mark.parametrize(
        "text",
        [
            "If you ask us, tents are free.",
            "For members, tents are free.",
            "In the EU, tents are free.",
            "No, tents are not free.",
            "According to our help pages",
            "Within 14 days, tents are free.",
        ],
    )
    def test_keeps_what_says_something(self, text: str) -> None:
        assert without_framing(text) == text
