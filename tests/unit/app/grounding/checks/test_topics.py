import pytest

from app.grounding.checks.topics import TopicCheck
from app.grounding.sources import sources_of
from app.grounding.thresholds import load_thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from tests.builders import a_passage, a_question, an_article

SOURCES = sources_of(
    [
        a_passage(
            article=an_article(
                "Home pick-up costs 11 USD.", article_id="pick-up", title="Home pick-up"
            )
        ),
        a_passage(article=an_article("It takes 2 hours.", article_id="courses", title="Workshops")),
    ],
    {},
)


def found_in(text: str) -> Finding | None:
    check = TopicCheck(load_thresholds())
    return check.check(Claim(text, 0, len(text)), SOURCES, a_question("What of the workshop?"))


class TestTopicCheck:
    def test_does_not_support_another_articles_topic_by_the_words_of_this_one(self) -> None:
        found = found_in("The workshop costs 11 USD.")

        assert found is not None
        assert found.verdict is Verdict.NOT_ENOUGH_INFO
        assert found.reason == (
            "the closest statement, of 'Home pick-up', doesn't speak of 'workshop', "
            "which another article is about"
        )

    @pytest.mark.parametrize(
        "claim",
        [
            "What home pick-up costs is 11 USD.",
            "The workshop takes 2 hours.",
            "Teleporters hum.",
        ],
        ids=["its own topic", "of the article of that topic", "nothing is close"],
    )
    def test_has_nothing_to_say_of(self, claim: str) -> None:
        assert found_in(claim) is None
