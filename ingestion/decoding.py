"""Bytes become text: UTF-8, or what else a file plainly is."""

import codecs
import re
import unicodedata

from ingestion.errors import UnusableFileError

MAX_CONTROL_SHARE = 0.01
"""More control characters than this and a file isn't text."""
MAX_ACCENT_SHARE = 0.2
"""More bytes above ASCII than this and a file that isn't UTF-8 isn't Windows-1252 either."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def decode(data: bytes) -> str:
    """Return the text of `data`, without a byte order mark, its lines ending in line feeds.

    Raises:
        UnusableFileError: `data` is binary, or in no encoding that can be told.
    """
    text = _decode_unicode(data)
    if text is None:
        text = _decode_windows(data)
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise UnusableFileError("binary: holds control characters where text is expected")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_unicode(data: bytes) -> str | None:
    """Return the text of UTF-8, UTF-16 or UTF-32, the last two by their byte order mark."""
    try:
        if data.startswith(_UTF32):
            return _checked(data.decode("utf-32"))
        if data.startswith(_UTF16):
            return _checked(data.decode("utf-16"))
        if b"\x00" in data:
            raise UnusableFileError("binary: holds NUL bytes")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _checked(text: str) -> str:
    """Return `text` if a person may have written it: assigned characters, and some ASCII."""
    strange = any(unicodedata.category(char) in {"Cn", "Co", "Cs"} for char in set(text))
    if strange or not any(char.isascii() and char.isprintable() for char in text):
        raise UnusableFileError("not UTF-8, and its UTF-16 or UTF-32 mark doesn't fit the rest")
    return text


def _decode_windows(data: bytes) -> str:
    """Return the text of Windows-1252 that holds no half-broken UTF-8."""
    accents = len(_ABOVE_ASCII.findall(data))
    if _MULTIBYTE.search(data) or accents > MAX_ACCENT_SHARE * len(data):
        raise UnusableFileError(f"not UTF-8 ({_first_fault(data)}), and in no other known encoding")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnusableFileError(
            f"not UTF-8 ({_first_fault(data)}), and in no other known encoding"
        ) from error


def _first_fault(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte {data[error.start]:#04x} at {error.start}"
    return "no fault"
