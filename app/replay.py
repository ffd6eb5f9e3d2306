"""An old question answered anew: what was said then beside what would be said, line by line.

Only the release differs: the question is asked by the rules of the day that it was asked about,
after the same earlier turns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from difflib import SequenceMatcher
from enum import StrEnum

from app.answer import Answer, Exchange
from app.store.records import Conversation, Turn, TurnState


class Mark(StrEnum):
    """Where a sentence stands."""

    SAME = "same"
    ONLY_THEN = "only_then"
    ONLY_NOW = "only_now"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, in the one answer, in the other, or in both."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two answers."""

    release: str | None
    generation: str | None
    model: str | None
    outcome: str | None
    text: str
    """What the customer reads where no sentence was released: a notice, or why it failed."""
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """Both answers, and their sentences in one order."""

    then: Side
    now: Side
    lines: tuple[Line, ...]

    @property
    def is_same(self) -> bool:
        """Whether a customer would have read the same."""
        return self.then.outcome == self.now.outcome and all(
            line.mark is Mark.SAME for line in self.lines
        )


def side_of_turn(turn: Turn) -> Side:
    """Return the answer as it was."""
    said = turn.answer
    return Side(
        release=said.release if said else None,
        generation=said.generation if said else None,
        model=said.model if said else None,
        outcome=said.outcome.value if said else turn.state.value,
        text=said.text if said else turn.error or "",
        sentences=tuple(one.text for one in turn.sentences),
    )


def side_of_answer(answer: Answer) -> Side:
    """Return the answer as it would be."""
    return Side(
        release=answer.release,
        generation=answer.generation,
        model=answer.model,
        outcome=answer.outcome.value,
        text=answer.text,
        sentences=tuple(one.text for one in answer.sentences),
    )


def replayed(then: Side, now: Side) -> Replay:
    """Return both answers side by side; spaces and line breaks make no difference."""
    old, new = _said(then), _said(now)
    matcher = SequenceMatcher(None, [*map(_flat, old)], [*map(_flat, new)], autojunk=False)
    return Replay(then, now, tuple(_lines(matcher, old, new)))


def day_asked(turn: Turn, timezone: tzinfo) -> date:
    """Return the day whose rules the turn asked about."""
    return turn.at or turn.created.astimezone(timezone).date()


def history_before(turn: Turn, conversation: Conversation) -> tuple[Exchange, ...]:
    """Return the conversation's answered turns before this one, oldest first."""
    earlier: list[Exchange] = []
    for one in conversation.turns:
        if one.id == turn.id:
            break
        if one.state is TurnState.DONE and one.answer is not None:
            cited = (cite.article for said in one.sentences for cite in said.citations)
            articles = tuple(dict.fromkeys(cited))
            earlier.append(Exchange(one.question, one.answer.text, one.answer.query, articles))
    return tuple(earlier)


def _said(side: Side) -> Sequence[str]:
    return side.sentences or (side.text,)


def _lines(matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield from (Line(Mark.SAME, text) for text in new[new_start:new_end])
            continue
        yield from (Line(Mark.ONLY_THEN, text) for text in old[old_start:old_end])
        yield from (Line(Mark.ONLY_NOW, text) for text in new[new_start:new_end])


def _flat(text: str) -> str:
    return " ".join(text.split())
