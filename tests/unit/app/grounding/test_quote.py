import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.grounding.quote import quote
from tests.builders import a_passage

BODY = """Everyone reads this. Nobody skips it.

You can't return:

- Gift cards.
- Food. And water.
  - Opened:
    - pouches

## Steps

1. Open it.
2. Close it.

Fees are:

| Plan | Fee |
| --- | --- |
| Trail | 20 |
| Summit | 65 |

The end."""
PASSAGE = a_passage(BODY)


def quoted(words: str) -> str:
    start = BODY.index(words)
    return quote(PASSAGE, start, start + len(words)).text


class TestQuote:
    @pytest.mark.parametrize(
        ("words", "text"),
        [
            ("Nobody skips it.", "Nobody skips it."),
            ("Gift cards.", "You can't return:\n\n- Gift cards."),
            ("And water.", "You can't return:\n\n- Food. And water."),
            (
                "pouches",
                "You can't return:\n\n- Food. And water.\n  - Opened:\n    - pouches",
            ),
            ("Close it.", "Steps:\n\n2. Close it."),
            (
                "| Summit | 65 |",
                "Fees are:\n\n| Plan | Fee |\n| --- | --- |\n| Summit | 65 |",
            ),
            (
                "Trail | 20 |\n| Summit",
                "Fees are:\n\n| Plan | Fee |\n| --- | --- |\n| Trail | 20 |\n| Summit | 65 |",
            ),
            ("| Plan | Fee |", "Fees are:\n\n| Plan | Fee |"),
            ("\n\nThe end.", "The end."),
        ],
    )
    def test_keeps_what_makes_the_words_readable(self, words: str, text: str) -> None:
        assert quoted(words) == text

    @pytest.mark.parametrize(
        ("words", "text"),
        [
            ("It costs 20 USD.", "Trail is our entry plan. It costs 20 USD."),
            ("They pay once.", "Trail is our entry plan. It costs 20 USD. They pay once."),
            ("Itinerant members pay twice.", "Itinerant members pay twice."),
            ("This is the first.", "This is the first."),
            ("costs 20 USD.", "costs 20 USD."),
        ],
        ids=["one before", "two before", "no pronoun", "nothing before", "not its beginning"],
    )
    def test_keeps_what_a_pronoun_stands_for(self, words: str, text: str) -> None:
        passage = a_passage(
            "This is the first.\n\nAll can join. Trail is our entry plan. It costs 20 USD. "
            "They pay once. Itinerant members pay twice."
        )
        start = passage.article.body.index(words)

        quoted = quote(passage, start, start + len(words), read="")

        assert quoted.text == text
        assert [one.quote for one in quoted.citations] == [text]

    @pytest.mark.parametrize("read", [None, "Trail is our entry plan."])
    def test_leaves_a_pronoun_alone_where_it_was_read_what_it_stands_for(
        self, read: str | None
    ) -> None:
        passage = a_passage("Trail is our entry plan. It costs 20 USD.")
        start = passage.article.body.index("It")

        assert quote(passage, start, start + 16, read=read).text == "It costs 20 USD."

    def test_keeps_the_lead_in_over_blank_lines_between_items(self) -> None:
        passage = a_passage("Bring:\n\n- a map\n\n- a torch")
        start = passage.article.body.index("a torch")

        assert quote(passage, start, start + 7).text == "Bring:\n\n- a torch"

    def test_keeps_the_beginning_of_an_item_that_goes_on(self) -> None:
        passage = a_passage("To join:\n\n1. Sign in.\n2. Pay.\n   It starts at once.")
        start = passage.article.body.index("It starts")

        assert quote(passage, start, start + 18).text == (
            "To join:\n\n2. Pay.\n   It starts at once."
        )

    def test_stands_alone_where_nothing_leads_in(self) -> None:
        passage = a_passage("- a map\n- a torch")

        assert quote(passage, 2, 7).text == "- a map"

    @pytest.mark.parametrize(
        ("above", "text"),
        [
            ("Read this first. You pay with:", "You pay with:\n\n- cash"),
            ("## Ways to pay\n\nIt is up to you.", "Ways to pay:\n\n- cash"),
            ("## No card?\n\nIt is up to you.", "No card?\n\n- cash"),
            ("It is up to you.", "- cash"),
        ],
    )
    def test_leads_in_with_what_announces_the_list(self, above: str, text: str) -> None:
        passage = a_passage(f"{above}\n\n- cash\n- a card")
        start = passage.article.body.index("cash")

        assert quote(passage, start, start + 4).text == text

    def test_cites_the_quoted_span_first_and_its_lead_ins_after_it(self) -> None:
        start = BODY.index("Gift cards.")

        draft = quote(PASSAGE, start, start + 11)

        assert [each.quote for each in draft.citations] == ["- Gift cards.", "You can't return:"]

    @given(st.integers(0, len(BODY)), st.integers(1, 60))
    def test_says_nothing_that_its_citations_dont(self, start: int, length: int) -> None:
        draft = quote(PASSAGE, start, min(start + length, len(BODY)))

        cited = " ".join(each.quote for each in draft.citations)
        assert set(draft.text.split()) - {"Steps:"} <= set(cited.split())
