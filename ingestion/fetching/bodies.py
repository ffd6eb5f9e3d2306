"""Bodies of responses: unpacked as they arrive, and never longer than allowed."""

import zlib
from collections.abc import Iterable

from ingestion.errors import FetchError

GZIP_MARK = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS
_PLAIN = {"", "identity"}


def read_body(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """Return the whole body that arrives in `pieces`.

    Args:
        pieces: The bytes as they arrive.
        encoding: The response's content encoding: gzip or none.
        max_bytes: The longest body that is taken.

    Raises:
        FetchError: It is longer, cut short, or packed in another way.
    """
    if encoding.strip().lower() not in {*_PLAIN, "gzip"}:
        raise FetchError("the body is packed in a way that wasn't asked for")
    plain = encoding.strip().lower() in _PLAIN
    taken, size = [], 0
    for piece in pieces if plain else _unpacked(pieces, max_bytes):
        taken.append(piece)
        size += len(piece)
        if size > max_bytes:
            raise FetchError(f"the body is over {max_bytes} bytes: the most that is read")
    return b"".join(taken)


def unpack(data: bytes, max_bytes: int) -> bytes:
    """Return what a gzip file holds; raises as `read_body` does."""
    return read_body([data], "gzip", max_bytes)


def _unpacked(pieces: Iterable[bytes], max_bytes: int) -> Iterable[bytes]:
    """Yield what is packed in `pieces`, never more than one byte over `max_bytes` at once."""
    unpacking = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            yield unpacking.decompress(piece, max_bytes + 1)
    except zlib.error as error:
        raise FetchError("the body can't be unpacked: it is no whole gzip data") from error
    if not unpacking.eof:
        raise FetchError("the body was cut short")
