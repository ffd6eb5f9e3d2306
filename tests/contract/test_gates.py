"""What every gate promises, the real one and the fake."""

from collections.abc import Sequence

import pytest

from app.answer import Citation, DraftSentence
from app.assistant import SentenceGate
from app.grounding.gate import Gate
from knowledge_base.article import Passage
from tests.builders import a_passage
from tests.fakes import WordForWordGate

PASSAGE = a_passage("Refunds take 5 days. Shipping is free.")


def drafted(text: str, passages: Sequence[Passage]) -> DraftSentence:
    return DraftSentence(
        text, tuple(Citation(each, each.chunk.start, each.chunk.end) for each in passages)
    )


@pytest.fixture(params=[Gate, WordForWordGate])
def gate(request: pytest.FixtureRequest) -> SentenceGate:
    made: SentenceGate = request.param()
    return made


class TestRelease:
    def test_lets_through_what_a_cited_passage_says(self, gate: SentenceGate) -> None:
        (sentence,) = gate.release(drafted("Refunds take 5 days.", [PASSAGE]), [PASSAGE], [])

        assert sentence.text == "Refunds take 5 days."
        assert "Refunds take 5 days." in sentence.citations[0].quote

    @pytest.mark.parametrize("text", ["Refunds take 9 days.", "Everything is free."])
    def test_never_lets_through_what_it_does_not_say(self, gate: SentenceGate, text: str) -> None:
        released = gate.release(drafted(text, [PASSAGE]), [PASSAGE], [])

        assert text not in [sentence.text for sentence in released]

    def test_lets_nothing_through_without_a_citation(self, gate: SentenceGate) -> None:
        assert gate.release(drafted("Refunds take 5 days.", []), [PASSAGE], []) == ()
