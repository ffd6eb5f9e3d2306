"""What watches over turns beside the store: limits, traces, and who hears how they ended."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.answer import Answer, Budget
from app.grounding.receipt import Receipt
from app.store.records import Ending, NewTurn
from app.telemetry.limits import Limits
from app.telemetry.spending import Spending
from app.telemetry.traces import NoTraces, Traces, TurnTrace
from app.telemetry.turn_report import TurnReport


def _tell_nobody(_report: TurnReport) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Oversight:
    """Who watches; nobody by default."""

    limits: Limits = field(default_factory=Limits)
    traces: Traces = field(default_factory=NoTraces)
    on_end: Callable[[TurnReport], None] = _tell_nobody

    def watch(
        self, turn: NewTurn, trace: TurnTrace, used_up: Budget | None = None
    ) -> "WatchedTurn":
        """Begin to watch a turn, whose trace has begun; `used_up` lets it spend nothing."""
        spending = Spending(self.limits.request)
        spending.shut = used_up
        return WatchedTurn(turn, spending, trace)

    def ended(self, watched: "WatchedTurn", ending: Ending, answer: Answer | None) -> None:
        """Tell those who watch how a turn ended."""
        watched.has_ended = True
        report = watched.report(ending, answer)
        watched.trace.end(report.attributes(), None if answer else ending.state)
        self.on_end(report)


@dataclass(slots=True)
class WatchedTurn:
    """A running turn as those see it who watch."""

    turn: NewTurn
    spending: Spending
    trace: TurnTrace
    receipts: list[Receipt] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)
    first_sentence_seconds: float | None = None
    has_ended: bool = False
    """Whether those who watch were told."""

    def has_shown(self) -> None:
        """Note that a sentence can be read now."""
        if self.first_sentence_seconds is None:
            self.first_sentence_seconds = time.perf_counter() - self.began

    def report(self, ending: Ending, answer: Answer | None) -> TurnReport:
        """Return what became of it."""
        return TurnReport(
            conversation=self.turn.conversation,
            client=self.turn.client,
            state=ending.state,
            answer=answer,
            receipts=self.receipts,
            usage=self.spending.calls,
            budget=self.spending.reached,
            left_alone=self.spending.left_alone,
            seconds=time.perf_counter() - self.began,
            first_sentence_seconds=self.first_sentence_seconds,
        )
