import pytest

from app.answer import Outcome
from app.guardrails.guardrail import Action
from app.guardrails.size import SizeGuardrail
from app.guardrails.small_talk import SmallTalkGuardrail


class TestSizeGuardrail:
    @pytest.mark.parametrize("question", ["", "   ", "???", "\x00\x07", "🙂"])
    def test_asks_for_a_question_where_there_is_no_word(self, question: str) -> None:
        decision = SizeGuardrail(max_chars=100).check(question)

        assert (decision.action, decision.outcome) == (Action.REPLY, Outcome.CLARIFY)

    def test_blocks_a_question_over_the_limit(self) -> None:
        decision = SizeGuardrail(max_chars=100).check("a" * 101)

        assert (decision.action, decision.outcome) == (Action.BLOCK, Outcome.BLOCKED)

    @pytest.mark.parametrize("question", ["Refund?", "返品できますか", "a" * 100])
    def test_lets_a_question_through(self, question: str) -> None:
        decision = SizeGuardrail(max_chars=100).check(question)

        assert decision.action is Action.ALLOW


class TestSmallTalkGuardrail:
    @pytest.mark.parametrize(
        "message",
        [
            "Hi!",
            "hello there",
            "Good morning",
            "Thanks, that helped a lot!",
            "Cheers, that answered my question",
            "ok bye",
            "Thank you",
        ],
    )
    def test_answers_small_talk(self, message: str) -> None:
        decision = SmallTalkGuardrail().check(message)

        assert decision.outcome is Outcome.ANSWERED
        assert decision.text

    @pytest.mark.parametrize(
        "message",
        [
            "Hi, can I return my boots?",
            "Thanks, and how long does a refund take?",
            "Do you open in the morning?",
            "Is it good?",
            "Help",
            "I have a question",
        ],
    )
    def test_lets_a_question_through(self, message: str) -> None:
        decision = SmallTalkGuardrail().check(message)

        assert decision.action is Action.ALLOW
