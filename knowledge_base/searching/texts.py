"""Which words of a chunk are embedded and indexed by keyword.

An article's title and the headings above a chunk say what it is about, so they are embedded and
indexed with its text. Titles and whole articles have no vectors or keywords of their own: with
the mean of an article's chunks among the evidence, they brought nothing.
"""

from collections.abc import Iterable, Mapping, Sequence

from knowledge_base.article import Article, Chunk

RECIPE = "title-path-text.2"
"""Name of this recipe; a generation's manifest keeps it, and another name means a rebuild."""

_HEADING_MARKS = "#*_ "


def search_texts(articles: Mapping[str, Article], chunks: Iterable[Chunk]) -> tuple[str, ...]:
    """Return what is embedded and indexed by keyword of each chunk."""
    return tuple(_chunk_text(articles[chunk.article_id], chunk) for chunk in chunks)


def _chunk_text(article: Article, chunk: Chunk) -> str:
    return "\n".join((_title(article), *_headings(chunk.heading_path), chunk.text))


def _title(article: Article) -> str:
    """Return the article's title, or its first line where the title is only a file's name."""
    if " " in article.title.strip():
        return article.title
    first_line = article.body.lstrip().partition("\n")[0].strip(_HEADING_MARKS)
    return first_line or article.title


def _headings(path: Sequence[str]) -> tuple[str, ...]:
    return (" > ".join(path),) if path else ()
