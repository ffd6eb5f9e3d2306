"""The record of one turn while it runs: what was asked, found, spent and released, and when."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.answer import Answer, Outcome, Question, Sentence, Usage
from app.grounding.receipt import Receipt, Ruling
from app.grounding.sources import Sources
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
    model: str = "quoting"
    prompt: str | None = None
    prompt_fingerprint: str | None = None
    on_receipt: Callable[[Receipt], None] | None = None
    """Hears of each drafted sentence what became of it."""
    receipts: list[Receipt] = field(default_factory=list)
    guarded: list[str] = field(default_factory=list)
    """What the guardrails objected to, each as `name ACTION: reason`."""
    prepared: dict[tuple[str, ...], Sources] = field(default_factory=dict)
    """What the gate made of the passages, for the next sentence."""
    usage: list[Usage] = field(default_factory=list)
    timings_ms: dict[str, float] = field(default_factory=dict)
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to the step's."""
        before = self.clock()
        try:
            yield
        finally:
            spent = (self.clock() - before) * _MS
            self.timings_ms[name] = self.timings_ms.get(name, 0.0) + spent

    def keep(self, receipt: Receipt) -> None:
        """Note what became of a drafted sentence."""
        self.receipts.append(receipt)
        self.usage.extend(receipt.usage)
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
            model=self.model,
            prompt=self.prompt,
            prompt_fingerprint=self.prompt_fingerprint,
            usage=tuple(self.usage),
            guarded=tuple(self.guarded),
            timings_ms=dict(self.timings_ms),
        )
