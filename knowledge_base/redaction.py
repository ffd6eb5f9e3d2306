"""Redaction: what an article says to a model is blanked out of what answers are made from.

Blanks take the words' places, so that every span still counts. The article itself, as people read
it, stays as its author wrote it, and the linter tells where it speaks to a model.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.instructions import find_instructions
from knowledge_base.search import SearchResult

ARTICLES_KEPT = 10_000
"""How many bodies are kept read."""


class Search(Protocol):
    """Finds passages."""

    def search(
        self, query: str, *, limit: int = 10, at: date, scope: Mapping[str, str] | None = None
    ) -> SearchResult:
        """Return the best passages and articles for `query`, best first."""
        ...


class RedactedSearch:
    """Finds what another search finds, without what speaks to a model."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._redacted = lru_cache(maxsize=ARTICLES_KEPT)(redacted)

    def search(
        self, query: str, *, limit: int = 10, at: date, scope: Mapping[str, str] | None = None
    ) -> SearchResult:
        """Return the best passages and articles for `query`, best first; see `Search`.

        A passage of which nothing is left is left out.
        """
        found = self._search.search(query, limit=limit, at=at, scope=scope)
        passages = (self._passage(passage) for passage in found.passages)
        return replace(found, passages=tuple(one for one in passages if one.chunk.text.strip()))

    def _passage(self, passage: Passage) -> Passage:
        article, chunk = passage.article, passage.chunk
        body = self._redacted(article.body)
        speaking = any(map(find_instructions, (article.title, *chunk.heading_path)))
        if body is article.body and not speaking:
            return passage
        return replace(passage, article=_article(article, body), chunk=_chunk(chunk, body))


def redacted(body: str) -> str:
    """Return `body` with spaces for every block that speaks to a model, its length unchanged.

    A block is a paragraph, a list or a table; one that ends in a colon takes the next one along.
    """
    for found in find_instructions(body):
        start = body.rfind("\n\n", 0, found.start) + 1
        end = _block_end(body, found.end)
        if body[start:end].rstrip().endswith(":"):
            end = _block_end(body, end + len("\n\n"))
        body = body[:start] + _blank(body[start:end]) + body[end:]
    return body


def _block_end(body: str, position: int) -> int:
    end = body.find("\n\n", position)
    return len(body) if end < 0 else end


def _blank(text: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in text)


def _article(article: Article, body: str) -> Article:
    title = article.id if find_instructions(article.title) else article.title
    return replace(article, title=title, body=body)


def _chunk(chunk: Chunk, body: str) -> Chunk:
    path = tuple(heading for heading in chunk.heading_path if not find_instructions(heading))
    return replace(chunk, heading_path=path, text=body[chunk.start : chunk.end])
