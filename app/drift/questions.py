"""The canary questions: fixed, drawn by a seed, and the company's own.

They come from a suite of evaluation cases, or else are made of the titles and headings of the
articles, so that every help centre has some.
"""

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.drift.observation import CanaryQuestion
from app.errors import DriftError
from knowledge_base.article import Article
from knowledge_base.lines import LineKind, read_lines

QUESTIONS = 300
"""The fewest, in hundreds, with which verdicts alone show a 10-point shift nine times in ten, where
2 % of them differ anyhow: `candor canary power`."""


class _CaseRow(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str
    question: str
    history: tuple[str, ...] = ()


def from_suite(path: Path) -> tuple[CanaryQuestion, ...]:
    """Return the questions of a suite file that stand alone.

    Raises:
        DriftError: The file can't be read as a suite.
    """
    try:
        lines = [line for line in path.read_text("utf-8-sig").split("\n") if line.strip()]
        rows = [_CaseRow.model_validate(json.loads(line)) for line in lines]
    except (OSError, ValueError, ValidationError) as error:
        raise DriftError(f"the suite {path} can't be read: {error}") from error
    return tuple(CanaryQuestion(row.id, row.question) for row in rows if not row.history)


def from_articles(articles: Mapping[str, Article]) -> tuple[CanaryQuestion, ...]:
    """Return a question for each title, and for each heading below it."""
    return tuple(
        CanaryQuestion(f"{article.id}#{number}", text)
        for article in articles.values()
        for number, text in enumerate(_asked_of(article))
    )


def drawn(
    questions: tuple[CanaryQuestion, ...], count: int, seed: int
) -> tuple[CanaryQuestion, ...]:
    """Return as many of the questions as are wanted, or all, in an order that the seed decides.

    Raises:
        DriftError: There is none.
    """
    if not questions:
        raise DriftError("there is no question to ask: name a suite, or index articles first")
    shuffled = sorted(questions, key=lambda one: one.id)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 — a sample, no secret
    return tuple(shuffled[:count])


def _asked_of(article: Article) -> Iterator[str]:
    yield article.title
    for line in read_lines(article.body):
        if line.kind is LineKind.HEADING:
            heading = article.body[line.content : line.end]
            yield f"{article.title}: {heading}"
