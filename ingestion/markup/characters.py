"""Characters that nobody sees are taken out, and one spelling is left for each character."""

import re
import unicodedata

# Control characters, soft hyphens, zero-width and direction marks, surrogates, variation
# selectors and tag characters: the last two also carry hidden instructions to language models.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Joiners are spelling in some scripts and among emoji; next to ASCII they only hide words.
_JOINERS = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def clean_characters(text: str) -> str:
    """Return `text` in NFC, with plain spaces and line breaks and nothing invisible."""
    text = _LINE_BREAKS.sub("\n", text)
    if text.isascii():
        return _UNSEEN.sub("", text)
    text = _SPACES.sub(" ", _UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", _JOINERS.sub("", text))
