from collections.abc import Sequence
from pathlib import Path

import pytest

from app.answer import Usage
from app.answering.kept_replies import KeptReplies
from app.prompts.registry import Message
from evals.errors import JudgeError
from evals.judges.chat import ChatReply
from evals.judges.kept_judge import KeptJudgeModel

MESSAGES = (Message("system", "Judge."), Message("user", "This."))


class CountingModel:
    """Says how many times it was asked, or fails."""

    model = "scripted"
    price = None

    def __init__(self, *, fails: bool = False) -> None:
        self.asked = 0
        self._fails = fails

    async def ask(self, messages: Sequence[Message], *, repeat: int = 0) -> ChatReply:
        del messages, repeat
        self.asked += 1
        if self._fails:
            raise JudgeError("down")
        return ChatReply(f"{self.asked}", Usage("scripted", 100, 1, cost_usd=0.5))


def kept(model: CountingModel, folder: Path) -> KeptJudgeModel:
    return KeptJudgeModel(model, "http://judge", KeptReplies(folder))


class TestKeptJudgeModel:
    async def test_says_again_what_was_said_and_takes_nothing(self, tmp_path: Path) -> None:
        model = CountingModel()
        first = await kept(model, tmp_path).ask(MESSAGES)

        again = await kept(model, tmp_path).ask(MESSAGES)

        assert (first.text, first.usage.prompt_tokens, first.usage.from_cache) == ("1", 100, False)
        assert again.text == "1"
        assert again.usage == Usage("scripted", 0, 0, cost_usd=0.0, from_cache=True)

    async def test_answers_no_repeat_by_what_was_said_to_another(self, tmp_path: Path) -> None:
        judge = kept(CountingModel(), tmp_path)

        asked = [(await judge.ask(MESSAGES, repeat=repeat)).text for repeat in (0, 1, 2)]
        again = [(await judge.ask(MESSAGES, repeat=repeat)).text for repeat in (0, 1, 2)]

        assert asked == again == ["1", "2", "3"]

    async def test_keeps_no_failure(self, tmp_path: Path) -> None:
        with pytest.raises(JudgeError):
            await kept(CountingModel(fails=True), tmp_path).ask(MESSAGES)

        assert (await kept(CountingModel(), tmp_path).ask(MESSAGES)).text == "1"
