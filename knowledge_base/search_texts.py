"""Which words of an article are embedded, and which are indexed by keyword.

This is the recipe that an index is built with and that search relies on: a generation holds
one set of vectors for each name in `SearchTexts.embedded` and one keyword index for each name
in `SearchTexts.keywords`, in the order of its chunks or of its articles.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.article import Article, Chunk

RECIPE = "title-path-text.1"
"""Name of this recipe; a generation's manifest keeps it, and another name means a rebuild."""

_HEADING_MARKS = "#*_ "


class Field(StrEnum):
    """What a set of vectors or a keyword index is made of."""

    CHUNKS = "chunks"
    """One text a chunk, in the order of the generation's chunks."""
    TITLES = "titles"
    """One text an article, in the order of the generation's articles."""
    ARTICLES = "articles"
    """One text an article, in the order of the generation's articles."""


@dataclass(frozen=True, slots=True)
class SearchTexts:
    """The texts that an index is built from."""

    embedded: Mapping[Field, tuple[str, ...]]
    keywords: Mapping[Field, tuple[str, ...]]


def search_texts(articles: Mapping[str, Article], chunks: Iterable[Chunk]) -> SearchTexts:
    """Return what is embedded and what is indexed by keyword for these articles and chunks."""
    chunk_texts = tuple(chunk_text(articles[chunk.article_id], chunk) for chunk in chunks)
    titles = tuple(title_text(article) for article in articles.values())
    bodies = tuple(_article_text(article) for article in articles.values())
    return SearchTexts(
        embedded={Field.CHUNKS: chunk_texts, Field.TITLES: titles},
        keywords={Field.CHUNKS: chunk_texts, Field.TITLES: titles, Field.ARTICLES: bodies},
    )


def chunk_text(article: Article, chunk: Chunk) -> str:
    """Return what is embedded of a chunk: its article's title, its heading path and its text."""
    return "\n".join((title_text(article), *_headings(chunk.heading_path), chunk.text))


def title_text(article: Article) -> str:
    """Return the article's title, or its first line where the title is only a file's name."""
    if " " in article.title.strip():
        return article.title
    first_line = article.body.lstrip().partition("\n")[0].strip(_HEADING_MARKS)
    return first_line or article.title


def _headings(path: Sequence[str]) -> tuple[str, ...]:
    return (" > ".join(path),) if path else ()


def _article_text(article: Article) -> str:
    return f"{article.title}\n{title_text(article)}\n{article.body}"
