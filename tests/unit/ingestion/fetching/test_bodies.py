"""Bodies as they arrive."""

import gzip

import pytest

from ingestion.errors import FetchError
from ingestion.fetching.bodies import read_body, unpack


class TestReadBody:
    def test_puts_the_pieces_together(self) -> None:
        assert read_body([b"a", b"b"], "", 2) == b"ab"

    def test_unpacks_gzip_in_any_pieces(self) -> None:
        packed = gzip.compress(b"Refunds take 5 days.")

        body = read_body([packed[at : at + 3] for at in range(0, len(packed), 3)], "gzip", 100)

        assert body == b"Refunds take 5 days."

    def test_stops_where_there_is_too_much(self) -> None:
        def endless() -> "list[bytes]":
            return [b"x" * 60, b"x" * 60]

        with pytest.raises(FetchError, match="over 100 bytes"):
            read_body(endless(), "identity", 100)

    def test_stops_where_too_much_is_unpacked(self) -> None:
        bomb = gzip.compress(b"\0" * 10_000_000)

        with pytest.raises(FetchError, match="over 100 bytes"):
            read_body([bomb], "gzip", 100)

    @pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip"])
    def test_refuses_what_was_not_asked_for(self, encoding: str) -> None:
        with pytest.raises(FetchError, match="wasn't asked for"):
            read_body([b""], encoding, 100)

    def test_notices_that_a_part_is_missing(self) -> None:
        with pytest.raises(FetchError, match="cut short"):
            read_body([gzip.compress(b"Refunds")[:-3]], "gzip", 100)

    def test_notices_that_it_is_no_gzip(self) -> None:
        with pytest.raises(FetchError, match="no whole gzip"):
            unpack(b"Refunds", 100)
