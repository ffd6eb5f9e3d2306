from knowledge_base.sentences import SentenceKind
from knowledge_base.statements import statements

BODY = """We refund what you paid.

## Times

It depends on how you paid. These are the times:

- Card: 5 days
- Voucher: 1 day

| Paid with | Time |
| --- | --- |
| PayPal | 2 days |

## Steps

1. Sign in.
2. Choose the order."""


class TestStatements:
    def test_are_sentences_items_and_rows_with_their_spans(self) -> None:
        said = statements(BODY)

        assert [BODY[one.start : one.end] for one in said] == [
            "We refund what you paid.",
            "It depends on how you paid.",
            "These are the times:",
            "Card: 5 days",
            "Voucher: 1 day",
            "| PayPal | 2 days |",
            "Sign in.",
            "Choose the order.",
        ]

    def test_know_the_headings_above_them(self) -> None:
        said = statements(BODY)

        assert [one.headings for one in said[:2]] == [(), ("Times",)]

    def test_know_what_leads_them_in(self) -> None:
        item, row = (statements(BODY)[place] for place in (3, 5))

        assert item.lead_in == "These are the times:"
        assert row.lead_in.endswith("Paid with, Time")

    def test_know_their_block(self) -> None:
        said = statements(BODY)

        assert said[3].block == said[4].block != said[5].block

    def test_know_a_step_from_an_item(self) -> None:
        said = statements(BODY)

        steps = [one.text for one in said if one.is_step]
        assert steps == ["Sign in.", "Choose the order."]

    def test_read_a_row_as_its_cells(self) -> None:
        row = statements(BODY)[5]

        assert (row.kind, row.text) == (SentenceKind.TABLE_ROW, "PayPal, 2 days")

    def test_are_none_in_an_empty_article(self) -> None:
        assert statements("") == ()
