import pytest

from app.grounding.checks.steps import StepCheck
from app.grounding.sources import sources_of
from app.grounding.verdict import Claim, Finding, Verdict
from tests.builders import a_passage, a_question, an_article

ARTICLE = """\
Gift cards are kept under the tab that you opened last.

To cancel a booking:

1. Sign in and open **Account > Rentals**.
2. Choose the booking and then **Cancel**.
3. Click the **Send** button, or tap "Keep my booking" to leave it as it is.
"""
SOURCES = sources_of([a_passage(article=an_article(ARTICLE, title="Cards"))], {})


def found_in(text: str) -> Finding | None:
    return StepCheck().check(Claim(text, 0, len(text)), SOURCES, a_question("How do I cancel?"))


class TestStepCheck:
    @pytest.mark.parametrize(
        "claim",
        [
            'Click on the "Cards" tab.',
            "Open Account > Rentals, then choose Gift cards.",
            "To cancel: 2. Then you need to click the Cancel button.",
            "You can choose Send from the menu.",
        ],
        ids=["no step", "the second of two", "of two steps", "on what isn't there"],
    )
    def test_does_not_support_a_step_that_no_source_has(self, claim: str) -> None:
        found = found_in(claim)

        assert found is not None
        assert (found.verdict, found.check) == (Verdict.NOT_ENOUGH_INFO, "steps")

    def test_says_what_no_step_has(self) -> None:
        found = found_in("Open Account > Rentals, then choose Gift cards.")

        assert found is not None
        assert found.reason == "no step of the articles has 'Gift cards'"

    @pytest.mark.parametrize(
        "claim",
        [
            "Go to Account > Rentals.",
            "Now select your booking, and click Cancel.",
            "Press the Send button to cancel it.",
            "Open the booking when you are in the Denver store.",
            "The Cards tab is new.",
            "Gift cards: tap Keep my booking.",
        ],
        ids=["a path", "two steps", "with a purpose", "what is beside it", "no step", "a lead-in"],
    )
    def test_has_nothing_to_say_of(self, claim: str) -> None:
        assert found_in(claim) is None
