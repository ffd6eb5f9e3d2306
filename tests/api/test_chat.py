"""POST /v1/chat over a real socket."""

import asyncio
from pathlib import Path

from app.answer import Outcome
from app.errors import ModelTimeoutError
from tests.fakes import ScriptedAssistant
from tests.live_server import a_sentence, an_answer, serving

SENTENCE = a_sentence()
ANSWER = an_answer(SENTENCE)


class TestChatAsAStream:
    async def test_sends_the_turn_then_its_sentences_then_the_outcome(self, tmp_path: Path) -> None:
        async with serving(ScriptedAssistant(SENTENCE, ANSWER), tmp_path) as api:
            events = await api.stream()

        assert [event.event for event in events] == ["turn", "sentence", "outcome", "done"]
        assert [event.id for event in events] == ["1", "2", "3", "4"]
        assert events[1].json() == {
            "text": "Orders over 75 USD ship free.",
            "citations": [
                {
                    "article": "ship/us",
                    "title": "Refunds",
                    "url": None,
                    "heading": "",
                    "start": 0,
                    "end": 29,
                    "passage_start": 0,
                    "passage_end": 50,
                }
            ],
        }
        assert events[2].json() == {"outcome": "ANSWERED", "text": SENTENCE.text}
