"""Redaction: what was planted into an article is blanked out of what answers are made from.

That is every block that speaks to a model, and every line that leads away from its article.
Blanks take the words' places, so that every span still counts. The article itself, as people read
it, stays as its author wrote it, and the linter tells where it speaks to a model.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.planted.instructions import Suspicion, find_instructions
from knowledge_base.planted.links import NamedHosts, Stretch, find_planted_links
from knowledge_base.searching.search import SearchResult

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
    """Finds what another search finds, without what was planted there."""

    def __init__(self, search: Search, articles: Mapping[str, Article]) -> None:
        """Take the search, and all articles that it may find something of, by id."""
        self._search = search
        self._articles = articles
        self._named = NamedHosts(articles.values())
        self._redacted = lru_cache(maxsize=ARTICLES_KEPT)(self._redacted_body)
        self._speaks = lru_cache(maxsize=ARTICLES_KEPT)(_speaks)

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
        body = self._redacted(article.id)
        speaking = any(map(self._speaks, (article.title, *chunk.heading_path)))
        if body is article.body and not speaking:
            return passage
        return replace(passage, article=_article(article, body), chunk=_chunk(chunk, body))

    def _redacted_body(self, article_id: str) -> str:
        return redacted(self._articles[article_id], self._named)


def _speaks(text: str) -> bool:
    """Tell whether a title or a heading speaks to a model."""
    return bool(find_instructions(text))


def redacted(article: Article, named: NamedHosts) -> str:
    """Return the article's body with spaces for what was planted, its length unchanged.

    Where a block that speaks to a model ends in a colon, the next one is taken along.
    """
    body = article.body
    spoken = (_spoken(body, found) for found in find_instructions(body))
    for block in (*spoken, *find_planted_links(article, named)):
        body = body[: block.start] + _blank(body[block.start : block.end]) + body[block.end :]
    return body


def _spoken(body: str, found: Suspicion) -> Stretch:
    """Return the block in which a model is spoken to: a paragraph, a list or a table."""
    start = body.rfind("\n\n", 0, found.start) + 1
    end = _block_end(body, found.end)
    if body[start:end].rstrip().endswith(":"):
        end = _block_end(body, end + len("\n\n"))
    return Stretch(start, end)


def _block_end(body: str, position: int) -> int:
    end = body.find("\n\n", position)
    return len(body) if end < 0 else end


def _blank(text: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in text)


def _article(article: Article, body: str) -> Article:
    title = article.id if _speaks(article.title) else article.title
    return replace(article, title=title, body=body)


def _chunk(chunk: Chunk, body: str) -> Chunk:
    path = tuple(heading for heading in chunk.heading_path if not _speaks(heading))
    return replace(chunk, heading_path=path, text=body[chunk.start : chunk.end])
