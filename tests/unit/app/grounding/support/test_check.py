import pytest

from app.grounding.sources import Source, Sources
from app.grounding.support.check import Support, SupportCheck, SupportModel
from app.grounding.support.evidence import SupportEvidence
from app.grounding.support.model import load_support_model
from app.grounding.verdict import Claim, Finding, Place, Verdict
from tests.builders import a_question, an_article

BODY = "Skis can be returned within 30 days.\n\nGift cards can't be returned."


class FixedModel:
    """Gives every claim the same support."""

    threshold = 0.5

    def __init__(self, probability: float, *decisive: str) -> None:
        self._support = Support(probability, decisive)

    def support(self, evidence: SupportEvidence) -> Support:
        assert evidence.claim
        return self._support


def found_by(model: SupportModel, text: str, question: str = "What can I return?") -> Finding:
    article = an_article(BODY, title="Returns")
    sources = Sources((Source(article, 0, len(BODY)),))
    return SupportCheck(model).check(Claim(text, 0, len(text)), sources, a_question(question))


class TestSupportCheck:
    def test_supports_a_claim_at_the_threshold(self) -> None:
        found = found_by(FixedModel(0.5), "Skis can be returned.")

        assert found.verdict is Verdict.SUPPORTED
        assert found.support == 0.5
        assert found.check == "support"

    def test_lacks_information_below_it(self) -> None:
        found = found_by(FixedModel(0.49), "Skis can be returned.")

        assert found.verdict is Verdict.NOT_ENOUGH_INFO

    def test_rests_on_the_closest_statement(self) -> None:
        found = found_by(FixedModel(1), "A gift card is final.")

        assert found.place == Place(0, 38, len(BODY))

    def test_rests_on_nothing_where_no_statement_shares_a_word(self) -> None:
        found = found_by(FixedModel(1), "Teleporters hum.")

        assert found.place is None
        assert found.verdict is Verdict.NOT_ENOUGH_INFO
        assert found.support == 0
        assert found.reason == "no article speaks of this"

    @pytest.mark.parametrize("step", ["Tap **Save**.", "Select 3 teleporters."])
    def test_supports_no_step_that_no_article_speaks_of(self, step: str) -> None:
        found = found_by(FixedModel(0.7), step)

        assert found.support == 0

    def test_names_what_decided(self) -> None:
        found = found_by(
            FixedModel(0.1, "lacking", "numbers", "negation"),
            "Skis and poles can be returned within 31 days, not kept.",
        )

        assert found.reason == (
            "the articles have 4 of 7 words, not “poles”, “31”, “kept”; "
            "not in the closest statements: “31 day”; negation differs"
        )

    def test_names_each_reason_once(self) -> None:
        found = found_by(FixedModel(0.9, "pairs_best", "pairs_three", "run"), "Skis can be kept.")

        assert found.reason.count("pairs of words") == 1


class TestShippedModel:
    def test_supports_what_an_article_says(self) -> None:
        found = found_by(load_support_model(), "You can return skis within 30 days.")

        assert found.verdict is Verdict.SUPPORTED

    def test_does_not_support_what_no_article_says(self) -> None:
        found = found_by(
            load_support_model(),
            "Helmets earn loyalty points at every partner store worldwide.",
        )

        assert found.verdict is Verdict.NOT_ENOUGH_INFO

    def test_finds_the_same_each_time(self) -> None:
        model = load_support_model()

        first, second = (found_by(model, "Skis are returned by mail.") for _ in range(2))

        assert first == second

    def test_supports_less_what_has_an_invented_ending(self) -> None:
        model = load_support_model()
        said = "Skis can be returned within 30 days"

        plain, invented = (
            found_by(model, text)
            for text in (f"{said}.", f"{said} and we pay the courier's insurance abroad.")
        )

        assert invented.support < plain.support
