"""Generators: what they share, a help centre with what can be asked of it, and a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from app.answer import Outcome
from evals.case import Case, Kind, Origin, Part
from evals.generators.asking import Asking
from evals.generators.help_centre import HelpCentre
from evals.wording import content_words, same_word
from knowledge_base.article import Article

NOT_ANSWERED = (Outcome.ABSTAINED, Outcome.HANDED_OFF)
"""The outcomes that are right where no article holds an answer."""
_PENDING = "pending"


@dataclass(frozen=True)
class Source:
    """What cases are made from."""

    help_centre: HelpCentre
    askings: tuple[Asking, ...]
    instructions: Path | None = None
    """JSON lines with `id` and `instruction`, to be planted into articles."""

    def speaking_of(self, topic: str) -> tuple[Article, ...]:
        """Return the articles that have all content words of a topic, in any of their forms."""
        forms = [
            frozenset(word for word in self._vocabulary if same_word(word, asked))
            for asked in set(content_words(topic))
        ]
        articles = self.help_centre.articles
        return tuple(
            articles[article_id]
            for article_id, words in self._words.items()
            if all(form & words for form in forms)
        )

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {
            one.id: frozenset(content_words(f"{one.title} {one.body}"))
            for one in self.help_centre.articles.values()
        }

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset().union(*self._words.values())


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
