"""Hybrid search: a query in, the best passages of the best articles out.

Every chunk is compared with the query, exactly: one product of a matrix and a vector takes about
a millisecond at 10,000 chunks, less than asking an approximate index, and the fusion needs the
mean and spread of all scores rather than those of a few candidates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.embedding import Embedder, Vectors, products
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.keywords import KeywordIndex
from knowledge_base.ranking import (
    FEEDBACK_ARTICLES,
    Evidence,
    Ranking,
    Scores,
    Weights,
    centres,
    features,
    fuse,
    moved,
)
from knowledge_base.validity import Standing, standing, supersessions

PASSAGES_PER_ARTICLE = 2
LONGEST_QUERY = 8000
"""Characters of a query that are read: the embedder sees far fewer."""

_LEFT_OUT = frozenset({Standing.EXPIRED, Standing.SUPERSEDED})


class SearchedGeneration(Protocol):
    """What search needs of an index generation."""

    @property
    def id(self) -> str:
        """The generation's name."""
        ...

    @property
    def articles(self) -> Mapping[str, Article]:
        """The articles by id."""
        ...

    @property
    def chunks(self) -> Sequence[Chunk]:
        """The chunks of all articles, grouped by article in the order of the articles."""
        ...

    @property
    def vectors(self) -> Vectors:
        """One unit vector a chunk, in their order."""
        ...

    @property
    def keywords(self) -> KeywordIndex:
        """The words of the chunks, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class RankedArticle:
    """An article with its score."""

    article: Article
    score: float
    """Higher is better; comparable within one search only."""
    in_force: bool = True
    """False for an article whose `valid_from` still lies ahead of the day that was asked about."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, best first."""

    passages: tuple[Passage, ...] = ()
    articles: tuple[RankedArticle, ...] = ()


