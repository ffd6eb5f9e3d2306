from math import log2

import pytest

from evals.metrics.ranking import hit, ndcg, reciprocal_rank


class TestHit:
    def test_looks_at_the_first_k_only(self) -> None:
        assert hit(["a", "b", "c"], {"c"}, 3)
        assert not hit(["a", "b", "c"], {"c"}, 2)


class TestReciprocalRank:
    def test_counts_the_first_gold_article(self) -> None:
        assert reciprocal_rank(["a", "b", "c"], {"b", "c"}, 10) == 0.5

    def test_is_zero_without_one(self) -> None:
        assert reciprocal_rank(["a"], {"b"}, 10) == 0.0


class TestNdcg:
    def test_is_one_for_the_best_order(self) -> None:
        assert ndcg(["a", "b", "x"], {"a", "b"}, 10) == 1.0

    def test_discounts_by_the_rank(self) -> None:
        assert ndcg(["x", "a"], {"a"}, 10) == pytest.approx(1 / log2(3))

    def test_takes_no_more_gold_articles_than_fit(self) -> None:
        assert ndcg(["a", "b"], {"a", "b", "c", "d"}, 2) == 1.0

    def test_counts_a_repeated_article_once(self) -> None:
        assert ndcg(["a", "a"], {"a", "b"}, 10) == pytest.approx(1 / (1 + 1 / log2(3)))

    def test_refuses_a_question_without_gold(self) -> None:
        with pytest.raises(ValueError, match="gold"):
            ndcg(["a"], set(), 10)
