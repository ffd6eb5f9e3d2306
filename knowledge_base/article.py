"""Article, Chunk and Passage: the nouns that every package shares.

Spans are Unicode code points, end exclusive, into an article's normalised body,
so that `chunk.text == article.body[chunk.start:chunk.end]` holds everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """A help-centre page as its author wrote it, its markup normalised.

    `body` is plain Markdown without front matter: headings (`## …`), paragraphs on one line,
    list items (`- …`, `1. …`), table rows (`| … | … |`), one blank line between blocks.
    """

    id: str
    title: str
    body: str
    path: str
    """POSIX path below the source it was read from."""
    url: str | None = None
    updated: date | None = None
    applies_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Scope from the front matter: `{"plan": ("Summit",), "region": ("EU", "UK")}`."""
    valid_from: date | None = None
    """First day in force (inclusive); None means always."""
    valid_to: date | None = None
    """Last day in force (inclusive); None means for good."""
    supersedes: tuple[str, ...] = ()
    """Ids of the articles that this one replaces from `valid_from` on."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an article: what is embedded and stored."""

    article_id: str
    heading_path: tuple[str, ...]
    """Headings above the chunk, outermost first, without the article's title."""
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        """The chunk's name, unique within a generation."""
        return f"{self.article_id}#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk retrieved for a question, with its score: what is cited."""

    chunk: Chunk
    article: Article
    score: float
    """Higher is better; comparable within one search only."""
    in_force: bool = True
    """False for an article whose `valid_from` still lies ahead of the day that was asked about."""
    similarity: float = 0.0
    """Cosine of the query and the chunk: comparable between searches with one embedder."""
