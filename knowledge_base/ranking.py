"""How what speaks for an article is added up to one score: pure functions over arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, each in standard deviations over the articles."""

    similarity: float = 1.0
    """Cosine of query and chunk."""
    keywords: float = 0.4
    """BM25 of query and chunk."""
    article_keywords: float = 0.4
    """BM25 of query and whole article."""
    title_similarity: float = 0.3
    """Cosine of query and title."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each chunk and for each article, as raw scores."""

    similarity: Scores
    """By chunk."""
    keywords: Scores
    """By chunk."""
    article_keywords: Scores
    """By article."""
    title_similarity: Scores
    """By article."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Fused scores: comparable with each other, within one search."""

    articles: Scores
    chunks: Scores


def fuse(
    evidence: Evidence, first_chunks: NDArray[np.intp], owners: NDArray[np.intp], weights: Weights
) -> Ranking:
    """Return the fused score of each article and of each chunk.

    An article counts with its most similar chunk and with the one that shares most words; the
    scores of its chunks lie at or below its own, by what they lack to its best chunk.

    Args:
        evidence: Raw scores; chunks stand grouped by article, in the order of the articles.
        first_chunks: Index of each article's first chunk.
        owners: Index of each chunk's article.
        weights: How much each kind of evidence counts.
    """
    similarity = np.maximum.reduceat(evidence.similarity, first_chunks)
    keywords = np.maximum.reduceat(evidence.keywords, first_chunks)
    articles = (
        weights.similarity * standardised(similarity)
        + weights.keywords * standardised(keywords)
        + weights.article_keywords * standardised(evidence.article_keywords)
        + weights.title_similarity * standardised(evidence.title_similarity)
    )
    chunks = weights.similarity * standardised(evidence.similarity) + (
        weights.keywords * standardised(evidence.keywords)
    )
    best = np.maximum.reduceat(chunks, first_chunks)
    return Ranking(articles, articles[owners] + chunks - best[owners])


def standardised(scores: Scores) -> Scores:
    """Return `scores` in standard deviations from their mean; all 0 where they don't differ."""
    deviation = scores.std()
    if deviation == 0:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / deviation, dtype=np.float32)
