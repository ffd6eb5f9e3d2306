"""What every gate promises, the real one and the fake."""

from collections.abc import Sequence

import pytest

from app.answer import Citation, DraftSentence
from app.assistant import SentenceGate
from app.grounding.case import Hearing
from app.grounding.gate import Gate
from app.grounding.receipt import Receipt, Ruling
from knowledge_base.article import Passage
from tests.builders import a_passage, a_question
from tests.fakes import WordForWordGate
from tests.word_for_word import word_for_word

PASSAGE = a_passage("Refunds take 5 days. Shipping is free.")


def drafted(text: str, passages: Sequence[Passage]) -> DraftSentence:
    return DraftSentence(
        text, tuple(Citation(each, each.chunk.start, each.chunk.end) for each in passages)
    )


@pytest.fixture(params=[Gate, WordForWordGate])
def gate(request: pytest.FixtureRequest) -> SentenceGate:
    made: SentenceGate = request.param()
    return made


async def released(gate: SentenceGate, draft: DraftSentence) -> Receipt:
    hearing = Hearing(a_question("How long?"), [PASSAGE], word_for_word())
    return await gate.release(draft, hearing)


class TestRelease:
    async def test_lets_through_what_a_cited_passage_says(self, gate: SentenceGate) -> None:
        receipt = await released(gate, drafted("Refunds take 5 days.", [PASSAGE]))

        assert receipt.ruling is Ruling.RELEASED
        assert receipt.sentence is not None
        assert receipt.sentence.text == "Refunds take 5 days."
        assert "Refunds take 5 days." in receipt.sentence.citations[0].quote

    @pytest.mark.parametrize("text", ["Refunds take 9 days.", "Everything is free."])
    async def test_never_lets_through_what_it_does_not_say(
        self, gate: SentenceGate, text: str
    ) -> None:
        receipt = await released(gate, drafted(text, [PASSAGE]))

        assert receipt.ruling is not Ruling.RELEASED
        assert receipt.sentence is None or receipt.sentence.text != text

    async def test_says_why_it_lets_something_not_through(self, gate: SentenceGate) -> None:
        receipt = await released(gate, drafted("Everything is free.", [PASSAGE]))

        assert receipt.attempts[0].text == "Everything is free."
        assert receipt.objection is not None
        assert receipt.objection.reason

    async def test_lets_nothing_through_without_a_citation(self, gate: SentenceGate) -> None:
        receipt = await released(gate, drafted("Refunds take 5 days.", []))

        assert (receipt.ruling, receipt.sentence) == (Ruling.DROPPED, None)
