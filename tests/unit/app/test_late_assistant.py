"""A server may start before the first index is published."""

import pytest

from app.answer import Answer, Sentence
from app.late_assistant import LateAssistant
from app.turn_ports import Answering
from knowledge_base.errors import EmbedderError, NoGenerationError
from tests.fakes import ScriptedAssistant
from tests.live_server import an_answer

ANSWER = an_answer()


class Shop:
    """Builds assistants, once something is published."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.built = 0

    def build(self) -> Answering:
        if self.problem is not None:
            raise self.problem
        self.built += 1
        return ScriptedAssistant(ANSWER)


async def answers(assistant: LateAssistant) -> list[Sentence | Answer]:
    return [step async for step in assistant.answer("Free?")]


class TestLateAssistant:
    def test_is_built_at_once_where_an_index_is_published(self) -> None:
        shop = Shop()

        LateAssistant(shop.build)

        assert shop.built == 1

    async def test_is_built_with_the_first_question_after_one_was_published(self) -> None:
        shop = Shop(NoGenerationError("nothing is published"))
        assistant = LateAssistant(shop.build)
        shop.problem = None

        answered = [await answers(assistant), await answers(assistant)]

        assert answered == [[ANSWER], [ANSWER]]
        assert shop.built == 1

    async def test_refuses_questions_until_then(self) -> None:
        assistant = LateAssistant(Shop(NoGenerationError("nothing is published")).build)

        with pytest.raises(NoGenerationError):
            await answers(assistant)

    def test_says_at_once_what_else_is_wrong(self) -> None:
        shop = Shop(EmbedderError("the model can't be loaded"))

        with pytest.raises(EmbedderError):
            LateAssistant(shop.build)
