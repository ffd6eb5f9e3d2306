from datetime import date

import pytest

from app.answer import Question
from app.answering.likeness import asks_the_same
from tests.builders import a_question

REFUND = a_question("How long does a refund take?")


class TestAsksTheSame:
    @pytest.mark.parametrize(
        "other",
        [
            "how long does a refund take",
            "How long do refunds take?",
            "Hi! Could you tell me how long refunds take, please?",
            "HOW LONG DOES THE REFUND TAKE???",
        ],
    )
    def test_overlooks_what_carries_no_meaning(self, other: str) -> None:
        assert asks_the_same(REFUND, a_question(other))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("How long does a refund take?", "How long did a refund take?"),
            ("How long does a refund take?", "How long must a refund take?"),
            ("Can I return skis?", "Can I not return skis?"),
            ("Can I return skis?", "Can't I return skis?"),
            ("Can I return skis after 30 days?", "Can I return skis after 60 days?"),
            ("Can I return skis after 30 days?", "Can I return skis before 30 days?"),
            ("Can I move from Summit to Family?", "Can I move from Family to Summit?"),
            ("Is shipping to France free?", "Is shipping from France free?"),
            ("Is it free with Summit?", "Is it free without Summit?"),
            ("What does the Summit plan cost?", "What does the Family plan cost?"),
            ("When can I cancel?", "How can I cancel?"),
            ("Can I exchange skis?", "Can I return skis?"),
            ("Can I cancel my plan?", "Can they cancel my plan?"),
        ],
    )
    def test_overlooks_nothing_that_could_change_the_answer(self, one: str, other: str) -> None:
        assert not asks_the_same(a_question(one), a_question(other))

    def test_needs_the_same_scope(self) -> None:
        assert not asks_the_same(REFUND, a_question(REFUND.text, region="EU"))

    def test_needs_the_same_day(self) -> None:
        later = Question(REFUND.text, REFUND.query, date(2026, 11, 2))

        assert not asks_the_same(REFUND, later)

    def test_compares_no_follow_ups(self) -> None:
        follow_up = a_question("How long do refunds take?", query="How long do EU refunds take?")

        assert not asks_the_same(REFUND, follow_up)
