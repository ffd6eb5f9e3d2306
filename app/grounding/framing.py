"""Framing: what a sentence opens with that says nothing of its matter.

"Good to know: …", "In short, …", "According to our help pages, …": only that something is told,
or where it stands.
"""

import re

from knowledge_base.policy.words import listed

_OPENING = re.compile(r"\W*(?P<words>[^\W\d_][^,:.;!?()\d]{0,60}?)(?:[,:]\s+| that\s+)(?=\S)")
_TELLING = listed(
    """
    according answer answers article articles brief good help info information know note page
    pages question say says short state stated states summary tip told website
    absolutely actually basically certainly clear concerned course essentially far fortunately
    goes great luckily okay ok overall put quick quickly right sadly simply sum sure unfortunately
    well worry yes
    """
)
"""An opening has one of these …"""
_BESIDE = listed(
    "as in to our your the you so just please for from on this i we is are it that that's of be"
    " don't all up"
)
"""… and beside them only such as these."""
_ALONE = listed("so")
"""… unless it is such a word alone."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def without_framing(text: str) -> str:
    """Return a text without an opening that only says that something is told, or where."""
    opening = _OPENING.match(text)
    if opening is None:
        return text
    without = text[opening.end() :]
    words = [word.lower() for word in _WORD.findall(opening["words"])]
    telling = [word for word in words if word in _TELLING]
    others = [word for word in words if word not in _TELLING]
    if not telling and opening["words"].lower() not in _ALONE:
        return text
    return without_framing(without) if all(word in _BESIDE for word in others) else text
