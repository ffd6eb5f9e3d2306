"""The quoting answerer: no model writes, the sentences that answer are quoted.

It can't invent, because it doesn't write: it weighs the statements of the passages as evidence,
abstains where none answers, and otherwise quotes those that do.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from app.answer import DraftSentence, Question
from app.answering.answerability import answerable
from app.answering.evidence import EvidenceReader
from app.answering.selection import Quotation, selected
from app.grounding.quote import quote
from knowledge_base.article import Passage


class QuotingAnswerer:
    """Drafts an answer out of verbatim quotes."""

    model = "quoting"
    prompt = None
    prompt_fingerprint = None

    def __init__(self, reader: EvidenceReader) -> None:
        self._reader = reader

    async def draft(
        self, question: Question, passages: Sequence[Passage]
    ) -> AsyncGenerator[DraftSentence, None]:
        """Yield the quotes that answer the question, none where the passages don't."""
        for quotation in await asyncio.to_thread(self._quotations, question, passages):
            yield quote(quotation.passage, quotation.start, quotation.end)

    def _quotations(self, question: Question, passages: Sequence[Passage]) -> tuple[Quotation, ...]:
        evidence = self._reader.read(question, passages)
        return selected(evidence) if answerable(evidence) else ()
