"""What a question says behind its disguises: look-alike letters, unseen characters, encodings.

A question is searched, stored and answered as its author wrote it; only the rules that look for
attacks read it like this.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator

from knowledge_base.planted.hidden_text import decoded_tags, without_zero_width

_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[a-zA-Z]")
_LOOK_ALIKES = str.maketrans(
    "авеіокмнрстухѕјһԁԛԝАВЕІЅЈКМНОРСТУХαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abeiokmhpctyxsjhdqwABEISJKMHOPCTYXabeiknoptuxABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters, and the Latin ones that they pass for."""

_QUOTES = str.maketrans("‘’“”", "''\"\"")  # noqa: RUF001 — on purpose

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{20,}={0,2}(?![A-Za-z0-9+/=_-])")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}[\s:]?){12,}(?![0-9A-Fa-f])")
_READABLE = 0.95
"""Share of letters, blanks and common marks from which decoded bytes are taken to be a text."""
_TEXT = re.compile(r"[A-Za-z ,.!?'\"\n:;-]")


def readings(question: str) -> tuple[str, ...]:
    """Return what the question says: itself without disguises, then what it holds encoded."""
    shown = plain(question)
    return (shown, *(plain(text) for text in _decoded(shown)))


def plain(text: str) -> str:
    """Return `text` in plain letters: nothing unseen, no look-alikes, straight quotes."""
    if text.isascii():  # which has no disguises
        return text
    shown, _ = without_zero_width(decoded_tags(text))
    composed = unicodedata.normalize("NFKC", shown).translate(_QUOTES)
    return _WORD.sub(lambda word: _in_latin(word.group()), composed)


def _in_latin(word: str) -> str:
    """Return a word of mixed alphabets in Latin letters; other words stay as they are."""
    return word.translate(_LOOK_ALIKES) if _LATIN.search(word) else word


def _decoded(text: str) -> Iterator[str]:
    for match in _BASE64.finditer(text):
        yield from _readable(_from_base64(match.group()))
    for match in _HEX.finditer(text):
        yield from _readable(bytes.fromhex(re.sub(r"[\s:]", "", match.group())))


def _from_base64(written: str) -> bytes:
    standard = written.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4))
    except binascii.Error:
        return b""


def _readable(data: bytes) -> Iterator[str]:
    text = data.decode("utf-8", "replace")
    if " " in text and len(_TEXT.findall(text)) >= _READABLE * len(text):
        yield text
