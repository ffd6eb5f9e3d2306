"""Evidence for chunks and articles, added up to one score."""

import numpy as np
import pytest

from knowledge_base.searching.ranking import (
    FEEDBACK_SHARE,
    Evidence,
    Scores,
    Weights,
    article_scores,
    centres,
    chunk_scores,
    evidence_for_articles,
    features,
    moved,
)

FIRST_CHUNKS = np.array([0, 2, 3], dtype=np.intp)


def numbers(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


def evidence(
    chunk_similarity: tuple[float, ...] = (0, 0, 0),
    chunk_keywords: tuple[float, ...] = (0, 0, 0),
    centre_similarity: tuple[float, ...] = (0, 0, 0),
) -> Evidence:
    return Evidence(
        numbers(*chunk_similarity), numbers(*chunk_keywords), numbers(*centre_similarity)
    )


class TestEvidenceForArticles:
    def test_takes_the_best_chunk_of_each_article(self) -> None:
        similarity, keywords = numbers(0.9, 0.1, 0.5, 0.4), numbers(0, 4, 1, 9)

        found = evidence_for_articles(similarity, keywords, numbers(1, 2, 3), FIRST_CHUNKS)

        assert found.chunk_similarity == pytest.approx([0.9, 0.5, 0.4])
        assert found.centre_similarity.tolist() == [1, 2, 3]

    def test_damps_what_many_shared_words_say(self) -> None:
        keywords = numbers(0, 4, 1, 9)

        found = evidence_for_articles(keywords, keywords, numbers(0, 0, 0), FIRST_CHUNKS)

        assert found.chunk_keywords.tolist() == [2, 1, 3]


class TestFeatures:
    def test_are_in_standard_deviations_over_the_articles(self) -> None:
        found = features(evidence(centre_similarity=(0.1, 0.2, 0.9)))

        assert found.shape == (3, 3)
        assert found[:, 2].mean() == pytest.approx(0, abs=1e-6)
        assert found[:, 2].std() == pytest.approx(1)

    def test_are_nought_where_the_articles_do_not_differ(self) -> None:
        assert not features(evidence(centre_similarity=(0.5, 0.5, 0.5))).any()


class TestArticleScores:
    @pytest.mark.parametrize(
        "speaking",
        [
            evidence(chunk_similarity=(0.2, 0.9, 0.3)),
            evidence(chunk_keywords=(2, 9, 3)),
            evidence(centre_similarity=(0.1, 0.9, 0.3)),
        ],
    )
    def test_are_highest_for_what_any_one_kind_of_evidence_speaks_for(
        self, speaking: Evidence
    ) -> None:
        assert int(np.argmax(article_scores(speaking, Weights()))) == 1

    def test_weigh_the_kinds_of_evidence(self) -> None:
        torn = evidence(chunk_keywords=(0, 9, 0), centre_similarity=(0.9, 0, 0))

        assert np.argmax(article_scores(torn, Weights(0, 1, 0.5))) == 1
        assert np.argmax(article_scores(torn, Weights(0, 0.5, 1))) == 0


class TestChunkScores:
    SIMILARITY, KEYWORDS = numbers(0.9, 0.1), numbers(0, 9)
    ARTICLES = evidence((0.9, 0.5, 0.1), (3, 2, 1))

    def test_weigh_meaning_and_words(self) -> None:
        by_meaning = chunk_scores(self.SIMILARITY, self.KEYWORDS, self.ARTICLES, Weights(1, 0.1, 0))
        by_words = chunk_scores(self.SIMILARITY, self.KEYWORDS, self.ARTICLES, Weights(0.1, 1, 0))

        assert np.argmax(by_meaning) == 0
        assert np.argmax(by_words) == 1

    def test_are_in_the_unit_of_the_articles_scores(self) -> None:
        nothing = numbers(0, 0, 0)
        articles = evidence_for_articles(numbers(0.9, 0.5, 0.1), nothing, nothing, np.arange(3))

        chunks = chunk_scores(numbers(0.9, 0.5), numbers(0, 0), articles, Weights())

        scores = article_scores(articles, Weights())
        assert chunks[0] - chunks[1] == pytest.approx(scores[0] - scores[1], abs=1e-5)

    def test_are_nought_without_any_evidence(self) -> None:
        assert not chunk_scores(numbers(0, 0), numbers(0, 0), evidence(), Weights()).any()


class TestCentres:
    def test_are_the_unit_means_of_each_articles_chunks(self) -> None:
        vectors = np.array([[1, 0], [0, 1], [0, 2], [3, 0]], dtype=np.float32)

        found = centres(vectors, FIRST_CHUNKS)

        assert found == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [0, 1], [1, 0]]))

    def test_are_nought_where_the_chunks_cancel_out(self) -> None:
        vectors = np.array([[1, 0], [-1, 0]], dtype=np.float32)

        assert centres(vectors, np.array([0], dtype=np.intp)).tolist() == [[0, 0]]


class TestMoved:
    QUERY = np.array([1, 0], dtype=np.float32)

    def test_stays_where_nothing_was_found(self) -> None:
        nothing = np.zeros((0, 2), dtype=np.float32)

        assert moved(self.QUERY, nothing, []).tolist() == [1, 0]

    def test_goes_towards_what_was_found(self) -> None:
        found = np.array([[0, 1]], dtype=np.float32)

        assert moved(self.QUERY, found, [2.0]).tolist() == pytest.approx([1, FEEDBACK_SHARE])

    def test_goes_farther_towards_what_scored_higher(self) -> None:
        found = np.array([[0, 1], [0, -1]], dtype=np.float32)

        assert moved(self.QUERY, found, [900.0, 1.0])[1] > 0
        assert moved(self.QUERY, found, [1.0, 900.0])[1] < 0

    def test_stays_where_what_was_found_cancels_out(self) -> None:
        found = np.array([[0, 1], [0, -1]], dtype=np.float32)

        assert moved(self.QUERY, found, [1.0, 1.0]).tolist() == pytest.approx([1, 0])
