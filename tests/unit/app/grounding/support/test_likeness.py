"""Likeness by the bundled model: its thresholds mean nothing with another one."""

from collections.abc import Sequence

import pytest

from app.grounding.sources import Sources, sources_of
from app.grounding.support.check import SupportCheck
from app.grounding.support.likeness import with_likeness
from app.grounding.support.model import load_support_model
from app.grounding.thresholds import load_thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from app.grounding.verifier import Check
from knowledge_base.embedding.embedder import Embedder, Vectors
from knowledge_base.embedding.model_files import BUNDLED, find_model
from knowledge_base.embedding.sentence_transformer import SentenceTransformerEmbedder
from tests.builders import a_passage, a_question

SOURCES = sources_of(
    [
        a_passage("Items must be unworn and clean, with their tags attached."),
        a_passage("Each plan runs in the United States for twelve months from the day you join."),
        a_passage("We may ask you to send the item in; the label for that is free."),
        a_passage("A driver brings rental kayaks to the lake."),
    ],
    {},
)
ASKED = a_question("What are the conditions for the roadside assistance?")
SUPPORT = SupportCheck(load_support_model())


class AnotherModel:
    """Another model of the bundled one's name, which nobody should ask."""

    fingerprint = "all-MiniLM-L6-v2-0123456789ab"
    dimensions = 2

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"asked for {texts}")


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return SentenceTransformerEmbedder(find_model(BUNDLED))


def found_by(check: Check, text: str, sources: Sources = SOURCES) -> Finding:
    found = check.check(Claim(text, 0, len(text)), sources, ASKED)
    assert found is not None
    return found


class TestLikenessCheck:
    @pytest.mark.parametrize(
        "made_up",
        ["The driver must be in the United States.", "Each driver may join."],
    )
    def test_takes_support_back_from_common_words_about_nothing_that_is_there(
        self, made_up: str, embedder: Embedder
    ) -> None:
        by_words = found_by(SUPPORT, made_up)
        found = found_by(with_likeness(SUPPORT, embedder, load_thresholds()), made_up)

        assert by_words.verdict is Verdict.SUPPORTED
        assert found.verdict is Verdict.NOT_ENOUGH_INFO
        assert found.check == "likeness"
        assert found.reason.startswith("the closest statement is about something else: “")
        assert 0 <= found.support < by_words.support

    @pytest.mark.parametrize(
        "true",
        ["The tags have to be attached, and items unworn.", "A plan runs for twelve months."],
    )
    def test_leaves_a_claim_alone_that_says_it_in_other_words(
        self, true: str, embedder: Embedder
    ) -> None:
        found = found_by(with_likeness(SUPPORT, embedder, load_thresholds()), true)

        assert found == found_by(SUPPORT, true)
        assert found.verdict is Verdict.SUPPORTED

    def test_says_nothing_more_of_what_words_do_not_support(self, embedder: Embedder) -> None:
        claim = "Teleporters hum."

        found = found_by(with_likeness(SUPPORT, embedder, load_thresholds()), claim)

        assert found == found_by(SUPPORT, claim)
        assert found.check == "support"


class TestWithLikeness:
    @pytest.mark.parametrize("other", [None, AnotherModel()])
    def test_leaves_it_out_where_its_thresholds_were_not_chosen(
        self, other: Embedder | None
    ) -> None:
        assert with_likeness(SUPPORT, other, load_thresholds()) is SUPPORT
