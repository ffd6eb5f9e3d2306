from datetime import date

import pytest

from app.answer import Citation, Sentence
from evals.metrics.faithfulness import Faithfulness, held_words, unfaithful
from evals.metrics.score import ScoreState
from knowledge_base.article import Article, Chunk, Passage
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer

BODY = "Unworn boots can be returned within 30 calendar days for a full refund of 75 USD."


class TestUnfaithful:
    def test_holds_a_verbatim_sentence(self) -> None:
        assert unfaithful(a_sentence(BODY)) is None

    @pytest.mark.parametrize(
        "text",
        [
            "You can return unworn boots within 30 days.",
            "Unworn boots: full refund of $75 within thirty days.",
            "Return the unworn boots for a refund.",
        ],
    )
    def test_holds_other_forms_of_the_same_words_and_numbers(self, text: str) -> None:
        assert unfaithful(a_sentence(text, cites=BODY)) is None

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("Unworn boots can be returned within 45 days.", "45 day"),
            ("Unworn boots can be returned within 30 months.", "30 month"),
            ("Unworn boots get a full refund of 30 USD.", "30 usd"),
            ("Unworn boots get a full refund of 75 %.", "75 %"),
            ("Unworn boots can be returned within 3 days.", "3 day"),
        ],
    )
    def test_finds_a_number_that_the_span_lacks(self, text: str, number: str) -> None:
        flaw = unfaithful(a_sentence(text, cites=BODY))

        assert flaw == f"numbers {number} not in the cited words: {text}"

    def test_finds_a_sentence_made_of_other_words(self) -> None:
        flaw = unfaithful(a_sentence("Muddy tents are repaired free of charge.", cites=BODY))

        assert flaw is not None
        assert flaw.startswith("0% of the words")

    def test_finds_a_sentence_without_a_citation(self) -> None:
        assert unfaithful(Sentence("Boots.", ())) == "no citation: Boots."

    def test_takes_the_first_day_of_a_rule_to_come_from_its_article(self) -> None:
        article = Article("fees", "Fees", "The fee is 5 USD.", "f.md", valid_from=date(2027, 1, 15))
        chunk = Chunk("fees", (), 0, 17, article.body)
        to_come = Citation(Passage(chunk, article, 1.0, in_force=False), 0, 17)
        in_force = Citation(Passage(chunk, article, 1.0, in_force=True), 0, 17)
        text = "From 15 January 2027: The fee is 5 USD."

        assert unfaithful(Sentence(text, (to_come,))) is None
        assert unfaithful(Sentence(text, (in_force,))) is not None


class TestHeldWords:
    def test_is_whole_for_a_sentence_without_content_words(self) -> None:
        assert held_words("It is so.", "") == 1.0

    def test_counts_negation_as_a_word(self) -> None:
        assert held_words("Boots can't be returned", "Boots can be returned") < 0.75


class TestFaithfulness:
    def test_counts_sentences(self) -> None:
        answer = an_answer(a_sentence(BODY), a_sentence("It takes 99 days.", cites=BODY))

        score = Faithfulness().score(a_case(), answer)

        assert (score.successes, score.trials, score.value) == (1, 2, 0.5)
        assert "99 day" in score.reason

    def test_asks_nothing_of_an_abstention(self) -> None:
        score = Faithfulness().score(a_case(), an_abstention())

        assert (score.state, score.value) == (ScoreState.NOT_APPLICABLE, None)
