"""Words and numbers of a text, made comparable without a model or the assistant's own code.

A content word has three letters or more and is not on the stop list below.
Two words are the same when they agree after a plural or verb ending is cut,
when the shorter (four letters or more) begins the longer, or when their first five letters agree.
"""

import re
import unicodedata
from collections.abc import Iterable

STOP_WORDS = frozenset(
    """
    about after again all also and any are been before being between both but can could did does
    doing down during each few for from further had has have having her here hers him his how
    into its itself just let may might more most much must off once one only onto other our ours
    out over own per please same shall she should some such than that the their theirs them then
    there these they this those through too under until upon very was way were what when where
    which while who whom whose why will with would yes you your yours get got need want like
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_WORD = re.compile(r"[^\W\d_]+")
_NEGATION = re.compile(r"n't\b|(?<=can)not\b")
_MIN_LETTERS = 3
_MIN_PREFIX = 4
_SAME_PREFIX = 5
_ENDINGS = ("ies", "ing", "ed", "es", "s")
_SHORTEST_STEM = 3
_MARKUP = re.compile(r"[*`|#]+|\[(?=[^\]]*\]\()|\]\([^)]*\)")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")  # noqa: RUF001 - the look-alikes are the point
_QUOTES = {ord("‘"): "'", ord("’"): "'", ord("“"): '"', ord("”"): '"'}  # noqa: RUF001 - as above
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WHOLE = re.compile(r"(?<=\d)\.00?(?!\d)")


def normalise(text: str) -> str:
    """Return `text` in one case, one spacing, plain dashes and quotes, and without markup.

    Numbers lose their thousands separators and empty cents: `$1,200.00` becomes `$1200`.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).translate(_QUOTES)
    plain = _MARKUP.sub(" ", plain).casefold()
    plain = _WHOLE.sub("", _THOUSANDS.sub("", plain))
    return " ".join(plain.split())


def states(text: str, wording: str) -> bool:
    """Return whether `text` states `wording` as words of its own, whatever its case and spacing.

    `5 days` stands neither in `15 days` nor in `1.5 days`, nor in the range `3-5 days`;
    `$15` stands neither in `$150` nor in `$15.50`.
    """
    needle = re.escape(normalise(wording))
    return re.search(_left_edge(needle) + needle + _right_edge(needle), normalise(text)) is not None


def content_words(text: str) -> tuple[str, ...]:
    """Return the content words of `text`, in order, each as often as it stands there."""
    words = _WORD.findall(_NEGATION.sub(" not", normalise(text)))
    return tuple(word for word in words if len(word) >= _MIN_LETTERS and word not in STOP_WORDS)


def same_word(left: str, right: str) -> bool:
    """Return whether two content words are forms of one word, as this module's rule has it."""
    if _stem(left) == _stem(right):
        return True
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= _MIN_PREFIX and longer.startswith(shorter):
        return True
    return len(shorter) >= _SAME_PREFIX and shorter[:_SAME_PREFIX] == longer[:_SAME_PREFIX]


def shares_content_word(question: str, titles: Iterable[str]) -> bool:
    """Return whether a content word of `question` stands in any of the titles."""
    in_titles = {word for title in titles for word in content_words(title)}
    return any(same_word(word, other) for word in content_words(question) for other in in_titles)


def _left_edge(needle: str) -> str:
    if needle[0].isdigit():
        return r"(?<!\w)(?<!\d[.,-])"
    return r"(?<!\w)" if needle[0].isalnum() else ""


def _right_edge(needle: str) -> str:
    if needle[-1].isdigit():
        return r"(?!\w|[.,-]\d)"
    return r"(?!\w)" if needle[-1].isalnum() else ""


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word.removesuffix(ending)
            return stem + "y" if ending == "ies" else stem
    return word
