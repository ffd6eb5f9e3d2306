import math
import time

import pytest

from app.grounding.sources import Source, Sources
from app.grounding.support.evidence import SupportEvidence
from app.grounding.support.features import SupportFeatures, features_of, overlap
from tests.builders import a_question, an_article

BODY = """\
You can return skis within 30 days if they are unused.

Gift cards can't be returned.

Orders over 50 EUR ship for free to the whole of Europe.

The shop in Oslo opens at noon.
"""


def sources_of(body: str = BODY) -> Sources:
    article = an_article(body, title="Returns")
    return Sources((Source(article, 0, len(body)),))


def features(claim: str, *, body: str = BODY, question: str = "Can I?") -> SupportFeatures:
    return features_of(SupportEvidence(claim, sources_of(body), a_question(question)))


class TestFeaturesOf:
    def test_a_quote_has_all_words_and_pairs_of_its_statement(self) -> None:
        found = features("You can return skis within 30 days if they are unused.")

        assert found.words_best == pytest.approx(1)
        assert found.pairs_best == found.pairs_three == found.pairs_anywhere == 1
        assert found.run == 1
        assert found.lacking == found.gap == 0

    def test_words_of_several_statements_count_together(self) -> None:
        found = features("Skis and gift cards")

        assert found.words_best < 1
        assert found.words_three == pytest.approx(1)

    def test_unknown_words_are_counted_and_those_in_a_row(self) -> None:
        found = features("Teleporters and helmets ship free; insurance is extra.")

        assert found.lacking == pytest.approx(math.log1p(4))
        assert found.gap == pytest.approx(math.log1p(2))

    def test_rare_words_are_those_of_few_statements(self) -> None:
        filler = "\n\n".join(f"Skis are waxed in room {room}." for room in range(20))

        found = features("Waxed skis need varnish", body=f"{filler}\n\nVarnish is sold out.")

        assert found.rare == pytest.approx(0.5)

    def test_a_number_needs_its_unit_in_the_closest_statements(self) -> None:
        assert features("Return skis within 30 days.").numbers == 0
        assert features("Return skis within 30 weeks.").numbers == pytest.approx(math.log1p(1))

    def test_a_number_that_stands_nowhere_is_told_apart(self) -> None:
        assert features("Return skis within 30 weeks.").numbers_nowhere == 0
        assert features("Return skis within 31 days.").numbers_nowhere > 0

    def test_a_negation_differs_from_the_closest_statement(self) -> None:
        assert features("Gift cards can be returned.").negation == 1
        assert features("Gift cards can never be returned.").negation == 0

    def test_a_bound_differs_from_the_closest_statements(self) -> None:
        assert features("Return skis within 30 days.").bound == 0
        assert features("Return skis after at least 30 days.").bound == 1

    def test_names_that_stand_nowhere_are_counted(self) -> None:
        assert features("The shop in Oslo opens at noon.").names == 0
        assert features("The shop in Bergen opens at noon.").names > 0

    def test_length_is_that_of_all_words(self) -> None:
        assert features("Click Save and wait.").length == pytest.approx(math.log1p(4))

    def test_a_step_tells_to_do_something(self) -> None:
        assert features("Then click **Save**.").step == 1
        assert features("Return skis for free.").step == 0

    def test_the_margin_is_that_to_the_next_statement(self) -> None:
        alone = features("Noon", body="The shop opens at noon.")
        twice = features("Noon", body="The shop opens at noon.\n\nLunch is at noon.")

        assert alone.margin > 0
        assert twice.margin == 0

    def test_a_colon_at_the_end_introduces_what_follows(self) -> None:
        assert features("You can return:").lead_in == 1

    def test_telling_that_the_sources_are_silent_is_seen(self) -> None:
        assert features("The passages do not mention helmets.").silence == 1

    def test_the_customers_own_words_are_known(self) -> None:
        found = features("Helmets can be returned.", question="Can I return helmets?")

        assert found.asked == 1
        assert found.asked_lacking == 1

    def test_a_claim_that_nothing_speaks_of_has_no_words(self) -> None:
        found = features("Teleporters hum.")

        assert found.words_best == found.words_three == found.margin == found.run == 0

    @pytest.mark.parametrize(
        "text",
        [
            "a" * 100_000,
            "word " * 20_000,
            "return skis within 30 days " * 4_000,
            "](" * 50_000,
            "(passage 1, " * 8_000,
            "not passage " * 8_000,
            "1.1" * 33_000,
            "\u202e\x00\ud800" * 33_000,
        ],
    )
    def test_a_hundred_thousand_characters_are_read_in_bounded_time(self, text: str) -> None:
        began = time.process_time()

        features(text)

        assert time.process_time() - began < 5


class TestOverlap:
    def test_is_the_share_of_words_that_the_sources_have(self) -> None:
        evidence = SupportEvidence("Skis and helmets", sources_of(), a_question("?"))

        assert overlap(evidence) == 0.5

    def test_is_whole_where_there_are_no_words(self) -> None:
        assert overlap(SupportEvidence("...", sources_of(), a_question("?"))) == 1
