import pytest

from app.grounding.checks.openings import own_text, without_topic
from app.grounding.sources import sources_of
from app.grounding.verdict import Claim
from tests.builders import a_passage, a_question, an_article

SHOES = """\
# Returning shoes

To return shoes:

1. Print the label.
2. Bring them to a shop.
"""


def an_item(lead_in: str, item: str) -> str:
    sources = sources_of([a_passage(article=an_article(SHOES, title="Shoes"))], {})
    claim = Claim(f"{lead_in} {item}", 0, len(item))
    return own_text(claim, sources, a_question("How do I return shoes?"))


class TestWithoutTopic:
    @pytest.mark.parametrize(
        "text",
        [
            "With Free trial, it ends after 14 days.",
            "According to our Free trial policy, it ends after 14 days.",
            "When it comes to “Free trial”, it ends after 14 days.",
            "Free trial: it ends after 14 days.",
        ],
    )
    def test_leaves_out_an_opening_that_only_names_the_topic(self, text: str) -> None:
        assert without_topic(text, ["Free trial"]) == "it ends after 14 days."

    @pytest.mark.parametrize(
        "text",
        [
            "A free trial is included.",
            "With Free trial members, it ends after 14 days.",
            "With another plan, it ends after 14 days.",
            "Free trial:",
        ],
    )
    def test_keeps_what_says_more(self, text: str) -> None:
        assert without_topic(text, ["Free trial"]) == text


class TestOwnText:
    def test_leaves_out_what_a_step_is_for(self) -> None:
        assert an_item("To return shoes, follow these steps:", "Print the label.") == (
            "Print the label."
        )

    @pytest.mark.parametrize(
        "lead_in",
        ["To return ropes:", "If you wear them, try this:", "To return shoes within 40 days:"],
    )
    def test_keeps_a_purpose_that_the_article_does_not_have_there(self, lead_in: str) -> None:
        assert an_item(lead_in, "Print the label.") == f"{lead_in} Print the label."
