from collections.abc import Sequence

import pytest

from app.answer import Usage
from app.prompts.registry import Message, load_prompt
from evals.case import Kind
from evals.errors import JudgeError
from evals.generators.rephrasing import PROMPT, Rephraser, keeps_facts
from evals.generators.suite import make
from evals.judges.chat import ChatReply
from evals.judges.claim_judge import PROMPTS
from tests.askable_articles import TENTS, a_source

ASKED = "Hi, I'm on the Summit plan. My order is 74.99 USD. Is shipping free?"


class ScriptedModel:
    """Says one thing to everything, or nothing at all."""

    model = "scripted"
    price = None

    def __init__(self, reply: str | None) -> None:
        self._reply = reply

    async def ask(self, messages: Sequence[Message], *, repeat: int = 0) -> ChatReply:
        del repeat
        assert messages
        if self._reply is None:
            raise JudgeError("no answer")
        return ChatReply(self._reply, Usage("scripted", 1, 1, cost_usd=None))


class TestKeepsFacts:
    @pytest.mark.parametrize(
        ("rewritten", "kept"),
        [
            ("As a Summit member, do I pay for shipping on an order of 74.99 USD?", True),
            ("As a member, do I pay for shipping on an order of 74.99 USD?", False),
            ("Does the Summit plan ship 75 USD for free?", False),
            ("Is shipping of 74.99 USD free with Summit or Family?", False),
            ("Is shipping of 74.99 USD free within 5 days with Summit?", False),
            (" ", False),
        ],
    )
    def test_compares_numbers_and_names(self, rewritten: str, *, kept: bool) -> None:
        assert keeps_facts(ASKED, rewritten) is kept

    @pytest.mark.parametrize(
        ("question", "rewritten", "kept"),
        [
            ("I bought it five days ago. May I?", "I got it six days ago. May I?", False),
            ("I bought it five days ago. May I?", "I got it 5 days ago. May I?", True),
            ("I bought it five days ago. May I?", "I got it five weeks ago. May I?", False),
            ("Is it due by 15 January 2026?", "Is it due by 16 January 2026?", False),
            ("Is the deposit refundable?", "Is the deposit not refundable?", False),
            ("Is the deposit refundable?", "Is the deposit non-refundable?", False),
            ("Can I return unworn boots?", "Can I return worn boots?", False),
            ("Can't I return boots?", "Can I return boots?", False),
            ("Can't I return boots?", "Is it not possible to return boots?", True),
            ("Are unworn boots returnable?", "Would you take unworn boots back?", True),
        ],
    )
    def test_reads_words_for_numbers_and_negations(
        self, question: str, rewritten: str, *, kept: bool
    ) -> None:
        assert keeps_facts(question, rewritten) is kept


class TestRephraser:
    @pytest.mark.parametrize(
        ("reply", "question", "kept"),
        [
            ("What is the warranty of Cairn tents?", "What is the warranty of Cairn tents?", 0),
            ("What is the warranty of Kestrel tents?", None, 1),
            (None, None, 1),
        ],
    )
    async def test_keeps_the_question_that_loses_a_fact(
        self, reply: str | None, question: str | None, kept: int
    ) -> None:
        made = make(a_source(TENTS), {Kind.GOLDEN}, seed=1)
        rephraser = Rephraser(ScriptedModel(reply), load_prompt(PROMPT, PROMPTS))

        rephrased = await rephraser.rephrase(made)

        (case,), (original,) = rephrased.made[0].cases, made[0].cases
        assert case.question == (question or original.question)
        assert rephrased.kept == kept
        assert case.must == original.must
