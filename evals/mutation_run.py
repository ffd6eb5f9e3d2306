"""The mutation run: articles edited and reindexed aside, and asked for what the edit changed.

A mutation is noticed when the answer states the new value and not the old one, and the gate lets
the old sentence through on no passage of the edited article.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.answer import Answer
from app.bootstrap import build_assistant
from app.statistics import Rate, rate
from evals.case import Case
from evals.edited_articles import EditedArticles, batches
from evals.metrics.facts import forbidden_facts, missing_facts
from evals.old_sentence import OldSentences
from evals.results import WrittenAnswer
from evals.runner import Runner
from evals.settings import EvalsSettings
from evals.wording import states


@dataclass(frozen=True, slots=True)
class MutationResult:
    """What became of one mutation."""

    case: Case
    answer: Answer | WrittenAnswer | None
    """None where the assistant ended in an error."""
    is_followed: bool
    """Whether the answer states the new value and not the old one."""
    is_old_rejected: bool
    """Whether the gate releases nothing for the old sentence that states the old value."""

    @property
    def states_old(self) -> bool:
        """Whether the answer states the value that stood there before."""
        return self.answer is not None and bool(forbidden_facts(self.case, self.answer))

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


class MutationRun:
    """Edits a copy of a folder of articles, batch by batch, and asks each of its edits."""

    def __init__(self, settings: EvalsSettings, articles: Path, day: date) -> None:
        """Take the settings, whose data folder stays as it is, and the articles to edit."""
        self._edited = EditedArticles(settings, articles, "mutations")
        self._day = day

    def run(
        self, cases: Sequence[Case], on_result: Callable[[MutationResult], None]
    ) -> MutationScore:
        """Return the score; each result is handed to `on_result` as it comes.

        Raises:
            CandorError: The articles can't be indexed, or no case can be tried on them.
        """
        applied = self._edited.applicable(cases)
        results = []
        with asyncio.Runner() as loop:
            for batch in batches(applied, go_together):
                self._edited.publish(batch)
                for result in loop.run(self._asked(batch)):
                    on_result(result)
                    results.append(result)
        return score(results, not_applied=len(cases) - len(applied))

    async def _asked(self, batch: Sequence[Case]) -> list[MutationResult]:
        settings = self._edited.settings
        runner = Runner(build_assistant(settings), self._day, time.perf_counter)
        old = OldSentences.of_served(settings, self._day)
        return [await _asked(case, runner, old) for case in batch]


async def _asked(case: Case, runner: Runner, old: OldSentences) -> MutationResult:
    answer = (await runner.ask(case)).answer
    is_followed = (
        answer is not None and not missing_facts(case, answer) and not forbidden_facts(case, answer)
    )
    return MutationResult(
        case,
        answer,
        is_followed=is_followed,
        is_old_rejected=await old.is_rejected(case),
    )


def score(results: Sequence[MutationResult], *, not_applied: int = 0) -> MutationScore:
    """Return the mutation score of a run."""
    n = len(results)
    return MutationScore(
        noticed=rate(sum(one.is_noticed for one in results), n),
        followed=rate(sum(one.is_followed for one in results), n),
        rejected=rate(sum(one.is_old_rejected for one in results), n),
        stated_old=rate(sum(one.states_old for one in results), n),
        not_applied=not_applied,
    )


def go_together(one: Case, other: Case) -> bool:
    """Return whether two edits can be made at once.

    They touch different text, and no value of one is a value of the other: an answer may quote
    several articles.
    """
    if set(_values(one)) & set(_values(other)):
        return False
    if one.edit is None or other.edit is None or one.edit.article != other.edit.article:
        return True
    return one.edit.old != other.edit.old and not any(
        states(other.edit.old, mine) for mine in _values(one)
    )


def _values(case: Case) -> tuple[str, ...]:
    return (*(text for group in case.must for text in group), *case.must_not)
