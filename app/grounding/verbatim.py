"""Near-verbatim: a sentence says what an article says, in the article's own words.

Not a similarity score, because at 95 % similar "30 days" reads "90 days". The rule: after the
normalisation below, both have the same tokens in the same order. Numbers, units, currencies,
negations, comparators, names, addresses and every other word must be identical; what may differ is

- spaces, quotation marks, kinds of dashes, Markdown emphasis, a full stop at the end;
- contractions ("don't", "do not");
- a capital letter where one of the two begins its sentence, but not in "US";
- the words `please`, `also` and `the`;
- two adjacent sentences joined by a comma, a semicolon or "and".

Other punctuation counts: "No, returns are free" isn't "No returns are free".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_FREE_WORDS = frozenset({"please", "also", "the"})
_JOINTS = ((), (",",), (";",), ("and",), (",", "and"))

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ′", "'"),  # noqa: RUF001 — the marks that are made the same
        **dict.fromkeys("‐‑‒–—−", "-"),  # noqa: RUF001 — as above
        **dict.fromkeys('“”„«»"`', " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)
_EMPHASIS = re.compile(r"(?<!\w)(\*\*\*|\*\*|\*|__|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_CONTRACTIONS = (
    (re.compile(r"\bcan(?:'t|not)\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"n't\b", re.IGNORECASE), " not"),
    (re.compile(r"'re\b", re.IGNORECASE), " are"),
    (re.compile(r"\b(it|that|there|here)'s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"'ll\b", re.IGNORECASE), " will"),
    (re.compile(r"'ve\b", re.IGNORECASE), " have"),
)
_END = re.compile(r"[.!\s]+\Z")
_TOKEN = re.compile(
    r"(?:https?://|www\.)\S+"  # addresses, with all that belongs to them
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w)])[-+](?=\.?\d)"  # the sign of a number
    r"|\d+(?:[.,:/-]\d+)*"
    r"|[^\W\d]+(?:'[^\W\d]+)*"
    r"|[^\s\w-]"  # whatever else is printed: %, $, <, commas …; a hyphen is a space
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    is_first: bool

    def matches(self, other: "_Token") -> bool:
        """Say whether both are the same word, capitals at a sentence's beginning aside."""
        if self.text == other.text:
            return True
        if self.text.lower() != other.text.lower() or not (self.is_first or other.is_first):
            return False
        return not (_is_capitals(self.text) or _is_capitals(other.text))


def is_near_verbatim(draft: str, *sources: str) -> bool:
    """Say whether `draft` says the same as the source sentence, or as adjacent ones joined.

    Args:
        draft: One sentence as a model wrote it.
        sources: One sentence of an article, or two that follow one another.
    """
    wanted = _tokens(draft)
    return bool(wanted) and any(_agree(wanted, source) for source in _joined(sources))


def _joined(sources: tuple[str, ...]) -> list[tuple[_Token, ...]]:
    first, *others = (_tokens(source) for source in sources)
    wholes = [first]
    for other in others:
        wholes = [
            (*whole, *(_Token(word, is_first=False) for word in joint), *other)
            for whole in wholes
            for joint in _JOINTS
        ]
    return wholes


def _agree(left: tuple[_Token, ...], right: tuple[_Token, ...]) -> bool:
    return len(left) == len(right) and all(
        mine.matches(other) for mine, other in zip(left, right, strict=True)
    )


@lru_cache(maxsize=16_384)  # an answer's sources are compared with each of its sentences
def _tokens(text: str) -> tuple[_Token, ...]:
    words = _TOKEN.findall(_END.sub("", _normalised(text)))
    tokens = [_Token(word, is_first=index == 0) for index, word in enumerate(words)]
    return tuple(token for token in tokens if token.text.lower() not in _FREE_WORDS)


def _normalised(text: str) -> str:
    text = _EMPHASIS.sub(r"\2", text.translate(_SAME))
    for contraction, words in _CONTRACTIONS:
        text = contraction.sub(words, text)
    return text


def _is_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()
