"""The mutation run: articles edited and reindexed aside, and asked for what the edit changed.

A mutation is noticed when the answer states the new value and not the old one, and the gate lets
the old sentence through on no passage of the edited article.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.answer import Answer, DraftSentence, Outcome, Question
from app.bootstrap import build_assistant
from app.grounding.case import Hearing
from app.grounding.gate import Gate
from app.grounding.grounds import Grounds
from app.statistics import Rate, rate
from evals.case import Case, Edit
from evals.errors import EvalsError
from evals.metrics.facts import forbidden_facts, missing_facts
from evals.runner import Runner
from evals.settings import EvalsSettings
from evals.wording import states
from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.article import Article, Passage
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.ledger import read_ledger
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.generations.serving import Serving
from knowledge_base.progress import NoProgress
from knowledge_base.scope import Scopes


@dataclass(frozen=True, slots=True)
class MutationResult:
    """What became of one mutation."""

    case: Case
    answer: Answer
    is_followed: bool
    """Whether the answer states the new value and not the old one."""
    is_old_rejected: bool
    """Whether the gate releases nothing for the old sentence that states the old value."""

    @property
    def is_noticed(self) -> bool:
        """Whether the answer follows the new text and the gate rejects the old sentence."""
        return self.is_followed and self.is_old_rejected


@dataclass(frozen=True, slots=True)
class MutationScore:
    """The share of mutations noticed, and its two halves."""

    noticed: Rate
    followed: Rate
    rejected: Rate
    stated_old: Rate
    """Answers that state the old value: the harmful ones."""
    not_applied: int
    """Edits whose old text doesn't stand once in the article's file."""


def score(results: Sequence[MutationResult], *, not_applied: int = 0) -> MutationScore:
    """Return the mutation score of a run."""
    n = len(results)
    return MutationScore(
        noticed=rate(sum(one.is_noticed for one in results), n),
        followed=rate(sum(one.is_followed for one in results), n),
        rejected=rate(sum(one.is_old_rejected for one in results), n),
        stated_old=rate(sum(bool(forbidden_facts(one.case, one.answer)) for one in results), n),
        not_applied=not_applied,
    )


def batches(cases: Sequence[Case]) -> Iterator[tuple[Case, ...]]:
    """Yield the cases in batches that can be made at once, as few as one pass finds.

    Two edits of one article go together where they touch different text and no value of one is a
    value of the other.
    """
    left = list(cases)
    while left:
        batch: list[Case] = []
        for case in left:
            if all(_go_together(case, other) for other in batch):
                batch.append(case)
        yield tuple(batch)
        left = [case for case in left if case not in batch]


def _go_together(one: Case, other: Case) -> bool:
    if one.edit is None or other.edit is None or one.edit.article != other.edit.article:
        return True
    values = (*_values(other), other.edit.old)
    return one.edit.old not in other.edit.old and not any(
        states(mine, theirs) or states(theirs, mine) for mine in _values(one) for theirs in values
    )


def _values(case: Case) -> tuple[str, ...]:
    return (*(text for group in case.must for text in group), *case.must_not)
