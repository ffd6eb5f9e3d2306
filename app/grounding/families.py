"""Families: names that end alike call things of one kind, of which each has rules of its own.

"Gold Rewards Card" and "Silver Zoom Card" are siblings; "Rewards Card" may be either of two, and
is nobody's sibling. Names are learnt from the sources, where they stand inside a sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from knowledge_base.policy.words import is_function_word, singular

Name = tuple[str, ...]
"""Words in small letters, the last one in the singular."""

_WORD = r"(?:[A-Z][\w+]*(?:[-‑]\w+)*|\d+\w*)"  # noqa: RUF001 — as written
_INSIDE = re.compile(
    rf"(?:(?<![\w-])[a-z][\w'’-]*|[,;]) (?P<name>{_WORD}(?: {_WORD}){{1,4}})(?![\w-])"
)
_OPENING = re.compile(rf"(?:^|: )(?P<name>{_WORD}(?: {_WORD}){{1,4}})(?=:|$| [a-z])")
"""What a title or a row begins with: "Silver Account: fees", "Evergreen Account at a glance"."""
_SENTENCE = re.compile(
    r"(?<![\w-])(?!(?:with|your|from|into|that|this|when|what|about)\b)[a-z]{4,}"
)
"""A text without such a word is a title with capitals throughout, which make no name."""
_PRESSED = re.compile(
    r"\b(?:click|select|choose|tap|press|open|hit|enable|toggle|under|see|to) $", re.IGNORECASE
)
_BEFORE = 8
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Families:
    """The names that texts use."""

    names: frozenset[Name]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Families":
        """Return the names of several words that stand inside the sentences of the texts.

        What a text writes in small letters ("a credit card") is a kind, and nobody's name.
        """
        listed = tuple(texts)
        written = frozenset(name for text in listed for name in _written(text))
        return cls(frozenset(name for name in written if not _is_small(name, listed)))

    def named_in(self, text: str) -> frozenset[Name]:
        """Return the names in a text, also in small letters, without those that others hold.

        What the text itself writes as a name counts too.
        """
        found = (match.group() for match in self._pattern.finditer(text)) if self.names else ()
        named = {*map(_name, found), *_written(text)}
        return frozenset(
            name for name in named if not any(set(name) < set(other) for other in named)
        )

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest = sorted(self.names, key=lambda name: (-len(name), name))
        ways = "|".join(r"[\s-]+".join(map(re.escape, name)) for name in longest)
        return re.compile(rf"(?<!\w)(?:{ways})s?(?!\w)", re.IGNORECASE)


def other_than(
    wanted: frozenset[Name], there: frozenset[Name], told: frozenset[Name]
) -> Name | None:
    """Return the name that is told in the place of a wanted one; None where that is there too.

    What may be any of the wanted ones is told in the place of none: of "Blue Account" and "Green
    Account", the "Navy Blue Account" may be meant by the first.
    """
    told = frozenset(one for one in told if not any(_may_be_one(one, name) for name in wanted))
    for name in sorted(wanted - there):
        kin = sorted(_kin(name, told))
        if kin and not any(_may_be_one(name, one) for one in (*kin, *_kin(name, there))):
            return kin[0]
    return None


def unmet(wanted: frozenset[Name], there: frozenset[Name]) -> frozenset[Name]:
    """Return the wanted names of whose kind no wanted one is there."""
    met = {name[-1] for name in wanted & there}
    return frozenset(name for name in wanted if name[-1] not in met)


def named_in(text: str, names: frozenset[Name]) -> frozenset[Name]:
    """Return those of the names that stand in a text."""
    return Families(names).named_in(text) if names else frozenset()


def _is_small(name: Name, texts: Iterable[str]) -> bool:
    small = " ".join(name)
    return any(small in text for text in texts)


def _kin(name: Name, names: frozenset[Name]) -> Iterator[Name]:
    return (one for one in names if one[-1] == name[-1])


def _may_be_one(one: Name, other: Name) -> bool:
    """Tell whether two names may call the same thing: "Rewards Card" the "Gold Rewards Card"."""
    mine, theirs = frozenset(one), frozenset(other)
    return mine <= theirs or theirs <= mine


def _written(text: str) -> Iterator[Name]:
    """Yield what the text writes with capitals inside its sentences, or first of all."""
    for match in _INSIDE.finditer(text) if _SENTENCE.search(text) else ():
        start = match.start("name")
        if not _PRESSED.search(text, max(0, start - _BEFORE), start):
            yield from _names(match["name"])
    for match in _OPENING.finditer(text):
        if not match["name"].split()[0].endswith("ing"):
            yield from _names(match["name"])


def _names(written: str) -> Iterator[Name]:
    name = _name(written)
    if len(name) >= _LEAST_WORDS and not _is_quantity(name):
        yield name


def _is_quantity(name: Name) -> bool:
    """Tell whether a number stands before the last word: "190 USD", "Tent 20 USD"."""
    return name[-2][0].isdigit()


def _name(written: str) -> Name:
    words = [word.lower() for word in re.split(r"\s+", written)]
    while words and is_function_word(words[0]):
        words = words[1:]
    return (*words[:-1], singular(words[-1])) if words else ()
