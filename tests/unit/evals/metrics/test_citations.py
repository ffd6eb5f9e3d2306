from evals.metrics.citations import GoldCited, GoldRetrieved
from evals.metrics.score import ScoreState
from tests.eval_builders import (
    a_case,
    a_passage_of,
    a_sentence,
    an_abstention,
    an_answer,
    an_uncovered_case,
)


class TestGoldCited:
    def test_is_met_by_any_gold_article(self) -> None:
        case = a_case(articles=("refunds", "returns"))
        answer = an_answer(
            a_sentence("Hello.", article_id="shops"), a_sentence("30 days.", article_id="returns")
        )

        assert GoldCited().score(case, answer).value == 1.0

    def test_names_what_was_cited_instead(self) -> None:
        score = GoldCited().score(a_case(), an_answer(a_sentence("Hi.", article_id="shops")))

        assert (score.value, score.reason) == (0.0, "cited: shops")

    def test_is_missed_by_an_abstention(self) -> None:
        score = GoldCited().score(a_case(), an_abstention())

        assert (score.value, score.reason) == (0.0, "nothing is cited")

    def test_asks_nothing_of_an_uncovered_case(self) -> None:
        assert GoldCited().score(an_uncovered_case(), an_abstention()).state is (
            ScoreState.NOT_APPLICABLE
        )


class TestGoldRetrieved:
    def test_counts_articles_not_passages(self) -> None:
        passages = (
            a_passage_of("shops", "one"),
            a_passage_of("shops", "two"),
            a_passage_of("returns", "three"),
        )
        answer = an_answer(passages=passages)

        assert GoldRetrieved(k=1).score(a_case(), answer).value == 0.0
        assert GoldRetrieved(k=2).score(a_case(), answer).value == 1.0

    def test_says_that_nothing_was_found(self) -> None:
        score = GoldRetrieved(k=5).score(a_case(), an_abstention())

        assert (score.metric, score.value, score.reason) == ("retrieved@5", 0.0, "found: nothing")
