from datetime import date

from app.answer import Question
from app.grounding.grounds import Grounds
from app.grounding.sources import sources_of
from app.grounding.verdict import Verdict, worst
from tests.builders import a_passage, an_article

FEE = "The annual fee is 40 USD."


def verdict(question: str, claim: str = FEE, body: str = FEE) -> Verdict:
    gold = a_passage(article=an_article(body, article_id="gold", title="The Aurum card"))
    silver = a_passage(
        article=an_article(
            "The annual fee is 10 USD.", article_id="silver", title="The Argent card"
        )
    )
    asked = Question(question, question, date(2026, 11, 1))
    return worst(Grounds.of().verifier.verify(claim, sources_of([gold, silver], {}), asked)).verdict


class TestSiblingCheck:
    def test_contradicts_what_is_said_of_a_sibling(self) -> None:
        assert verdict("What does the Argent card cost a year?") is Verdict.CONTRADICTED

    def test_supports_what_is_said_of_the_thing_asked_about(self) -> None:
        assert verdict("What does the Aurum card cost a year?") is Verdict.SUPPORTED

    def test_supports_either_where_both_are_asked_about(self) -> None:
        question = "Is the Aurum card dearer than the Argent card?"

        assert verdict(question) is Verdict.SUPPORTED

    def test_has_nothing_against_an_article_whose_title_is_no_name(self) -> None:
        question = "What does the Argent card cost a year?"
        general = a_passage(article=an_article(FEE, article_id="all", title="What a card costs"))
        silver = a_passage(article=an_article("Apply online.", title="The Argent card"))
        asked = Question(question, question, date(2026, 11, 1))
        sources = sources_of([general, silver], {})

        found = Grounds.of().verifier.verify(FEE, sources, asked)

        assert worst(found).verdict is Verdict.SUPPORTED

    def test_lets_a_statement_be_that_names_the_other_itself(self) -> None:
        body = "The Argent card has an annual fee of 40 USD."

        assert verdict("What does the Argent card cost?", body, body) is Verdict.SUPPORTED

    def test_takes_no_gerund_and_no_far_title_for_a_sibling(self) -> None:
        question = "How do I change the email address of my account?"
        stated = "Enter the code that was sent to your phone."
        recovering = a_passage(article=an_article(stated, title="Recovering Your Account"))
        changing = a_passage(
            article=an_article("Click Edit.", title="Changing the Email Address of Your Account")
        )
        asked = Question(question, question, date(2026, 11, 1))

        found = Grounds.of().verifier.verify(stated, sources_of([recovering, changing], {}), asked)

        assert worst(found).verdict is Verdict.SUPPORTED
