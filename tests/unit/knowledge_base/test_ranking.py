"""Evidence for chunks and articles, added up to one score."""

import numpy as np
import pytest

from knowledge_base.ranking import (
    FEEDBACK_SHARE,
    Evidence,
    Weights,
    centres,
    features,
    fuse,
    moved,
)

FIRST_CHUNKS = np.array([0, 2, 3], dtype=np.intp)
OWNERS = np.array([0, 0, 1, 2], dtype=np.intp)


def evidence(
    chunk_similarity: tuple[float, ...] = (0, 0, 0, 0),
    chunk_keywords: tuple[float, ...] = (0, 0, 0, 0),
    centre_similarity: tuple[float, ...] = (0, 0, 0),
) -> Evidence:
    raw = (chunk_similarity, chunk_keywords, centre_similarity)
    return Evidence(*(np.array(scores, dtype=np.float32) for scores in raw))


class TestFeatures:
    def test_take_the_best_chunk_of_each_article(self) -> None:
        one = features(evidence(chunk_similarity=(0.9, 0.1, 0.5, 0.4)), FIRST_CHUNKS)
        other = features(evidence(chunk_similarity=(0.2, 0.9, 0.5, 0.4)), FIRST_CHUNKS)

        assert np.array_equal(one, other)

    def test_are_in_standard_deviations_over_the_articles(self) -> None:
        found = features(evidence(centre_similarity=(0.1, 0.2, 0.9)), FIRST_CHUNKS)

        assert found.shape == (3, 3)
        assert found[:, 2].mean() == pytest.approx(0, abs=1e-6)
        assert found[:, 2].std() == pytest.approx(1)

    def test_are_nought_where_the_articles_do_not_differ(self) -> None:
        assert not features(evidence(centre_similarity=(0.5, 0.5, 0.5)), FIRST_CHUNKS).any()


class TestFuse:
    @pytest.mark.parametrize(
        "speaking",
        [
            evidence(chunk_similarity=(0.1, 0.2, 0.9, 0.3)),
            evidence(chunk_keywords=(1, 2, 9, 3)),
            evidence(centre_similarity=(0.1, 0.9, 0.3)),
        ],
    )
    def test_ranks_first_what_any_one_kind_of_evidence_speaks_for(self, speaking: Evidence) -> None:
        ranking = fuse(speaking, FIRST_CHUNKS, OWNERS, Weights())

        assert int(np.argmax(ranking.articles)) == 1

    def test_weighs_the_kinds_of_evidence(self) -> None:
        torn = evidence(chunk_keywords=(0, 0, 9, 0), centre_similarity=(0.9, 0, 0))
        words, meaning = Weights(0, 1, 0.5), Weights(0, 0.5, 1)

        assert np.argmax(fuse(torn, FIRST_CHUNKS, OWNERS, words).articles) == 1
        assert np.argmax(fuse(torn, FIRST_CHUNKS, OWNERS, meaning).articles) == 0

    def test_gives_the_best_chunk_its_articles_score_and_the_others_less(self) -> None:
        speaking = evidence(chunk_similarity=(0.9, 0.2, 0.5, 0.4), centre_similarity=(0, 0.9, 0))

        ranking = fuse(speaking, FIRST_CHUNKS, OWNERS, Weights())

        assert ranking.chunks[0] == pytest.approx(ranking.articles[0])
        assert ranking.chunks[1] < ranking.articles[0]
        assert ranking.chunks[2:].tolist() == pytest.approx(ranking.articles[1:].tolist())


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
