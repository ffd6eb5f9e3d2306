from itertools import groupby

import pytest

from benchmarks.claim_mutations.draw import Draw, Sizes
from benchmarks.claim_mutations.help_centre import HelpCentre
from benchmarks.claim_mutations.names import Names
from benchmarks.claim_mutations.row import Kind, Part, Row, Wording
from tests.builders import an_article

SUMMIT = """We refund the full Summit fee if you cancel within 30 days of joining.

You earn 5% loyalty credit on everything you buy, except gift cards.

Summit members get two free labels a year."""
TRAIL = """We refund the full Trail fee if you cancel within 14 days of joining.

You can have up to 15 alerts at a time."""


@pytest.fixture
def help_centre() -> HelpCentre:
    return HelpCentre(
        "sample",
        (
            an_article(
                SUMMIT, article_id="summit", title="Summit", applies_to={"plan": ("Summit",)}
            ),
            an_article(TRAIL, article_id="trail", title="Trail", applies_to={"plan": ("Trail",)}),
        ),
    )


class TestDraw:
    def test_gives_the_same_rows_for_the_same_seed(self, help_centre: HelpCentre) -> None:
        first = _rows(help_centre, seed=1)

        assert _rows(help_centre, seed=1) == first
        assert _rows(help_centre, seed=2) != first

    def test_supports_unchanged_claims_alone(self, help_centre: HelpCentre) -> None:
        rows = _rows(help_centre)

        assert {row.supported for row in rows if row.kind is Kind.UNCHANGED} == {True}
        assert {row.supported for row in rows if row.kind is not Kind.UNCHANGED} == {False}

    def test_keeps_the_sentence_that_was_changed_among_the_passages(
        self, help_centre: HelpCentre
    ) -> None:
        for row in _rows(help_centre):
            assert row.kind is Kind.INVENTED_POLICY or any(
                row.sentence in passage.text for passage in row.passages
            )

    def test_keeps_to_the_sizes_of_each_kind_and_wording(self, help_centre: HelpCentre) -> None:
        rows = sorted(_rows(help_centre, sizes=Sizes(4, 4)), key=lambda row: row.kind)

        for _, of_kind in groupby(rows, lambda row: row.kind):
            parts = [row.template_part for row in of_kind]
            assert parts.count(None) <= 2
            assert max(parts.count(part) for part in Part) <= 1

    def test_names_the_templates_of_claims_in_other_words_alone(
        self, help_centre: HelpCentre
    ) -> None:
        for row in _rows(help_centre):
            assert (row.wording is Wording.REWRITTEN) == bool(row.template)
            assert (row.wording is Wording.REWRITTEN) == (row.template_part is not None)

    def test_names_the_sibling_that_a_claim_is_about_now(self, help_centre: HelpCentre) -> None:
        named = [row for row in _rows(help_centre) if row.change == "sibling named"]

        assert named
        for row in named:
            other = "Trail" if "Trail" in row.claim else "Summit"
            assert other not in row.sentence
            assert other in row.question


class TestNames:
    def test_takes_the_longer_of_two_names_that_overlap(self) -> None:
        names = Names(
            [
                an_article(title="Warranty on Cairn tents", applies_to={"product": ("Cairn",)}),
                an_article(
                    title="Warranty on Cairn Pro tents", applies_to={"product": ("Cairn Pro",)}
                ),
            ]
        )

        (found,) = names.named_in("The warranty on Cairn Pro tents")

        assert found.value == "Cairn Pro"
        assert [sibling.value for sibling in names.siblings(found)] == ["Cairn"]


def _rows(help_centre: HelpCentre, *, seed: int = 1, sizes: Sizes | None = None) -> list[Row]:
    return [*Draw(help_centre, seed).rows(sizes or Sizes(40, 40))]
