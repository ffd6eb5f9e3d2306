"""How what speaks for an article is added up to one score: pure functions over arrays.

Each kind of evidence is put into standard deviations over the articles, and their weighted sum is
the score. The weights were fitted by `benchmarks/fit_ranking.py`, see `Weights`.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedding.embedder import Vectors

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
    """What speaks for each article: raw scores, in the order of the weights."""

    chunk_similarity: Scores
    chunk_keywords: Scores
    centre_similarity: Scores


def evidence_for_articles(
    chunk_similarity: Scores,
    chunk_keywords: Scores,
    centre_similarity: Scores,
    first_chunks: Places,
) -> Evidence:
    """Return what speaks for each article, given what speaks for its chunks.

    Args:
        chunk_similarity: Cosine of each chunk, grouped by article.
        chunk_keywords: BM25 of each chunk, grouped by article.
        centre_similarity: Cosine of each article's centre.
        first_chunks: Place of each article's first chunk.
    """
    return Evidence(
        chunk_similarity=np.maximum.reduceat(chunk_similarity, first_chunks),
        chunk_keywords=np.sqrt(np.maximum.reduceat(chunk_keywords, first_chunks)),
        centre_similarity=centre_similarity,
    )


def features(evidence: Evidence) -> Scores:
    """Return the standardised evidence: a row an article, a column a weight."""
    return np.stack(_columns(evidence), axis=1)


def article_scores(evidence: Evidence, weights: Weights) -> Scores:
    """Return the score of each article."""
    first, *others = (
        np.float32(weight) * column
        for weight, column in zip(astuple(weights), _columns(evidence), strict=True)
    )
    return np.asarray(sum(others, start=first))


def chunk_scores(
    similarity: Scores, keywords: Scores, evidence: Evidence, weights: Weights
) -> Scores:
    """Return the scores of an article's chunks, in the unit of the articles' scores.

    They are comparable with each other only.

    Args:
        similarity: Cosine of each of the chunks.
        keywords: BM25 of each of the chunks.
        evidence: What speaks for all articles.
        weights: How much each kind of evidence counts.
    """
    meaning = weights.chunk_similarity / _deviation(evidence.chunk_similarity)
    words = weights.chunk_keywords / _deviation(evidence.chunk_keywords)
    return np.asarray(meaning * similarity + words * np.sqrt(keywords), dtype=np.float32)


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


def _columns(evidence: Evidence) -> list[Scores]:
    """Return the standardised evidence, one array a weight."""
    columns = (evidence.chunk_similarity, evidence.chunk_keywords, evidence.centre_similarity)
    return [(one - one.mean()) / _deviation(one) for one in columns]


def _unit(vector: Scores) -> Scores:
    return np.asarray(vector / (np.linalg.norm(vector) or 1), dtype=np.float32)


def _deviation(scores: Scores) -> np.float32:
    centred = scores - scores.mean()
    return np.float32(np.sqrt(np.dot(centred, centred) / len(scores)) or 1)  # std() takes thrice
