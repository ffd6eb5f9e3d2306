from datetime import date

import pytest

from app.answer import Outcome, Question
from app.decision import decide
from knowledge_base.article import Article, Passage
from knowledge_base.scope import Scopes
from knowledge_base.searching.search import RankedArticle, SearchResult
from tests.builders import a_passage, an_article

NOVEMBER = date(2026, 11, 1)
PRESENT = an_article("You have 28 days.", article_id="returns")
UPCOMING = an_article(
    "You have 35 days.",
    article_id="returns-2027",
    valid_from=date(2027, 1, 15),
    supersedes=["returns"],
)


def a_question(text: str, **scope: str) -> Question:
    return Question(text=text, query=text, at=NOVEMBER, scope=scope)


def found(*passages: Passage) -> SearchResult:
    ranked = (RankedArticle(one.article, one.score, in_force=one.in_force) for one in passages)
    return SearchResult(passages, tuple(ranked))


def plan(name: str) -> Article:
    return an_article(f"{name} costs money.", article_id=name, applies_to={"plan": (name,)})


class TestDecide:
    def test_abstains_where_nothing_is_found(self) -> None:
        decided = decide(a_question("Refunds?"), SearchResult(), Scopes([]))

        assert decided.outcome is Outcome.ABSTAINED

    def test_abstains_where_a_plan_is_named_that_is_not_sold(self) -> None:
        scopes = Scopes([plan("Trail"), plan("Summit")])
        asked = a_question("How much off rentals do I get with the Premium plan?")

        decided = decide(asked, found(a_passage(article=plan("Trail"))), scopes)

        assert decided.outcome is Outcome.ABSTAINED

    def test_answers_from_what_is_found(self) -> None:
        passage = a_passage(article=PRESENT)

        decided = decide(a_question("Refunds?"), found(passage), Scopes([]))

        assert (decided.outcome, decided.passages) == (None, (passage,))


class TestTime:
    def test_answers_from_what_is_in_force(self) -> None:
        present = a_passage(article=PRESENT)
        upcoming = a_passage(article=UPCOMING, in_force=False)

        decided = decide(a_question("How long?"), found(upcoming, present), Scopes([]))

        assert decided.passages == (present,)

    @pytest.mark.parametrize(
        "text",
        [
            "How long will I have from January 2027?",
            "How long do I have next year?",
            "Will the deadline soon be longer?",
            "What are the new rules?",
        ],
    )
    def test_answers_from_what_is_to_come_where_that_is_asked_about(self, text: str) -> None:
        present = a_passage(article=PRESENT)
        upcoming = a_passage(article=UPCOMING, in_force=False)

        decided = decide(a_question(text), found(present, upcoming), Scopes([]))

        assert decided.passages == (upcoming,)

    def test_keeps_what_is_to_come_where_it_replaces_nothing(self) -> None:
        upcoming = a_passage(
            article=an_article("We collect.", valid_from=date(2027, 1, 15)), in_force=False
        )

        decided = decide(a_question("Do you collect?"), found(upcoming), Scopes([]))

        assert decided.passages == (upcoming,)


class TestChoice:
    def test_asks_which_one_where_siblings_answer_alike(self) -> None:
        trail, summit = plan("Trail"), plan("Summit")
        passages = (a_passage(article=trail, score=5.0), a_passage(article=summit, score=4.8))

        decided = decide(a_question("What is the fee?"), found(*passages), Scopes([trail, summit]))

        assert decided.outcome is Outcome.CLARIFY
        assert "Trail or Summit" in decided.text

    @pytest.mark.parametrize(
        "asked",
        [
            a_question("What is the fee?", plan="Trail"),
            a_question("Is Trail cheaper than Summit?"),
        ],
    )
    def test_does_not_ask_what_was_said(self, asked: Question) -> None:
        trail, summit = plan("Trail"), plan("Summit")
        passages = (a_passage(article=trail, score=5.0), a_passage(article=summit, score=4.8))

        decided = decide(asked, found(*passages), Scopes([trail, summit]))

        assert decided.outcome is None

    def test_does_not_ask_where_one_article_is_far_ahead(self) -> None:
        trail, summit = plan("Trail"), plan("Summit")
        passages = (a_passage(article=trail, score=5.0), a_passage(article=summit, score=2.0))

        decided = decide(a_question("What is the fee?"), found(*passages), Scopes([trail, summit]))

        assert decided.outcome is None

    def test_does_not_ask_where_nothing_speaks_of_the_question(self) -> None:
        trail, summit = plan("Trail"), plan("Summit")
        passages = (
            a_passage(article=trail, score=5.0, similarity=0.2),
            a_passage(article=summit, score=4.8, similarity=0.2),
        )

        decided = decide(a_question("Who won?"), found(*passages), Scopes([trail, summit]))

        assert decided.outcome is None
