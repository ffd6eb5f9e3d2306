"""READ FIRST: how a question becomes a checked and cited answer.

    guard → rewrite → search → decide → draft → gate → record

Each step is one line of `Assistant._found` up to the decision, and of `Assistant._draft` from the
draft on. Whoever writes the draft, a chat model or the quoting answerer, the customer sees only
what the gate released, sentence by sentence.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from app.answer import Answer, DraftSentence, Exchange, Guarded, Outcome, Question, Sentence
from app.answering.answer_cache import Recalled
from app.answering.answerer import Answerer
from app.answering.conversation import completed
from app.decision import Decided, decide
from app.errors import BudgetReachedError
from app.grounding.case import Hearing
from app.grounding.receipt import Receipt
from app.guardrails.guardrail import Action, Decision, Guardrail, OutputGuardrail
from app.guardrails.personal_data import Masker, without_placeholders
from app.guardrails.screening import OutputScreening, Screening
from app.library import Library, OpenGeneration
from app.neighbours import widened
from app.notices import dated, joined, not_covered, only_known, out_of_budget, withheld
from app.record import Record
from app.telemetry.spending import Spending
from knowledge_base.article import Passage
from knowledge_base.scope import Scopes
from knowledge_base.searching.search import SearchResult

PASSAGES = 10
"""How many passages are looked at for one question."""


class SentenceGate(Protocol):
    """Decides what of a drafted sentence the customer may see."""

    async def release(self, draft: DraftSentence, hearing: Hearing) -> Receipt:
        """Return what became of the draft, with the sentence that may be shown, if one may.

        What the hearing's earlier receipts show isn't said a second time.
        """
        ...


class Assistant:
    """Answers questions from the published help articles, and from nothing else."""

    def __init__(
        self,
        *,
        library: Library,
        gate: SentenceGate,
        guardrails: Sequence[Guardrail],
        contact: str,
        today: Callable[[], date],
        output_guardrails: Sequence[OutputGuardrail] = (),
        masker: Masker | None = None,
    ) -> None:
        self._library = library
        self._gate = gate
        self._screening = Screening(guardrails)
        self._output_screening = OutputScreening(output_guardrails)
        self._masker = masker or Masker(())
        self._contact = contact
        self._today = today

    async def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        at: date | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
        *,
        spending: Spending | None = None,
    ) -> AsyncGenerator[Sentence | Answer, None]:
        """Yield each sentence as it is released, then exactly one `Answer`, last.

        `at` is the day whose rules are asked about, today where it is None. `on_receipt` hears
        of each drafted sentence what became of it, before the sentence itself is yielded.
        `spending` pays for the model calls, and holds what they took also where no answer comes.

        Raises:
            AnswererError: The chat model failed, and so did its fallback.
            KnowledgeBaseError: No index is published, or it can't be read.
        """
        record = Record(on_receipt=on_receipt, spending=spending or Spending())
        found = await asyncio.to_thread(self._found, question, history, at, record)
        if isinstance(found, Answer):
            yield found
            return
        try:
            async with aclosing(self._draft(found, record)) as released:
                async for sentence in released:
                    yield sentence
        except BudgetReachedError:
            yield record.ended(Outcome.HANDED_OFF, out_of_budget(self._contact))
            return
        found.remember(record)
        yield self._ended(record)

    def _found(
        self, question: str, history: Sequence[Exchange], at: date | None, record: Record
    ) -> "_Found | Answer":
        """Return what to draft from, or the answer where nothing is drafted.

        It computes for some milliseconds and waits for nobody: it runs in a thread, as one call.
        """
        opened = self._library.current()
        record.release = opened.release
        guarded = self._guard(question, record)
        if guarded.outcome is not None:
            return record.ended(guarded.outcome, guarded.text)
        question, history = self._masked(question, history, record)
        asked = self._rewrite(question, history, at or self._today(), opened.scopes, record)
        found = _search(asked, opened, record)
        decided = _decide(asked, found, opened, record)
        if decided.outcome is not None:
            return record.ended(decided.outcome, decided.text or not_covered(self._contact))
        recalled = _recalled(opened, asked, decided.passages, record)
        return _Found(opened, asked, decided.passages, recalled)

    def _guard(self, question: str, record: Record) -> Decision:
        with record.step("guard"):
            return _noted(self._screening.screen(question), record)

    def _masked(
        self, question: str, history: Sequence[Exchange], record: Record
    ) -> tuple[str, Sequence[Exchange]]:
        """Return both without personal data; an exchange with a query was masked in its turn."""
        with record.step("mask"):
            earlier = [
                one if one.query else replace(one, question=self._masker.mask(one.question))
                for one in history
            ]
            return self._masker.mask(question), earlier

    def _rewrite(
        self, text: str, history: Sequence[Exchange], at: date, scopes: Scopes, record: Record
    ) -> Question:
        with record.step("rewrite"):
            asked = Question(
                text=text,
                query=completed(without_placeholders(text), history, scopes),
                at=at,
                scope=scopes.settled([*(earlier.question for earlier in history), text]),
            )
            record.question = asked
            return asked

    async def _draft(self, found: "_Found", record: Record) -> AsyncGenerator[Sentence, None]:
        """Yield what the gate releases of the draft, and note everything in the record."""
        grounds = found.opened.grounds
        async with aclosing(_drafted(found, record)) as drafts:
            async for drafted in drafts:
                hearing = Hearing(
                    found.asked, found.passages, grounds, record.receipts, record.prepared
                )
                record.drafts.append(drafted)
                sentence = await self._release(drafted, hearing, record)
                if sentence is not None:
                    yield sentence

    async def _release(
        self, drafted: DraftSentence, hearing: Hearing, record: Record
    ) -> Sentence | None:
        with record.step("gate"):
            receipt = await self._gate.release(drafted, hearing)
            if receipt.sentence is not None:
                receipt = self._screened(receipt, receipt.sentence, record)
        record.keep(receipt)
        return receipt.sentence

    def _screened(self, receipt: Receipt, sentence: Sentence, record: Record) -> Receipt:
        """Return the receipt as it is for what may leave, else with nothing to show."""
        cited = [citation.passage for citation in sentence.citations]
        asked = record.question.text if record.question else ""
        decision = _noted(self._output_screening.screen(sentence.text, cited, asked), record)
        if decision.action is not Action.ALLOW:
            return receipt.refused(decision.guard, decision.reason)
        return replace(receipt, sentence=dated(sentence))

    def _ended(self, record: Record) -> Answer:
        if record.has_substance:
            return record.ended(Outcome.ANSWERED, joined(record.sentences))
        if record.sentences:
            return record.ended(Outcome.ABSTAINED, only_known(record.sentences, self._contact))
        if record.receipts:
            return record.ended(Outcome.ABSTAINED, withheld(self._contact))
        return record.ended(Outcome.ABSTAINED, not_covered(self._contact))


@dataclass(frozen=True, slots=True)
class _Found:
    """What an answer is drafted from."""

    opened: OpenGeneration
    asked: Question
    passages: Sequence[Passage]
    recalled: Recalled | None
    """A draft that held before."""

    def remember(self, record: Record) -> None:
        """Keep a draft that held as it was written, where drafts are remembered."""
        if self.opened.cache is not None and record.held_as_drafted:
            self.opened.cache.keep(self.asked, record.drafts)


def _noted(decision: Decision, record: Record) -> Decision:
    if decision.action is not Action.ALLOW:
        record.guarded.append(Guarded(decision.guard, decision.action, decision.reason))
    return decision


def _search(asked: Question, opened: OpenGeneration, record: Record) -> SearchResult:
    with record.step("search"):
        record.generation = opened.id
        found = opened.search.search(asked.query, limit=PASSAGES, at=asked.at, scope=asked.scope)
        record.passages = widened(found.passages, opened.chunks)
        return replace(found, passages=record.passages)


def _decide(
    asked: Question, found: SearchResult, opened: OpenGeneration, record: Record
) -> Decided:
    with record.step("decide"):
        return decide(asked, found, opened.scopes)


def _recalled(
    opened: OpenGeneration, asked: Question, passages: Sequence[Passage], record: Record
) -> Recalled | None:
    if opened.cache is None:
        return None
    with record.step("cache"):
        recalled = opened.cache.recall(asked, passages)
    if recalled is not None:
        record.note(opened.answerer)
        record.cache_hit = recalled.hit
    return recalled


async def _drafted(found: _Found, record: Record) -> AsyncGenerator[DraftSentence, None]:
    """Yield a draft that held before, else the answerer's, or quotes where no budget is left."""
    if found.recalled is not None:
        for drafted in found.recalled.drafts:
            yield drafted
        return
    try:
        async with aclosing(_timed(found.opened.answerer, found, record)) as drafts:
            async for drafted in drafts:
                yield drafted
    except BudgetReachedError:
        if found.opened.quoter is None:
            raise
        async with aclosing(_timed(found.opened.quoter, found, record)) as quotes:
            async for quoted in quotes:
                yield quoted


async def _timed(
    answerer: Answerer, found: _Found, record: Record
) -> AsyncGenerator[DraftSentence, None]:
    """Yield an answerer's draft, timing the answerer alone and not those who wait for it."""
    record.note(answerer)
    async with aclosing(answerer.draft(found.asked, found.passages)) as drafts:
        while True:
            with record.step("draft"):
                drafted = await anext(drafts, None)
            if drafted is None:
                return
            yield drafted
