"""Bytes become text, or a reason why not."""

import pytest

from ingestion.decoding import decode
from ingestion.errors import UnusableFileError

TEXT = "Café: refunds take 5 days — really."


class TestDecode:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "ascii"]
    )
    def test_reads_what_text_editors_write(self, encoding: str) -> None:
        text = TEXT if encoding != "ascii" else "Refunds"

        assert decode(text.encode(encoding)) == text

    def test_makes_every_line_end_in_a_line_feed(self) -> None:
        assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"

    def test_of_nothing_is_nothing(self) -> None:
        assert decode(b"") == ""

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"abc\x00def", "binary: holds NUL bytes"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
            (b"GIF89a\x01\x02\x03\x04\x05\x06", "binary"),
            (b"\xff\xfe\xfd\xfc\xfb\xfa\xf9", "not UTF-8"),
            (bytes(range(128, 256)) * 4, "not UTF-8"),
            ("Zurück".encode() + b" \xff\xfe broken", "not UTF-8"),
            (b"Refund\x81s take 5 days", "not UTF-8"),
        ],
    )
    def test_says_why_it_is_no_text(self, data: bytes, reason: str) -> None:
        with pytest.raises(UnusableFileError, match=reason):
            decode(data)
