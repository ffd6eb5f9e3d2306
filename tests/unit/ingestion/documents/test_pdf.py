"""PDF files."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from ingestion.article_file import ArticleReader
from ingestion.documents.pdf import read_pdf
from ingestion.errors import UnusableFileError
from tests.documents import pdf_file

WHOLE = pdf_file(["Returns", "You have 30 days."])


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(WHOLE)))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


class TestReadPdf:
    def test_returns_the_lines_of_all_pages(self) -> None:
        assert read_pdf(pdf_file(["Returns"], ["You have 30 days."])) == (
            "Returns\n\nYou have 30 days."
        )

    def test_goes_on_with_a_paragraph_on_the_next_page(self) -> None:
        assert read_pdf(pdf_file(["Refunds take"], ["5 days or"], ["more."])) == (
            "Refunds take\n\n5 days or\nmore."
        )

    def test_leaves_out_what_stands_on_every_page(self) -> None:
        pages = [
            ["Ridgeline Outfitters", f"Rule {word} holds.", "Terms of 2026", f"Page {number} of 3"]
            for number, word in enumerate(("one", "two", "three"), 1)
        ]

        assert read_pdf(pdf_file(*pages)) == (
            "Rule one holds.\n\nRule two holds.\n\nRule three holds."
        )

    def test_leaves_out_page_numbers(self) -> None:
        assert read_pdf(pdf_file(["Refunds take 5 days.", "- 1 -"], ["Always.", "2/2"])) == (
            "Refunds take 5 days.\n\nAlways."
        )

    def test_keeps_what_only_looks_alike_on_few_pages(self) -> None:
        pages = pdf_file(["Trail: 30 days"], ["Summit: 60 days"])

        assert read_pdf(pages) == "Trail: 30 days\n\nSummit: 60 days"

    def test_joins_a_broken_word_without_its_hyphen_where_the_whole_word_is_known(self) -> None:
        text = read_pdf(pdf_file(["Your refund is non-", "refundable. A re-", "fund takes long."]))

        assert text == "Your refund is non-refundable. A refund takes long."

    def test_becomes_an_article_with_the_name_of_its_file(self) -> None:
        article = ArticleReader().read("orders/gift-cards.pdf", pdf_file(["They never", "expire."]))

        assert (article.title, article.body) == ("Gift cards", "They never expire.")

    def test_reads_what_is_locked_against_changes_only(self) -> None:
        assert "You have 30 days." in read_pdf(encrypted(""))

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "broken"),
            (b"Returns", "broken"),
            (WHOLE[: len(WHOLE) // 3], "broken|no text"),
            (pdf_file([]), "only pictures"),
            (encrypted("secret"), "encrypted"),
        ],
    )
    def test_says_why_it_cannot_be_read(self, data: bytes, reason: str) -> None:
        with pytest.raises(UnusableFileError, match=reason):
            read_pdf(data)

    @settings(max_examples=60, deadline=None, database=None)
    @given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
    def test_of_a_damaged_file_is_text_or_a_reason(self, place: int, byte: int) -> None:
        damaged = bytearray(WHOLE)
        damaged[place] = byte

        with suppress(UnusableFileError):
            assert isinstance(read_pdf(bytes(damaged)), str)