class SearchIndex:
    """Finds passages in one generation."""

    def __init__(
        self, generation: SearchedGeneration, embedder: Embedder, weights: Weights | None = None
    ) -> None:
        self._generation = generation
        self._embedder = embedder
        self._weights = weights or Weights()
        self._layout = _Layout.of(generation)
        self._centres = centres(generation.vectors, self._layout.first_chunks)
        self._superseded = supersessions(generation.articles.values())

    @property
    def generation_id(self) -> str:
        """Id of the generation that is searched."""
        return self._generation.id

    def search(
        self, query: str, *, limit: int = 10, at: date, scope: Mapping[str, str] | None = None
    ) -> SearchResult:
        """Return the best passages and articles for `query`, best first, `limit` of each at most.

        Articles that are expired or superseded on the day `at` are left out, and so are those
        that apply to other values of a key of `scope` only; `{"plan": "Summit"}` leaves out what
        applies to other plans.
        """
        words = query[:LONGEST_QUERY].strip()
        if not words or not self._layout.articles:
            return SearchResult()
        asked = _Asked(words, at, scope or {})
        evidence = self._evidence(asked)
        ranking = self._ranking(evidence)
        best = self._best_articles(ranking, asked, limit)
        return SearchResult(self._passages(best, ranking, evidence, limit), tuple(best.values()))

    def features(self, query: str, *, at: date) -> Mapping[str, Scores]:
        """Return what speaks for each article, a number for each weight, by the article's id.

        This is what weights are fitted on.
        """
        evidence = self._evidence(_Asked(query, at, {}))
        rows = features(evidence, self._layout.first_chunks)
        ids = (article.id for article in self._layout.articles)
        return dict(zip(ids, rows, strict=True))

    def _evidence(self, asked: "_Asked") -> Evidence:
        vector = self._embedder.embed([asked.words])[0]
        similarity = products(self._generation.vectors, vector)
        keywords = self._generation.keywords.scores(asked.words)
        first = Evidence(similarity, keywords, products(self._centres, vector))
        best = self._best_articles(self._ranking(first), asked, FEEDBACK_ARTICLES)
        feedback = moved(vector, self._vectors_of(best, similarity), _scores(best))
        return replace(first, centre_similarity=products(self._centres, feedback))

    def _ranking(self, evidence: Evidence) -> Ranking:
        return fuse(evidence, self._layout.first_chunks, self._layout.owners, self._weights)

    def _vectors_of(self, best: Iterable[int], similarity: Scores) -> Vectors:
        """Return the vector of the most similar chunk of each article."""
        starts, ends = self._layout.first_chunks, self._layout.end_chunks
        places = [
            starts[place] + np.argmax(similarity[starts[place] : ends[place]]) for place in best
        ]
        return self._generation.vectors[places]

    def _best_articles(
        self, ranking: Ranking, asked: "_Asked", limit: int
    ) -> dict[int, RankedArticle]:
        """Return the best articles that count on the day, by their place in the layout."""
        order = np.argsort(-ranking.articles, kind="stable")
        candidates = (self._ranked(int(place), ranking, asked) for place in order)
        return dict(islice((found for found in candidates if found), limit))

    def _ranked(
        self, place: int, ranking: Ranking, asked: "_Asked"
    ) -> tuple[int, RankedArticle] | None:
        article = self._layout.articles[place]
        stands = standing(article, asked.at, self._superseded)
        if stands in _LEFT_OUT or not _applies(article, asked.scope):
            return None
        score = float(ranking.articles[place])
        return place, RankedArticle(article, score, in_force=stands is Standing.IN_FORCE)

    def _passages(
        self, best: Mapping[int, RankedArticle], ranking: Ranking, evidence: Evidence, limit: int
    ) -> tuple[Passage, ...]:
        passages = [
            self._passage(chunk, best[place], ranking, evidence)
            for place in best
            for chunk in self._best_chunks(place, ranking)
        ]
        by_score = sorted(passages, key=lambda passage: -passage.score)
        return tuple(islice(_without_repeats(by_score), limit))

    def _best_chunks(self, place: int, ranking: Ranking) -> NDArray[np.intp]:
        first, last = self._layout.first_chunks[place], self._layout.end_chunks[place]
        best_first = np.argsort(-ranking.chunks[first:last], kind="stable")
        return np.asarray(best_first[:PASSAGES_PER_ARTICLE] + first)

    def _passage(
        self, chunk: np.intp, ranked: RankedArticle, ranking: Ranking, evidence: Evidence
    ) -> Passage:
        return Passage(
            chunk=self._generation.chunks[int(chunk)],
            article=ranked.article,
            score=float(ranking.chunks[chunk]),
            similarity=float(evidence.chunk_similarity[chunk]),
            in_force=ranked.in_force,
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    words: str
    at: date
    scope: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which chunks belong to which article; articles without a chunk have no place in it."""

    articles: tuple[Article, ...]
    present: NDArray[np.intp]
    """Place in the generation of each article."""
    owners: NDArray[np.intp]
    """Place in `articles` of each chunk's article."""
    first_chunks: NDArray[np.intp]
    end_chunks: NDArray[np.intp]

    @classmethod
    def of(cls, generation: SearchedGeneration) -> "_Layout":
        places = {article_id: place for place, article_id in enumerate(generation.articles)}
        owning = np.array([places[chunk.article_id] for chunk in generation.chunks], dtype=np.intp)
        if np.any(np.diff(owning) < 0):
            raise DamagedGenerationError(
                f"the chunks of generation {generation.id} don't stand in the order of its "
                "articles; run `candor reindex`"
            )
        present, first, owners = np.unique(owning, return_index=True, return_inverse=True)
        articles = tuple(generation.articles.values())
        end = np.append(first[1:], len(owning))
        return cls(tuple(articles[place] for place in present), present, owners, first, end)


def _scores(best: Mapping[int, RankedArticle]) -> list[float]:
    return [ranked.score for ranked in best.values()]


def _applies(article: Article, scope: Mapping[str, str]) -> bool:
    wanted = {key.casefold(): value.casefold() for key, value in scope.items()}
    return all(
        key.casefold() not in wanted
        or wanted[key.casefold()] in {value.casefold() for value in values}
        for key, values in article.applies_to.items()
    )


def _without_repeats(passages: Iterable[Passage]) -> Iterator[Passage]:
    seen: set[str] = set()
    for passage in passages:
        words = " ".join(passage.chunk.text.casefold().split())
        if words not in seen:
            seen.add(words)
            yield passage
