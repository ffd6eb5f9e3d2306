import pytest

from app.answer import Answer
from evals.metrics.context import ContextPrecision, ContextRecall, RetrievedNdcg
from evals.metrics.score import Metric, ScoreState
from tests.eval_builders import a_case, a_passage_of, an_abstention, an_answer, an_uncovered_case

METRICS: tuple[Metric, ...] = (RetrievedNdcg(k=5), ContextPrecision(), ContextRecall())


def found(*articles: str) -> Answer:
    return an_answer(passages=tuple(a_passage_of(one, f"Text of {one}.") for one in articles))


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
class TestEveryContextMetric:
    def test_is_1_for_the_gold_article_alone(self, metric: Metric) -> None:
        assert metric.score(a_case(), found("returns", "returns")).value == 1.0

    def test_is_0_where_nothing_was_found(self, metric: Metric) -> None:
        assert metric.score(a_case(), an_abstention()).value == 0.0

    def test_asks_nothing_of_a_case_without_a_gold_article(self, metric: Metric) -> None:
        score = metric.score(an_uncovered_case(), found("returns"))

        assert (score.state, score.value) == (ScoreState.NOT_APPLICABLE, None)


class TestContextPrecision:
    def test_is_the_mean_precision_at_the_ranks_of_the_gold_articles(self) -> None:
        case = a_case(articles=("a", "b"))

        score = ContextPrecision().score(case, found("a", "x", "b"))

        assert score.value == pytest.approx((1 + 2 / 3) / 2)
        assert score.reason == "found: a, x, b"


class TestContextRecall:
    def test_names_the_gold_articles_that_are_missing(self) -> None:
        score = ContextRecall().score(a_case(articles=("a", "b")), found("a", "x"))

        assert (score.successes, score.trials, score.reason) == (1, 2, "not found: b")


class TestRetrievedNdcg:
    def test_falls_with_the_rank_of_the_gold_article(self) -> None:
        score = RetrievedNdcg(k=5).score(a_case(), found("x", "y", "returns"))

        assert score.metric == "ndcg@5"
        assert score.value == pytest.approx(0.5)
