"""Hybrid search: a query in, the best passages of the best articles out.

Every chunk is compared with the query, exactly: one product of a matrix and a vector takes about
a millisecond at 10,000 chunks, and asking Chroma for the hundred nearest two or three. Beside that,
the fusion needs the mean and the spread of all scores, not those of a few candidates.
The three best articles then move the query a little towards themselves, and what remains to be
compared again is one vector an article.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Protocol

import numpy as np

from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.embedding.embedder import Embedder, Vectors, products
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.searching.keywords import KeywordIndex
from knowledge_base.searching.ranking import (
    FEEDBACK_ARTICLES,
    Evidence,
    Places,
    Scores,
    Weights,
    article_scores,
    centres,
    chunk_scores,
    evidence_for_articles,
    features,
    moved,
)
from knowledge_base.validity import Standing, standing, supersessions

PASSAGES_PER_ARTICLE = 2
LONGEST_QUERY = 8000
"""Characters of a query that are read: the embedder sees far fewer."""

SORTED_AT_ONCE = 64
"""Articles that are put in order before the others: more are seldom looked at."""

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
        words = unicodedata.normalize("NFC", query.strip()[:LONGEST_QUERY])
        if not words or not self._layout.articles:
            return SearchResult()
        asked = _Asked(words, at, scope or {})
        compared = self._compared(asked)
        best = self._best_articles(compared.evidence, asked, limit)
        return SearchResult(self._passages(best, compared, limit), tuple(best.values()))

    def features(self, query: str, *, at: date) -> Mapping[str, Scores]:
        """Return what speaks for each article, a number for each weight, by the article's id.

        This is what weights are fitted on.
        """
        rows = features(self._compared(_Asked(query, at, {})).evidence)
        ids = (article.id for article in self._layout.articles)
        return dict(zip(ids, rows, strict=True))

    def _compared(self, asked: "_Asked") -> "_Compared":
        vector = self._embedder.embed([asked.words])[0]
        similarity = products(self._generation.vectors, vector)
        keywords = self._generation.keywords.scores(asked.words)
        evidence = evidence_for_articles(
            similarity, keywords, products(self._centres, vector), self._layout.first_chunks
        )
        best = self._best_articles(evidence, asked, FEEDBACK_ARTICLES)
        scores = [ranked.score for ranked in best.values()]
        feedback = moved(vector, self._vectors_of(best, similarity), scores)
        final = replace(evidence, centre_similarity=products(self._centres, feedback))
        return _Compared(similarity, keywords, final)

    def _vectors_of(self, best: Iterable[int], similarity: Scores) -> Vectors:
        """Return the vector of the most similar chunk of each article."""
        starts, ends = self._layout.first_chunks, self._layout.end_chunks
        places = [
            starts[place] + np.argmax(similarity[starts[place] : ends[place]]) for place in best
        ]
        return self._generation.vectors[places]

    def _best_articles(
        self, evidence: Evidence, asked: "_Asked", limit: int
    ) -> dict[int, RankedArticle]:
        """Return the best articles that count on the day, by their place in the layout."""
        scores = article_scores(evidence, self._weights)
        found = (
            (place, self._ranked(place, scores[place], asked)) for place in _best_first(scores)
        )
        counting = ((place, ranked) for place, ranked in found if ranked is not None)
        return dict(islice(counting, limit))

    def _ranked(self, place: int, score: np.float32, asked: "_Asked") -> RankedArticle | None:
        article = self._layout.articles[place]
        stands = standing(article, asked.at, self._superseded)
        if stands in _LEFT_OUT or not _applies(article, asked.scope):
            return None
        return RankedArticle(article, float(score), in_force=stands is Standing.IN_FORCE)

    def _passages(
        self, best: Mapping[int, RankedArticle], compared: "_Compared", limit: int
    ) -> tuple[Passage, ...]:
        scores = chunk_scores(
            compared.similarity, compared.keywords, compared.evidence, self._weights
        )
        passages = (
            passage
            for place, ranked in best.items()
            for passage in self._passages_of(place, ranked, scores, compared.similarity)
        )
        by_score = sorted(passages, key=lambda passage: -passage.score)
        return tuple(islice(_without_repeats(by_score), limit))

    def _passages_of(
        self, place: int, ranked: RankedArticle, scores: Scores, similarity: Scores
    ) -> Iterator[Passage]:
        """Yield the article's best passages.

        The best one has its article's score, another one less by what it lacks.
        """
        first, end = self._layout.first_chunks[place], self._layout.end_chunks[place]
        best_first = first + np.argsort(-scores[first:end], kind="stable")
        for chunk in best_first[:PASSAGES_PER_ARTICLE].tolist():
            yield Passage(
                chunk=self._generation.chunks[chunk],
                article=ranked.article,
                score=ranked.score + float(scores[chunk] - scores[best_first[0]]),
                similarity=float(similarity[chunk]),
                in_force=ranked.in_force,
            )


@dataclass(frozen=True, slots=True)
class _Asked:
    words: str
    at: date
    scope: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Compared:
    """How the query compares with each chunk, and what speaks for each article."""

    similarity: Scores
    keywords: Scores
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which chunks belong to which article; articles without a chunk have no place in it."""

    articles: tuple[Article, ...]
    first_chunks: Places
    end_chunks: Places

    @classmethod
    def of(cls, generation: SearchedGeneration) -> "_Layout":
        places = {article_id: place for place, article_id in enumerate(generation.articles)}
        owning = np.array([places[chunk.article_id] for chunk in generation.chunks], dtype=np.intp)
        if np.any(np.diff(owning) < 0):
            raise DamagedGenerationError(
                f"the chunks of generation {generation.id} don't stand in the order of its "
                "articles; run `candor reindex`"
            )
        present, first_chunks = np.unique(owning, return_index=True)
        articles = tuple(generation.articles.values())
        end_chunks = np.append(first_chunks[1:], len(owning))
        return cls(tuple(articles[place] for place in present), first_chunks, end_chunks)


def _best_first(scores: Scores) -> Iterator[int]:
    """Yield the places of the scores, highest first; only the first ones are sorted at once."""
    if len(scores) > SORTED_AT_ONCE:
        top = np.sort(np.argpartition(-scores, SORTED_AT_ONCE)[:SORTED_AT_ONCE])
        yield from top[np.argsort(-scores[top], kind="stable")].tolist()
        scores = scores.copy()
        scores[top] = np.nan  # sorted last, and cut off
        yield from np.argsort(-scores, kind="stable")[: -len(top)].tolist()
    else:
        yield from np.argsort(-scores, kind="stable").tolist()


def _applies(article: Article, scope: Mapping[str, str]) -> bool:
    wanted = {key.casefold(): value.casefold() for key, value in scope.items()}
    return all(
        key.casefold() not in wanted
        or wanted[key.casefold()] in {value.casefold() for value in values}
        for key, values in article.applies_to.items()
    )


def _without_repeats(passages: Iterable[Passage]) -> Iterator[Passage]:
    seen: set[tuple[str, bool]] = set()
    for passage in passages:
        # What comes into force later must not stand in for the same words in force today.
        said = " ".join(passage.chunk.text.casefold().split()), passage.in_force
        if said not in seen:
            seen.add(said)
            yield passage
