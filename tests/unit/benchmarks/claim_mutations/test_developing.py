import pytest

from benchmarks.claim_mutations.draw import Draw, Sizes
from benchmarks.claim_mutations.help_centre import HelpCentre
from benchmarks.claim_mutations.rewriting.developing import DEVELOPING
from benchmarks.claim_mutations.rewriting.template import Claim
from benchmarks.claim_mutations.row import REPORTED, Part, Row
from tests.builders import an_article

BY_NAME = {template.name: template for template in DEVELOPING}

EXAMPLES = (
    (
        "days_are_what_you_have",
        "You have 30 days from delivery to return an item.",
        "30 days from delivery are what you have to return an item.",
    ),
    (
        "the_cost_of",
        "A return label costs 4.90 EUR.",
        "The cost of a return label is 4.90 EUR.",
    ),
    ("you_get_it_back", "We refund the fee if you cancel.", "You get the fee back if you cancel."),
    ("no_cost", "Returns are free for everyone.", "Returns cost nothing for everyone."),
    ("no_more_than", "Up to 5 people share it.", "No more than 5 people share it."),
    ("or_more", "You need at least 5 USD.", "You need 5 USD or more."),
    (
        "swapped_clauses",
        "The label is free if the item is faulty.",
        "If the item is faulty, then the label is free.",
    ),
    ("we_cannot", "Gift cards cannot be returned.", "We can't return gift cards."),
    ("as_a_member", "Summit members pay nothing.", "As a Summit member, you pay nothing."),
    ("spelt_out", "It lasts 30 days.", "It lasts thirty days."),
    ("row_as_answer", "| Tent | 20 USD |", "For Tent, the price is 20 USD."),
)


class TestDeveloping:
    @pytest.mark.parametrize(("name", "text", "wanted"), EXAMPLES)
    def test_says_the_same_in_other_words(self, name: str, text: str, wanted: str) -> None:
        columns = ("Item", "Price") if text.startswith("|") else ()

        assert BY_NAME[name].rewrite(Claim(text, columns=columns)) == wanted

    def test_is_drawn_only_where_it_is_asked_for(self, help_centre: HelpCentre) -> None:
        rows = _rows(help_centre)

        assert Part.DEVELOPING not in {row.template_part for row in rows}

    def test_leaves_the_rows_of_the_other_parts_as_they_are(self, help_centre: HelpCentre) -> None:
        beside = _rows(help_centre, parts=(*REPORTED, Part.DEVELOPING))

        others = [row for row in beside if row.template_part is not Part.DEVELOPING]

        assert others == _rows(help_centre)
        assert len(beside) > len(others)


@pytest.fixture
def help_centre() -> HelpCentre:
    body = "We refund the full fee if you cancel within 14 days.\n\nYou can have up to 15 alerts."
    return HelpCentre("sample", (an_article(body, article_id="plan", title="Plan"),))


def _rows(help_centre: HelpCentre, parts: tuple[Part, ...] = REPORTED) -> list[Row]:
    return [*Draw(help_centre, 1, parts).rows(Sizes(40, 40))]
