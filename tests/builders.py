"""Builders: the nouns of the project with everything filled in that a test doesn't care about."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.answer import Question
from knowledge_base.article import Article, Chunk, Passage

CANARY = "c0ffee0123456789"
"""The mark of a system prompt."""


def an_article(
    body: str = "Refunds take 5 days.",
    *,
    article_id: str = "refunds",
    title: str = "Refunds",
    applies_to: Mapping[str, tuple[str, ...]] | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    supersedes: Sequence[str] = (),
) -> Article:
    """Return an article that says `body`."""
    return Article(
        id=article_id,
        title=title,
        body=body,
        path=f"{article_id}.md",
        applies_to=applies_to or {},
        valid_from=valid_from,
        valid_to=valid_to,
        supersedes=tuple(supersedes),
    )


def a_passage(
    body: str = "Refunds take 5 days.",
    *,
    article: Article | None = None,
    score: float = 1.0,
    similarity: float = 0.6,
    in_force: bool = True,
) -> Passage:
    """Return a passage that spans a whole article."""
    held = article or an_article(body)
    chunk = Chunk(held.id, heading_path=(), start=0, end=len(held.body), text=held.body)
    return Passage(chunk=chunk, article=held, score=score, similarity=similarity, in_force=in_force)


def a_question(text: str, *, query: str | None = None, **scope: str) -> Question:
    """Return a question asked on a fixed day by a customer who said `scope` of themselves."""
    return Question(text, query or text, date(2026, 11, 1), scope)
