"""Invisible characters go, and each character has one spelling."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ingestion.markup.characters import clean_characters


class TestCleanCharacters:
    def test_composes_accents(self) -> None:
        assert clean_characters("Cafe\u0301") == "Café"

    def test_takes_out_what_nobody_sees(self) -> None:
        hidden = "re\u200bfu\u00adnd\u202e \ufeff\u2060policy\x07\U000e0049\ufe0f\u200d"

        assert clean_characters(hidden) == "refund policy"

    def test_makes_every_space_a_plain_one_and_every_line_break_a_line_feed(self) -> None:
        assert clean_characters("5\u00a0days\u2028more\u2003now\x0b!") == "5 days\nmore now\n!"

    def test_keeps_joiners_that_are_spelling(self) -> None:
        persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"

        assert clean_characters(persian) == persian

    @given(st.text())
    def test_leaves_clean_text_alone(self, text: str) -> None:
        clean = clean_characters(text)

        assert clean_characters(clean) == clean
        assert unicodedata.is_normalized("NFC", clean)
