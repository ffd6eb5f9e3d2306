import pytest

from app.answer import Exchange
from app.answering.conversation import completed
from knowledge_base.article import Article
from knowledge_base.scope import Scopes

SCOPES = Scopes(
    [
        Article(
            id="a",
            title="A",
            body="Summit members save.",
            path="a.md",
            applies_to={"plan": ("Trail", "Summit"), "region": ("US", "EU")},
        )
    ]
)


def after(query: str) -> tuple[Exchange, ...]:
    return (Exchange(question=query, answer="", query=query),)


class TestCompleted:
    @pytest.mark.parametrize(
        ("earlier", "question", "query"),
        [
            (
                "How long can I return boots in the US?",
                "And in the EU?",
                "How long can I return boots in the EU?",
            ),
            ("How do I cancel Trail?", "What about Summit?", "How do I cancel Summit?"),
            ("How do I cancel my plan?", "And Summit?", "How do I cancel my plan? Summit"),
            (
                "Can I return boots?",
                "how long does that take?",
                "how long does that take? return boots",
            ),
            (
                "Can I return boots?",
                "And if they're on sale?",
                "Can I return boots? And if they're on sale?",
            ),
        ],
    )
    def test_fills_in_what_a_follow_up_leaves_unsaid(
        self, earlier: str, question: str, query: str
    ) -> None:
        completion = completed(question, after(earlier), SCOPES)

        assert completion == query

    @pytest.mark.parametrize(
        "question",
        [
            "Do you sell gift cards?",
            "My tent broke, can you repair it?",
            "What are the opening hours of your store?",
            "How do I change the address of an order that was already placed?",
        ],
    )
    def test_leaves_a_question_that_stands_alone_as_it_is(self, question: str) -> None:
        completion = completed(question, after("Can I return boots?"), SCOPES)

        assert completion == question

    def test_leaves_the_first_question_as_it_is(self) -> None:
        completion = completed("And in the EU?", (), SCOPES)

        assert completion == "And in the EU?"

    def test_works_out_the_earlier_queries_where_they_are_not_known(self) -> None:
        history = [
            Exchange(question="How long can I return boots in the US?", answer="", query=""),
            Exchange(question="And in the EU?", answer="", query=""),
        ]

        completion = completed("what about Summit?", history, SCOPES)

        assert completion == "How long can I return boots in the EU? Summit"
