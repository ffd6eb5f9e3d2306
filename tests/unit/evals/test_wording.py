import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.wording import content_words, normalise, same_word, shares_content_word, states


class TestStates:
    @pytest.mark.parametrize(
        ("text", "wording"),
        [
            ("You have 30 days.", "30 days"),
            ("You have **30\u00a0days** to return it.", "30 Days"),
            ("| Trail | 30 days |", "trail 30 days"),
            ("Costs $15.00 a month", "$15"),
            ("Over 1,200 USD", "1200 USD"),
            ("It won’t be refunded.", "won't be refunded"),
            ("A 30-day window", "30-day"),
            ("30, 60 or 90 days", "30"),
            ("Ends at 5.", "5"),
        ],
    )
    def test_finds_a_wording_whatever_its_case_spacing_and_markup(
        self, text: str, wording: str
    ) -> None:
        assert states(text, wording)

    @pytest.mark.parametrize(
        ("text", "wording"),
        [
            ("Takes 15 days.", "5 days"),
            ("Takes 1.5 days.", "5 days"),
            ("Takes 3–5 days.", "5 days"),
            ("Costs $150", "$15"),
            ("Costs $15.50", "$15"),
            ("Costs $1,500", "$1"),
            ("Costs 5,000 USD", "000 USD"),
            ("within 5 daysailing trips", "5 day"),
            ("unrefundable", "refundable"),
        ],
    )
    def test_does_not_find_a_wording_inside_another_one(self, text: str, wording: str) -> None:
        assert not states(text, wording)

    @given(st.text(min_size=1).filter(lambda text: any(c.isalnum() for c in normalise(text))))
    def test_finds_every_text_in_itself(self, text: str) -> None:
        assert states(text, text)


class TestContentWords:
    def test_leaves_out_short_and_stop_words(self) -> None:
        assert content_words("How do I get a Refund for my tent?") == ("refund", "tent")

    def test_keeps_negation(self) -> None:
        assert content_words("We can't refund it; it isn't new") == (
            "not",
            "refund",
            "not",
            "new",
        )


class TestSameWord:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("fee", "fees"),
            ("cancel", "cancellation"),
            ("ship", "shipping"),
            ("return", "returned"),
            ("policy", "policies"),
            ("rental", "rent"),
        ],
    )
    def test_takes_forms_of_a_word_as_one(self, left: str, right: str) -> None:
        assert same_word(left, right)
        assert same_word(right, left)

    @pytest.mark.parametrize(
        ("left", "right"), [("tent", "trail"), ("day", "date"), ("one", "own")]
    )
    def test_keeps_different_words_apart(self, left: str, right: str) -> None:
        assert not same_word(left, right)


class TestSharesContentWord:
    def test_sees_another_form_of_a_title_word(self) -> None:
        assert shares_content_word("Can I cancel?", ["Cancellation of a membership"])

    def test_does_not_count_stop_words(self) -> None:
        assert not shares_content_word("Can I get my money back?", ["How you can return boots"])
