import pytest

from evals.metrics.relevance import AnswerRelevance
from evals.metrics.score import ScoreState
from knowledge_base.article import Article
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer

ARTICLES = tuple(
    Article(str(n), title, body, f"{n}.md")
    for n, (title, body) in enumerate(
        [("Boots", "Boots come back."), ("Tents", "Tents are mended."), ("Boots 2", "Wax boots.")]
    )
)


class TestAnswerRelevance:
    def test_weighs_a_rare_word_more_than_a_common_one(self) -> None:
        case = a_case(question="Boots or tents?")
        metric = AnswerRelevance(ARTICLES)

        boots = metric.score(case, an_answer(a_sentence("Boots.", article_id="x")))
        tents = metric.score(case, an_answer(a_sentence("Tents.", article_id="x")))

        assert boots.value is not None
        assert tents.value == pytest.approx(1 - boots.value)
        assert boots.value < 0.5
        assert boots.reason == "not taken up: tents"

    def test_counts_the_title_of_what_is_cited(self) -> None:
        answer = an_answer(a_sentence("You have 30 days.", article_id="tents"))

        assert AnswerRelevance(ARTICLES).score(a_case(question="Tents?"), answer).value == 1.0

    @pytest.mark.parametrize("question", ["What about it?", "Why?"])
    def test_asks_nothing_of_a_question_without_a_word_to_look_for(self, question: str) -> None:
        score = AnswerRelevance(ARTICLES).score(a_case(question=question), an_answer())

        assert (score.state, score.value) == (ScoreState.NOT_APPLICABLE, None)

    def test_asks_nothing_of_an_abstention(self) -> None:
        score = AnswerRelevance(ARTICLES).score(a_case(question="Tents?"), an_abstention())

        assert score.state is ScoreState.NOT_APPLICABLE
