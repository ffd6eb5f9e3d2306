"""Word files."""

import struct
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.article_file import ArticleReader
from ingestion.documents.word import MAX_PARTS, MAX_UNPACKED_BYTES, MAX_XML_BYTES, read_word
from ingestion.errors import UnusableFileError
from knowledge_base.article import Article
from tests.documents import list_item, paragraph, table, word_file

WHOLE = word_file(paragraph("Returns", "Title"), paragraph("You have 30 days."))


def read(*blocks: str) -> Article:
    return ArticleReader().read("orders/returns.docx", word_file(*blocks))


class TestReadWord:
    def test_keeps_headings_lists_and_tables(self) -> None:
        article = read(
            paragraph("Returns", "Title"),
            paragraph("Time", "heading 1"),
            paragraph("You have 30 days."),
            list_item("Unused"),
            list_item("In its box"),
            paragraph("Plans", "heading 2"),
            table(["", "Days"], ["Summit", "60"]),
        )

        assert article.title == "Returns"
        assert article.body == (
            "## Time\n\nYou have 30 days.\n\n- Unused\n- In its box\n\n### Plans\n\n"
            "| | Days |\n| --- | --- |\n| Summit | 60 |"
        )

    def test_takes_a_lone_heading_for_the_title(self) -> None:
        article = read(paragraph("Returns", "heading 1"), paragraph("You have 30 days."))

        assert (article.title, article.body) == ("Returns", "You have 30 days.")

    def test_is_titled_by_its_name_where_several_headings_share_it(self) -> None:
        article = read(
            paragraph("Time", "heading 1"),
            paragraph("You have 30 days."),
            paragraph("Cost", "heading 1"),
            paragraph("It is free."),
        )

        assert article.title == "Returns"
        assert article.body == "## Time\n\nYou have 30 days.\n\n## Cost\n\nIt is free."

    def test_takes_no_row_with_numbers_for_a_header(self) -> None:
        article = read(paragraph("Days", "Title"), table(["Trail", "30"], ["Summit", "60"]))

        assert article.body == "| Trail | 30 |\n| Summit | 60 |"

    def test_leaves_out_what_was_struck_out(self) -> None:
        struck = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>45 days</w:t></w:r></w:p>"

        article = read(paragraph("Returns", "Title"), struck, paragraph("30 days."))

        assert article.body == "30 days."

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "broken"),
            (b"Returns", "broken"),
            (WHOLE[: len(WHOLE) // 2], "broken"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "without a password"),
            (word_file("<w:p>"), "broken"),
            (word_file(before='<!DOCTYPE x [<!ENTITY a "b">]>'), "declares entities"),
            (word_file(more={f"{n}.png": b"" for n in range(MAX_PARTS + 1)}), "parts of"),
        ],
    )
    def test_says_why_it_cannot_be_read(self, data: bytes, reason: str) -> None:
        with pytest.raises(UnusableFileError, match=reason):
            read_word(data)

    def test_refuses_to_be_blown_up(self) -> None:
        data = word_file(more={"word/media/a.png": b"x" * 12_345})
        bomb = data.replace(struct.pack("<L", 12_345), struct.pack("<L", MAX_UNPACKED_BYTES))

        with pytest.raises(UnusableFileError, match="when unpacked"):
            read_word(bomb)

    def test_refuses_to_be_blown_up_in_its_text(self) -> None:
        with pytest.raises(UnusableFileError, match="bytes of text"):
            read_word(word_file(more={"word/footnotes.xml": b" " * (MAX_XML_BYTES + 1)}))

    def test_is_not_deceived_by_a_size_that_is_too_small(self) -> None:
        data = bytearray(word_file(more={"word/footnotes.xml": b"<a>" + b" " * 100_000 + b"</a>"}))
        with zipfile.ZipFile(BytesIO(data)) as archive:
            real = archive.getinfo("word/footnotes.xml").file_size
        claimed = data.replace(struct.pack("<L", real), struct.pack("<L", 3))

        with pytest.raises(UnusableFileError, match="broken"):
            read_word(bytes(claimed))

    @settings(max_examples=60, deadline=None, database=None)
    @given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
    def test_of_a_damaged_file_is_text_or_a_reason(self, place: int, byte: int) -> None:
        damaged = bytearray(WHOLE)
        damaged[place] = byte

        with suppress(UnusableFileError):
            assert isinstance(read_word(bytes(damaged)), str)
