"""Sentences of a normalised body, with their spans and kinds."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.lines import LineKind, read_lines
from knowledge_base.sentences import SentenceKind, split_sentences

PATIENCE_SECONDS = 3.0
"""What takes the square of a text's length takes longer, and the rest a tenth of it."""


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


class TestSplitSentences:
    def test_gives_each_sentence_its_span(self) -> None:
        text = "Refunds take 5 days. Shipping is free!  Is it?"

        spans = split_sentences(text)

        assert [(span.start, span.end) for span in spans] == [(0, 20), (21, 38), (40, 46)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "It costs $10.50, e.g. in the U.S. market.",
            "Ask Dr. Smith, Ph.D., at help@ridgeline.example today.",
            "See https://ridgeline.example/a.b?c=d.html for details.",
            "It takes approx. 3 days.",
            "Tents, stoves, etc. are covered.",
            "Items over 2.5 kg (i.e. heavy ones) cost more.",
            "Order No. 5 has shipped.",
        ],
    )
    def test_does_not_end_at_an_abbreviation_or_inside_a_number(self, sentence: str) -> None:
        assert sentences(f"{sentence} Then it ends.") == [sentence, "Then it ends."]

    def test_splits_sentences_that_are_glued_together(self) -> None:
        assert sentences("We refund you.Shipping is not refunded.") == [
            "We refund you.",
            "Shipping is not refunded.",
        ]

    def test_leaves_out_headings(self) -> None:
        assert sentences("## Refunds\n\nThey take 5 days.") == ["They take 5 days."]

    def test_leaves_out_the_markers_of_list_items(self) -> None:
        body = "You need:\n\n- a receipt\n  - or the e-mail\n10. patience"

        spans = split_sentences(body)

        assert sentences(body) == ["You need:", "a receipt", "or the e-mail", "patience"]
        assert [span.kind for span in spans[1:]] == [SentenceKind.LIST_ITEM] * 3

    def test_gives_a_list_item_one_span_a_sentence(self) -> None:
        assert sentences("- Keep it dry. Send it back.") == ["Keep it dry.", "Send it back."]

    def test_takes_a_table_row_as_one_and_leaves_out_the_row_of_dashes(self) -> None:
        body = "| Plan | Fee |\n| --- | --- |\n| Trail | 5 USD. Monthly. |"

        spans = split_sentences(body)

        assert sentences(body) == ["| Plan | Fee |", "| Trail | 5 USD. Monthly. |"]
        assert {span.kind for span in spans} == {SentenceKind.TABLE_ROW}

    def test_takes_a_line_of_code_as_one(self) -> None:
        body = "Run:\n\n    # first. then\n    go"

        spans = split_sentences(body)

        assert sentences(body) == ["Run:", "# first. then", "go"]
        assert spans[1].kind is SentenceKind.CODE

    def test_counts_in_code_points(self) -> None:
        text = "Café — déjà vu 😀 costs €5. Next."

        assert sentences(text) == ["Café — déjà vu 😀 costs €5.", "Next."]

    def test_reads_long_paragraphs_piece_by_piece(self) -> None:
        text = " ".join(f"Sentence number {number} says so." for number in range(500))

        assert len(split_sentences(text)) == 500

    def test_reads_a_sentence_that_goes_on_and_on_once(self) -> None:
        text = "and so on. " * 120_000
        began = time.process_time()

        spans = split_sentences(text)

        assert time.process_time() - began < PATIENCE_SECONDS
        assert len(spans) == 1

    def test_of_nothing_is_nothing(self) -> None:
        assert split_sentences("") == split_sentences(" \n\n ") == ()

    @settings(max_examples=150, deadline=None)
    @given(
        st.text(
            alphabet=st.sampled_from(list("aB. !?\n-#|1`:é😀 ")), max_size=200
        )  # what structure and sentence ends are made of
    )
    def test_loses_no_text_and_never_overlaps(self, text: str) -> None:
        spans = split_sentences(text)

        covered = {index for span in spans for index in range(span.start, span.end)}
        assert len(covered) == sum(span.end - span.start for span in spans)
        for line in read_lines(text):
            if line.kind not in {LineKind.HEADING, LineKind.TABLE_RULE}:
                wanted = (i for i in range(line.content, line.end) if not text[i].isspace())
                assert covered.issuperset(wanted)
