import pytest
from structlog.testing import capture_logs

from app.answer import Answer
from app.errors import ReleaseError
from app.releases.pointer import Arm, Serving
from app.served_assistant import ServedAssistant
from tests.released_shelf import Shelf

FIRST, SECOND, THIRD = "r1-00000001", "r2-00000002", "r3-00000003"


class Pointer:
    """What serves, as a test wants it."""

    def __init__(self, *releases: str) -> None:
        self.serving = serving(*releases)

    def __call__(self) -> Serving:
        return self.serving


def serving(*releases: str, before: tuple[str, ...] = ()) -> Serving:
    arms = tuple(Arm(release=one, weight=1 / len(releases)) for one in releases)
    return Serving(arms=arms, before=tuple((Arm(release=one, weight=1),) for one in before))


async def answering(assistant: ServedAssistant, release: str | None = None) -> str | None:
    steps = [step async for step in assistant.answer("Free?", release=release)]
    answer = steps[-1]
    assert isinstance(answer, Answer)
    return answer.release


class TestServedAssistant:
    async def test_answers_with_the_settings_where_no_release_decides(self) -> None:
        assert await answering(ServedAssistant(Pointer(), Shelf())) == "unreleased-1a2b3c4d"

    async def test_answers_with_the_release_that_the_conversation_was_given(self) -> None:
        assistant = ServedAssistant(Pointer(FIRST, SECOND), Shelf())

        answered = [await answering(assistant, one) for one in (FIRST, SECOND)]

        assert answered == [FIRST, SECOND]

    async def test_follows_the_pointer_from_the_next_question_on(self) -> None:
        pointer = Pointer(FIRST)
        assistant = ServedAssistant(pointer, Shelf())
        answered = [await answering(assistant, FIRST)]

        for release in (SECOND, FIRST):
            pointer.serving = serving(release)
            answered.append(await answering(assistant, FIRST))

        assert answered == [FIRST, SECOND, FIRST]

    async def test_opens_a_release_once_and_keeps_what_a_rollback_goes_back_to(self) -> None:
        shelf, pointer = Shelf(), Pointer(FIRST)
        assistant = ServedAssistant(pointer, shelf)

        for release in (FIRST, SECOND, FIRST, FIRST):
            pointer.serving = serving(release)
            await answering(assistant)

        assert shelf.openings == [FIRST, SECOND]

    def test_opens_ahead_what_begins_to_serve(self) -> None:
        shelf, pointer = Shelf(), Pointer(FIRST)
        assistant = ServedAssistant(pointer, shelf)
        opened = []

        for releases in ((FIRST,), (FIRST, SECOND), (SECOND,), (SECOND, THIRD)):
            pointer.serving = serving(*releases)
            assistant.open_ahead()
            opened.append(list(shelf.openings))

        assert opened == [[FIRST], [FIRST, SECOND], [FIRST, SECOND], [FIRST, SECOND, THIRD]]

    async def test_asks_nobody_to_wait_for_what_was_opened_ahead(self) -> None:
        shelf = Shelf()
        assistant = ServedAssistant(Pointer(FIRST, SECOND), shelf)
        assistant.open_ahead()

        await answering(assistant, SECOND)

        assert shelf.openings == [FIRST, SECOND]

    def test_tries_once_ahead_what_cannot_be_opened(self) -> None:
        shelf = Shelf()
        shelf.damaged.add(FIRST)
        assistant = ServedAssistant(Pointer(FIRST, SECOND), shelf)

        with capture_logs() as said:
            for _ in range(3):
                assistant.open_ahead()

        assert shelf.openings == [FIRST, SECOND]
        assert [one["event"] for one in said] == ["release_not_opened"]

    async def test_answers_with_what_served_before_where_a_release_cannot_be_opened(self) -> None:
        shelf, pointer = Shelf(), Pointer()
        shelf.damaged.add(THIRD)
        pointer.serving = serving(THIRD, before=(FIRST, SECOND))

        answered = await answering(ServedAssistant(pointer, shelf), THIRD)

        assert answered == SECOND

    async def test_says_why_where_none_can_be_opened(self) -> None:
        shelf = Shelf()
        shelf.damaged |= {FIRST}

        with pytest.raises(ReleaseError, match=FIRST):
            await answering(ServedAssistant(Pointer(FIRST), shelf), FIRST)
