from datetime import date

import pytest

from app.answer import Question
from app.grounding.grounds import Grounds
from app.grounding.sources import sources_of
from app.grounding.verdict import Finding, Verdict, worst
from tests.builders import a_passage, an_article

FEE = "The annual fee is 40 USD."
GOLD = an_article(
    f"Apply online for your Aurum Travel Card. {FEE}", article_id="gold", title="Costs of a card"
)
GOLD_ALONE = an_article(FEE, article_id="gold", title="Aurum Travel Card: costs")
SILVER = an_article(
    "With the Argent Travel Card you pay 10 USD a year.", article_id="silver", title="A card"
)


def finding(claim: str, question: str, *articles: object) -> Finding:
    listed = [a_passage(article=one) for one in articles]  # type: ignore[arg-type] # only articles
    asked = Question(question, question, date(2026, 11, 1))
    return worst(Grounds.of().verifier.verify(claim, sources_of(listed, {}), asked))


class TestNamesakeCheck:
    def test_contradicts_a_name_in_the_place_of_another(self) -> None:
        claim = "With the Argent Travel Card you pay 40 USD a year."
        stated = an_article("With the Aurum Travel Card you pay 40 USD a year.")

        found = finding(claim, "What do I pay?", stated)

        assert (found.verdict, found.reason) == (
            Verdict.CONTRADICTED,
            "is said of 'aurum travel card'",
        )

    def test_contradicts_what_stands_below_the_name_of_another(self) -> None:
        found = finding(FEE, "What is the fee of the Argent Travel Card?", GOLD_ALONE, SILVER)

        assert found.verdict is Verdict.CONTRADICTED

    @pytest.mark.parametrize(
        "question",
        [
            "What is the fee of the aurum travel card?",
            "What is the fee of a Travel Card?",
            "What is the fee?",
            "Is the Aurum Travel Card dearer than the Argent Travel Card?",
        ],
    )
    def test_lets_stand_what_may_hold_for_the_thing_asked_about(self, question: str) -> None:
        assert finding(FEE, question, GOLD_ALONE, SILVER).verdict is Verdict.SUPPORTED

    def test_lets_stand_what_is_said_in_an_article_about_all(self) -> None:
        general = an_article(FEE, article_id="all", title="What a card costs")

        found = finding(FEE, "What is the fee of the Argent Travel Card?", general, SILVER)

        assert found.verdict is Verdict.SUPPORTED

    def test_compares_with_the_statement_of_the_thing_that_is_named(self) -> None:
        row = "- **Aurum Travel Card**: adds 3 points\n- **Argent Travel Card**: adds 2 points"
        bonus = an_article(row, article_id="bonus", title="Points")

        found = finding("Argent Travel Card: adds 3 points", "What does a card add?", bonus)

        assert found.verdict is Verdict.CONTRADICTED
