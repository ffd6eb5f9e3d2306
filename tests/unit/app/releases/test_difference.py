from dataclasses import replace

from app.releases.difference import Difference, differences
from tests.releases import PINNED, a_set


class TestDifferences:
    def test_are_none_between_a_set_and_itself(self) -> None:
        assert differences(PINNED, PINNED) == ()

    def test_name_what_changed_and_nothing_else(self) -> None:
        after = replace(
            a_set("new@shop.example"), prompts={"answer.v3": "b" * 64}, prices={"openai:m": 1}
        )

        assert differences(PINNED, after) == (
            Difference("prompts.answer", f"answer.v2 {'a' * 64}", f"answer.v3 {'b' * 64}"),
            Difference("wording.contact", "help@shop.example", "new@shop.example"),
            Difference("prices.openai:m", None, "1"),
        )
