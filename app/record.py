"""The record of one turn while it runs: what was asked, found, spent and released, and when."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.answer import Answer, CacheHit, DraftSentence, Guarded, Outcome, Question, Sentence
from app.answering.answerer import Answerer
from app.grounding.receipt import Receipt, Ruling
from app.grounding.sources import Sources
from app.telemetry.spending import Spending
from app.telemetry.traces import step_span
from knowledge_base.article import Passage

_MS = 1000.0


@dataclass(slots=True)
class Record:
    """Gathers what a turn did, and becomes its `Answer`."""

    clock: Callable[[], float] = time.perf_counter
    """Seconds, from any starting point."""
    question: Question | None = None
    passages: tuple[Passage, ...] = ()
    generation: str | None = None
    release: str | None = None
    model: str = "quoting"
    prompt: str | None = None
    prompt_fingerprint: str | None = None
    on_receipt: Callable[[Receipt], None] | None = None
    """Hears of each drafted sentence what became of it."""
    cache_hit: CacheHit | None = None
    drafts: list[DraftSentence] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    guarded: list[Guarded] = field(default_factory=list)
    """What the guardrails objected to, each as `name ACTION: reason`."""
    prepared: dict[tuple[str, ...], Sources] = field(default_factory=dict)
    """What the gate made of the passages, for the next sentence."""
    spending: Spending = field(default_factory=Spending)
    timings_ms: dict[str, float] = field(default_factory=dict)
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to the step's; this turn pays for its model calls."""
        before = self.clock()
        try:
            with self.spending.pays(), step_span(name):
                yield
        finally:
            spent = (self.clock() - before) * _MS
            self.timings_ms[name] = self.timings_ms.get(name, 0.0) + spent

    def note(self, answerer: Answerer) -> None:
        """Note who wrote the draft."""
        self.model, self.prompt = answerer.model, answerer.prompt
        self.prompt_fingerprint = answerer.prompt_fingerprint

    def keep(self, receipt: Receipt) -> None:
        """Note what became of a drafted sentence."""
        self.receipts.append(receipt)
        if receipt.sentence is not None:
            self.timings_ms.setdefault("first_sentence", (self.clock() - self.started) * _MS)
        if self.on_receipt is not None:
            self.on_receipt(receipt)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What the customer sees, in order."""
        return tuple(one.sentence for one in self.receipts if one.sentence is not None)

    @property
    def has_substance(self) -> bool:
        """Whether what is shown may stand as an answer: as much of the draft as was dropped."""
        stands = sum(one.has_substance for one in self.receipts)
        dropped = sum(one.ruling is Ruling.DROPPED for one in self.receipts)
        return stands > 0 and stands >= dropped

    @property
    def held_as_drafted(self) -> bool:
        """Whether every sentence was shown as its model wrote it now."""
        written_now = self.cache_hit is None and self.spending.reached is None
        as_written = all(one.ruling is Ruling.RELEASED for one in self.receipts)
        return bool(self.drafts) and written_now and as_written

    def ended(self, outcome: Outcome, text: str) -> Answer:
        """Return the turn's answer: its outcome and text, and everything gathered on the way."""
        self.timings_ms["total"] = (self.clock() - self.started) * _MS
        return Answer(
            outcome=outcome,
            text=text,
            sentences=self.sentences,
            question=self.question,
            passages=self.passages,
            generation=self.generation,
            release=self.release,
            model=self.model,
            prompt=self.prompt,
            prompt_fingerprint=self.prompt_fingerprint,
            usage=tuple(self.spending.calls),
            budget=self.spending.reached,
            cache_hit=self.cache_hit,
            guarded=tuple(self.guarded),
            timings_ms=dict(self.timings_ms),
        )
