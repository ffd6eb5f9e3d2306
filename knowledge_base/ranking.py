"""How what speaks for an article is added up to one score: pure functions over arrays.

Each kind of evidence is put into standard deviations over the articles, and their weighted sum is
the score. The weights were fitted by `benchmarks/fit_ranking.py`, see `Weights`.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedding import Vectors

Scores = NDArray[np.float32]
Places = NDArray[np.intp]


FEEDBACK_ARTICLES = 3
FEEDBACK_SHARE = 0.6
"""Length of what the feedback adds to a query's vector of length 1; chosen like the weights."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, per standard deviation over the articles.

    Fitted on the questions of WixQA (45, over its own articles and over those of eight help
    centres) and TechQA (107) whose sha256(id) is even, with softmax cross-entropy over the
    articles; `docs/measurements.md` has the figures on the odd ones.
    """

    chunk_similarity: float = 0.96
    """Cosine of the query and the article's most similar chunk."""
    chunk_keywords: float = 0.85
    """Square root of the BM25 of the query and the chunk that shares most words with it."""
    centre_similarity: float = 0.82
    """Cosine of the query, moved by feedback, and the mean of the article's chunks."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each chunk and for each article, as raw scores."""

    chunk_similarity: Scores
    chunk_keywords: Scores
    centre_similarity: Scores


@dataclass(frozen=True, slots=True)
class Ranking:
    """Fused scores: comparable with each other, within one search."""

    articles: Scores
    chunks: Scores


def features(evidence: Evidence, first_chunks: Places) -> Scores:
    """Return the standardised evidence for each article: a row an article, a column a weight.

    Args:
        evidence: Raw scores; chunks stand grouped by article, in the order of the articles.
        first_chunks: Place of each article's first chunk.
    """
    columns = (
        np.maximum.reduceat(evidence.chunk_similarity, first_chunks),
        np.sqrt(np.maximum.reduceat(evidence.chunk_keywords, first_chunks)),
        evidence.centre_similarity,
    )
    return np.stack([_standardised(column) for column in columns], axis=1)


def fuse(evidence: Evidence, first_chunks: Places, owners: Places, weights: Weights) -> Ranking:
    """Return the fused score of each article and of each chunk.

    The best chunk of an article has its article's score, another one less by what it lacks.

    Args:
        evidence: Raw scores; chunks stand grouped by article, in the order of the articles.
        first_chunks: Place of each article's first chunk.
        owners: Place of each chunk's article.
        weights: How much each kind of evidence counts.
    """
    weighing = np.asarray(astuple(weights), dtype=np.float32)
    articles = features(evidence, first_chunks) @ weighing
    chunks = weights.chunk_similarity * _standardised(evidence.chunk_similarity) + (
        weights.chunk_keywords * _standardised(np.sqrt(evidence.chunk_keywords))
    )
    best = np.maximum.reduceat(chunks, first_chunks)
    return Ranking(articles, articles[owners] + chunks - best[owners])


def centres(vectors: Vectors, first_chunks: Places) -> Vectors:
    """Return the mean of each article's chunk vectors, scaled to length 1.

    Args:
        vectors: One row a chunk, grouped by article.
        first_chunks: Place of each article's first chunk.
    """
    sums = np.add.reduceat(vectors, first_chunks, axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def moved(vector: Scores, found: Vectors, scores: Sequence[float]) -> Scores:
    """Return the query's vector, moved towards what was found for it: pseudo-relevance feedback.

    Rocchio 1971, with the found ones weighted by the softmax of their scores.

    Args:
        vector: The query's, of length 1.
        found: One unit vector a row.
        scores: The fused score of each row.
    """
    if not scores:
        return vector
    likelihood = np.exp(np.asarray(scores) - max(scores))
    return np.asarray(vector + FEEDBACK_SHARE * _unit(likelihood @ found), dtype=np.float32)


def _unit(vector: Scores) -> Scores:
    return np.asarray(vector / (np.linalg.norm(vector) or 1), dtype=np.float32)


def _standardised(scores: Scores) -> Scores:
    deviation = scores.std()
    if deviation == 0:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / deviation, dtype=np.float32)
