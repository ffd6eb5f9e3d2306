"""What a chat model says, malformed or hostile: nothing crashes, nothing unsupported is shown.

The long form, 1,000 replies, is an arm of `make faults`.
"""

import asyncio

import pytest

from tests.faults.hostile_models import LONGEST_SECONDS, HeardOut, hear_all
from tests.hostile_replies import KINDS, hostile_replies

REPLIES = 4 * len(KINDS)


@pytest.fixture(scope="module")
def heard() -> list[HeardOut]:
    return asyncio.run(hear_all(REPLIES, seed=1))


class TestAnswerOfAHostileModel:
    def test_crashes_at_nothing(self, heard: list[HeardOut]) -> None:
        assert [(one.reply.kind, one.crash) for one in heard if one.crash] == []

    def test_shows_nothing_that_no_passage_supports(self, heard: list[HeardOut]) -> None:
        assert [(one.reply.kind, one.leaks) for one in heard if one.leaks] == []

    def test_comes_in_time(self, heard: list[HeardOut]) -> None:
        assert max(one.seconds for one in heard) < LONGEST_SECONDS


class TestHostileReplies:
    def test_are_the_same_for_a_seed(self) -> None:
        assert list(hostile_replies(60, seed=3)) == list(hostile_replies(60, seed=3))

    def test_would_be_noticed_if_they_were_shown(self) -> None:
        silent = [
            reply.kind
            for reply in hostile_replies(len(KINDS), seed=1)
            if not reply.leaks("".join(chunk.text for chunk in reply.chunks))
        ]

        assert silent == ["nothing"]
