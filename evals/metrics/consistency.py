"""Consistency: whether what asks the same gets the same answer.

Cases of one `group` ask the same in other words: each is compared with the first of them. A run
with `--repeats` asks each case several times: every repeat is compared with the first time. A case
counts once, and only where all that is compared of it agrees: the rate is one of cases.
Answers agree when they end in the same outcome, state the same of the facts that their case knows,
and, where it knows none, the same values.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answer import Outcome
from evals.case import Case
from evals.metrics.score import Score
from evals.metrics.values import values
from evals.wording import states

CONSISTENCY = "consistency"


@dataclass(frozen=True, slots=True)
class Asked:
    """A case with what came of it."""

    case: Case
    outcome: Outcome | None
    """None where the case ended in an error."""
    text: str
    """What the customer read."""
    again: tuple["Asked", ...] = ()
    """What came of it the further times that it was asked."""


def consistency_scores(asked: Sequence[Asked]) -> tuple[Score, ...]:
    """Return each one's agreement with the first of its group, and of its repeats, in order.

    Without repeats, the first one and one that stands alone are not applicable; what has no answer
    to compare, or to be compared with, is unscored.
    """
    firsts: dict[str, Asked] = {}
    sizes: dict[str, int] = {}
    for one in asked:
        firsts.setdefault(_group(one), one)
        sizes[_group(one)] = sizes.get(_group(one), 0) + 1
    return tuple(_score(one, firsts[_group(one)], sizes[_group(one)]) for one in asked)


def _group(asked: Asked) -> str:
    return f"group {asked.case.group}" if asked.case.group else f"case {asked.case.id}"


def _score(asked: Asked, first: Asked, size: int) -> Score:
    pairs = [(repeat, asked) for repeat in asked.again]
    if asked is not first:
        pairs.append((asked, first))
    if not pairs:
        reason = "nothing else asks the same" if size == 1 else "the others are compared with it"
        return Score.not_applicable(CONSISTENCY, reason)
    if any(one.outcome is None or other.outcome is None for one, other in pairs):
        return Score.unscored(CONSISTENCY, "one of the two ended in an error")
    differing = [told for one, other in pairs if (told := _difference(one, other))]
    counted = f"{len(differing)} of {len(pairs)} differ: " if differing and len(pairs) > 1 else ""
    return Score.passed(
        CONSISTENCY, right=not differing, reason=counted + "; ".join(dict.fromkeys(differing))
    )


def _difference(asked: Asked, first: Asked) -> str:
    """Return what one says and the other doesn't; nothing where they agree."""
    mine, theirs = (_said(one, (asked.case, first.case)) for one in (asked, first))
    return "" if mine == theirs else f"{mine}, but {first.case.id}: {theirs}"


def _said(asked: Asked, cases: Sequence[Case]) -> str:
    """Return the outcome and what is stated of what either case knows, as one text to compare."""
    facts = ", ".join(sorted(_facts(cases, asked.text)))
    return f"{asked.outcome} with {facts or 'no fact'}"


def _facts(cases: Sequence[Case], text: str) -> frozenset[str]:
    groups = [group for case in cases for group in case.must]
    groups += [(wording,) for case in cases for wording in case.must_not]
    if not groups:
        return frozenset(map(str, values(text)))
    return frozenset(group[0] for group in groups if any(states(text, one) for one in group))
