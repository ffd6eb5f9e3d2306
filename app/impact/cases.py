"""Golden cases that ask for what has changed: their right answers are no longer right."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import NotFoundError
from app.impact.changes import Change, Ground, changed_articles, changes_of, stands
from app.impact.edition import Edition
from knowledge_base.policy.fact import PolicyFact


@dataclass(frozen=True, slots=True)
class AffectedCase:
    """A case whose gold article doesn't say what the case expects any more."""

    suite: str
    case: str
    article: str
    told: tuple[str, ...]
    """What has changed, a line each."""


class _Edit(BaseModel):
    model_config = ConfigDict(extra="ignore")

    article: str
    old: str


class _CaseRow(BaseModel):
    """What is read of a line of a suite file."""

    model_config = ConfigDict(extra="ignore")

    id: str
    articles: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    edit: _Edit | None = None


def affected_cases(
    suites: Sequence[Path], before: Edition, after: Edition
) -> Iterator[AffectedCase]:
    """Yield the cases of suite files that rest on what changed from one edition to the other.

    A case does where its gold article is gone, where it must state a value that changed, where
    none of the wordings of a fact stands in the article any more, or where its edit can't be made.

    Raises:
        NotFoundError: A file can't be read as a suite.
    """
    changed = {one: changes_of(one, before, after) for one in changed_articles(before, after)}
    for path in suites:
        for case in _cases(path):
            for article in changed.keys() & set(case.articles):
                told = tuple(_told(case, article, changed[article], before, after))
                if told:
                    yield AffectedCase(path.stem, case.id, article, told)


def cases_that_state(
    suites: Sequence[Path], facts: Sequence[PolicyFact], edition: Edition
) -> Iterator[AffectedCase]:
    """Yield the cases of suite files that rest on one of the facts of an edition.

    A case does where its gold article is the fact's, and its right answer must state the fact's
    value or words of the article that the fact is read from.

    Raises:
        NotFoundError: A file can't be read as a suite.
    """
    for path in suites:
        for case in _cases(path):
            for article in case.articles:
                of_article = [one for one in facts if one.article_id == article]
                told = tuple(_stated(case, of_article, edition))
                if told:
                    yield AffectedCase(path.stem, case.id, article, told)


def _stated(case: _CaseRow, facts: Sequence[PolicyFact], edition: Edition) -> Iterator[str]:
    for fact in facts:
        body = edition.articles[fact.article_id].body
        words = body[fact.start : fact.end]
        if _must_state(case, words) or _must_quote(case, body, fact):
            yield f"states “{words}”"


def _must_quote(case: _CaseRow, body: str, fact: PolicyFact) -> bool:
    """Whether a wording that the case wants stands in the article where the fact does."""
    return any(
        found.start() < fact.end and fact.start < found.end()
        for group in case.must
        for wording in group
        for found in _as_words(wording).finditer(body)
    )


def _told(
    case: _CaseRow, article: str, changes: Sequence[Change], before: Edition, after: Edition
) -> Iterator[str]:
    body = before.articles[article].body
    for change in changes:
        words = body[change.start : change.end]
        if change.ground is not Ground.FACT or _must_state(case, words):
            yield change.told
    now = after.articles.get(article)
    if now is None:
        return
    was = before.articles[article]
    for group in case.must:
        stood = [wording for wording in group if stands(wording, was)]
        if stood and not any(stands(wording, now) for wording in group):
            yield f"gone: “{stood[0]}”"
    if case.edit and case.edit.article == article and not stands(case.edit.old, now):
        yield "its edit can't be made any more"


def _must_state(case: _CaseRow, words: str) -> bool:
    value = _as_words(words)
    return any(value.search(wording) for group in case.must for wording in group)


def _as_words(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)


def _cases(path: Path) -> Iterator[_CaseRow]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(f"The suite {path} can't be read: {error}.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _CaseRow.model_validate(json.loads(line))
            except (ValueError, ValidationError) as error:
                raise NotFoundError(f"{path}:{number} is no case: {error}") from error
