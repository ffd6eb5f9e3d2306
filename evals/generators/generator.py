"""Generators: what they share, a help centre with what can be asked of it, and a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.answer import Outcome
from evals.case import Case, Kind, Origin, Part
from evals.generators.asking import Asking
from evals.generators.help_centre import HelpCentre

NOT_ANSWERED = (Outcome.ABSTAINED, Outcome.HANDED_OFF)
"""The outcomes that are right where no article holds an answer."""
_PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Source:
    """What cases are made from."""

    help_centre: HelpCentre
    askings: tuple[Asking, ...]
    instructions: Path | None = None
    """JSON lines with `id` and `instruction`, to be planted into articles."""


class Generator(Protocol):
    """Makes the cases of one kind; the same source and the same chance give the same cases."""

    @property
    def kind(self) -> Kind:
        """The kind of its cases."""
        ...

    @property
    def rule(self) -> str:
        """In one sentence, what the right answer is and why it is known."""
        ...

    def cases(self, source: Source, chance: random.Random) -> Iterator[Case]:
        """Yield the cases; their ids are given later."""
        ...


def a_case(
    kind: Kind,
    question: str,
    *,
    outcomes: tuple[Outcome, ...] = (Outcome.ANSWERED,),
    articles: tuple[str, ...] = (),
    must: tuple[tuple[str, ...], ...] = (),
    must_not: tuple[str, ...] = (),
    history: tuple[str, ...] = (),
    note: str = "",
) -> Case:
    """Return a generated case without an id."""
    return Case(
        id=_PENDING,
        kind=kind,
        part=Part.GENERATED,
        question=question,
        history=history,
        at=None,
        outcomes=outcomes,
        articles=articles,
        must=must,
        must_not=must_not,
        note=note,
    )


def origin_of(asking: Asking) -> Origin:
    """Return the words that an asking rests on."""
    said = asking.stated.statement
    return Origin(asking.article.id, said.start, said.end, asking.answers)


def group_of(asking: Asking) -> str:
    """Return the name of the group of cases that ask for the same fact."""
    return f"{asking.article.id}@{asking.stated.fact.start}"
