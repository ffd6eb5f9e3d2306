"""The mutation run: articles edited and reindexed aside, and asked for what the edit changed.

A mutation is noticed when the answer states the new value and not the old one, and the gate lets
the old sentence through on no passage of the edited article.
"""

import asyncio
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.answer import Answer
from app.bootstrap import build_assistant
from app.statistics import Rate, rate
from evals.case import Case, Edit
from evals.metrics.facts import forbidden_facts, missing_facts
from evals.old_sentence import OldSentences
from evals.results import WrittenAnswer
from evals.runner import Runner
from evals.settings import EvalsSettings
from evals.wording import states
from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.progress import NoProgress

_REUSED = ("models", "embeddings")
"""Folders of the data folder that a scratch copy begins with, so that little is embedded anew."""


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
        self._scratch = settings.data_dir / "mutations"
        self._live = settings.data_dir
        self._settings = settings.model_copy(update={"data_dir": self._scratch})
        self._articles = articles
        self._copy = self._scratch / "articles"
        self._day = day

    def run(
        self, cases: Sequence[Case], on_result: Callable[[MutationResult], None]
    ) -> MutationScore:
        """Return the score; each result is handed to `on_result` as it comes.

        Raises:
            CandorError: The articles can't be indexed.
        """
        self._begin()
        files = _files_by_edit(self._articles, cases)
        applied = [case for case in cases if case.id in files]
        results = []
        for batch in batches(applied):
            self._publish(batch, files)
            for result in asyncio.run(self._asked(batch)):
                on_result(result)
                results.append(result)
        return score(results, not_applied=len(cases) - len(applied))

    def _begin(self) -> None:
        for name in _REUSED:
            if (self._live / name).is_dir() and not (self._scratch / name).exists():
                shutil.copytree(self._live / name, self._scratch / name)

    def _publish(self, batch: Sequence[Case], files: dict[str, Path]) -> None:
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self._articles, self._copy)
        for case in batch:
            if case.edit is not None:
                file = self._copy / files[case.id].relative_to(self._articles)
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace(case.edit.old, case.edit.new), encoding="utf-8")
        settings = IngestionSettings(data_dir=self._scratch)
        sources = open_sources(settings, [self._copy])
        build_reindexing(settings, NoProgress()).run(sources)

    async def _asked(self, batch: Sequence[Case]) -> list[MutationResult]:
        runner = Runner(build_assistant(self._settings), self._day, time.perf_counter)
        old = OldSentences.of_served(self._scratch, self._day)
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


def batches(cases: Sequence[Case]) -> Iterator[tuple[Case, ...]]:
    """Yield the cases in batches that can be made at once, as few as one pass finds.

    Two edits go together where they touch different text and no value of one is a value of the
    other: an answer may quote several articles.
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
    if set(_values(one)) & set(_values(other)):
        return False
    if one.edit is None or other.edit is None or one.edit.article != other.edit.article:
        return True
    return one.edit.old != other.edit.old and not any(
        states(other.edit.old, mine) for mine in _values(one)
    )


def _values(case: Case) -> tuple[str, ...]:
    return (*(text for group in case.must for text in group), *case.must_not)


def _files_by_edit(articles: Path, cases: Iterable[Case]) -> dict[str, Path]:
    """Return the file that each case edits, by the case's id: the only one with its old text."""
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(articles.rglob("*.md"))}
    return {
        case.id: found[0]
        for case in cases
        if case.edit is not None and len(found := _with_text(texts, case.edit)) == 1
    }


def _with_text(texts: dict[Path, str], edit: Edit) -> list[Path]:
    return [
        file for file, text in texts.items() if text.count(edit.old) == 1 and edit.article in text
    ]
