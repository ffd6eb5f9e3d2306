import pytest

from app.grounding.claims import claims


def texts(sentence: str) -> list[str]:
    return [claim.text for claim in claims(sentence)]


class TestClaims:
    @pytest.mark.parametrize(
        "sentence",
        [
            "Happy to help!",
            "Sure! Happy to help.",
            "Here is how:",
            "You're welcome.",
            "Let me know if you have any other questions.",
            "---",
            "",
        ],
    )
    def test_finds_none_in_courtesy(self, sentence: str) -> None:
        assert claims(sentence) == ()

    @pytest.mark.parametrize(
        "sentence",
        [
            "Happy to help with your 50 USD!",
            "Sure, refunds are free.",
            "Here is how: call Anna.",
            "No.",
            "You're welcome to return it.",
            "Happy to help! You get 20 days.",
        ],
    )
    def test_finds_one_where_courtesy_says_more(self, sentence: str) -> None:
        assert claims(sentence)

    def test_cuts_clauses_that_stand_alone(self) -> None:
        assert texts("Refunds take 5 days, and you pay nothing.") == [
            "Refunds take 5 days",
            "you pay nothing.",
        ]

    @pytest.mark.parametrize(
        "sentence",
        [
            "If the item is faulty, you pay nothing, and we send a new one.",
            "Refunds take 5 days, and you pay nothing unless you live abroad.",
            "Tents, and the poles.",
        ],
    )
    def test_keeps_whole_what_a_condition_may_reach_over(self, sentence: str) -> None:
        assert texts(sentence) == [sentence]

    def test_reads_an_item_with_its_lead_in(self) -> None:
        assert texts("You can't return:\n\n- Gift cards\n- Ropes") == [
            "You can't return: Gift cards",
            "You can't return: Ropes",
        ]

    def test_reads_a_row_with_its_header(self) -> None:
        sentence = "| Paid with | Time |\n| --- | --- |\n| PayPal | 2 business days |"

        assert texts(sentence) == ["Paid with, Time PayPal, 2 business days"]

    @pytest.mark.parametrize(
        "sentence", ["# You get 500 USD", "    You get 500 USD", "| You get 500 USD |\n| --- |"]
    )
    def test_leaves_nothing_out_that_is_written(self, sentence: str) -> None:
        assert any("500 USD" in text for text in texts(sentence))

    def test_says_where_each_stands(self) -> None:
        sentence = "Refunds take 5 days; you pay nothing."

        assert [sentence[one.start : one.end] for one in claims(sentence)] == texts(sentence)
