"""Article texts for a report: what a run cites, as the articles said it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.recorded import RecordedRun
from evals.results import Span
from knowledge_base.article import Article
from knowledge_base.errors import CandorError
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.serving import Serving

_WHOLE_CHARS = 6000
"""Longest article that is shown whole; of a longer one, what is around its cited words."""
_AROUND_CHARS = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an article's text."""

    text: str
    is_cited: bool


@dataclass(frozen=True, slots=True)
class ArticleTexts:
    """The articles of a generation, as far as there is one."""

    articles: Mapping[str, Article]
    marks: bool
    """Whether spans of the run point into these very texts."""
    note: str
    """Which generation the texts are of, or why there are none."""

    def title(self, article_id: str) -> str:
        """Return an article's title, its id where the article is gone."""
        article = self.articles.get(article_id)
        return article.title if article else article_id

    def pieces(self, article_id: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
        """Return an article's text with its cited words marked; empty where it is gone."""
        article = self.articles.get(article_id)
        if article is None:
            return ()
        cited = _merged((span.start, span.end) for span in spans) if self.marks else ()
        return tuple(piece for piece in _pieces(article.body, cited) if piece.text)


def texts_of(run: RecordedRun, data_dir: Path) -> ArticleTexts:
    """Return the articles that a run was asked of.

    Where its generation is gone, the ones that are published now; their cited words are marked
    only if they were built from the same articles.
    """
    asked = str(run.config["generation"])
    try:
        return ArticleTexts(
            Generation.open(data_dir, asked).articles, marks=True, note=f"generation {asked}"
        )
    except CandorError:
        pass
    try:
        published = Generation.open(data_dir, Serving(data_dir).generation_id())
    except CandorError as error:
        return ArticleTexts({}, marks=False, note=f"no article texts: {error}")
    if _sources(published.id) == _sources(asked):
        note = f"generation {published.id}, built from the same articles as the run's {asked}"
        return ArticleTexts(published.articles, marks=True, note=note)
    note = (
        f"generation {published.id} as it is published now; the run's {asked} is gone, so its "
        "cited words can't be marked and may have changed"
    )
    return ArticleTexts(published.articles, marks=False, note=note)


def _sources(generation_id: str) -> str:
    """Return the part of a generation's name that is a hash of what it was built from."""
    return generation_id.rpartition("-")[2]


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _pieces(body: str, cited: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in cited:
        yield Piece(_shortened(body[at:start], after=at > 0, before=True), is_cited=False)
        yield Piece(body[start:end], is_cited=True)
        at = end
    yield Piece(_shortened(body[at:], after=at > 0, before=False), is_cited=False)


def _shortened(text: str, *, after: bool, before: bool) -> str:
    """Return what lies between cited words; of a long text, what is next to them."""
    if len(text) <= _WHOLE_CHARS:
        return text
    head = text[:_AROUND_CHARS] if after or not before else ""
    tail = text[-_AROUND_CHARS:] if before else ""
    return f"{head}\n[…]\n{tail}"
