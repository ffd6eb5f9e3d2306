"""What a value is a value of: in "Parcels leave within 3 days", the parcel.

Tried in this order: what is counted, the noun that the value describes ("a 30-day trial"), the
noun that it is put down to ("a fee of $5", "Fee: $5"), the one whose time it is ("3 days for the
refund to appear"), the object of the clause, its subject, and the headings.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from knowledge_base.policy.clause import Clause
from knowledge_base.policy.fact import WORDED, FactKind
from knowledge_base.policy.grammar import Tag, Token
from knowledge_base.policy.labels import is_remark, names_subject
from knowledge_base.policy.listing import listed_with
from knowledge_base.policy.numbers import NUMBER
from knowledge_base.policy.reading import Reading, is_light
from knowledge_base.policy.value import Value
from knowledge_base.policy.words import ADJECTIVES, WORD, head_noun, singular

_NONE = frozenset({"no", "without", "at"})
_NO_NAMES = ADJECTIVES | {"free", "different", "additional", "extra"}
_TYING = frozenset({"of", "equals"})
_JOINING = frozenset({"of", "in", "off", ","})
_BETWEEN = frozenset({Tag.OTHER, Tag.DETERMINER, Tag.VALUE})
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_CIRCUMSTANCES = frozenset({Tag.PREPOSITION, Tag.SUBORDINATOR})
_RATE = re.compile(r" (?:an?|each|every|per) ", re.IGNORECASE)
_PAIR = 2
_LABEL = re.compile(r"(?:^|[.|(] ?|[*] )(?P<label>[^.:|()]{2,60}?)\**: ?\**[^.:|;]{0,50}$")


class Subjects:
    """Looks for what the values of a sentence are values of."""

    def __init__(self, text: str, values: Sequence[Value]) -> None:
        self._reading = Reading(text, values)
        self._clause = Clause(self._reading)

    def of(self, value: Value) -> Iterator[str]:
        """Yield the subjects of the value in small letters, the surest first; some may be empty.

        Values that are listed ("10 USD, 10 EUR or 10 GBP") have the same.
        """
        value = self._enclosing(value)
        first, last = listed_with(self._reading.text, self._reading.values, value)
        yield from self._candidates(value, first, last)

    def _enclosing(self, value: Value) -> Value:
        """Return the value that holds this one: "two free labels" holds "free"."""
        holders = (
            one
            for one in self._reading.values
            if one.start <= value.start and value.end <= one.end and one.has_number
        )
        return next(holders, value)

    @property
    def nouns(self) -> tuple[str, ...]:
        """The noun phrases that are no mere circumstances, all where there is no other."""
        known = self._reading.phrases
        mains = [one for one in known if one.behind not in _CIRCUMSTANCES]
        return tuple(map(self._reading.noun, mains or known))

    def _candidates(self, value: Value, first: Value, last: Value) -> Iterator[str]:
        yield self._named(value)
        if self._may_describe(last):
            yield self._described(last)
        yield self._tied(first)
        yield self._label(first)
        yield self._clause.awaited(last)
        yield from self._clause.subjects(first)
        yield self._clause.behind(last)
        yield from self._nearest(first)

    def _named(self, value: Value) -> str:
        """Return what the value itself names: "team member" of "5 team members", "no late fee"."""
        words = [word.lower() for word in WORD.findall(self._reading.text[value.start : value.end])]
        if value.kind is FactKind.COUNT and value.has_number:
            named = [
                word for word in words if word not in _NO_NAMES and not _NUMBER.fullmatch(word)
            ]
            if not named or singular(named[-1]) != value.unit:
                return value.unit
            return " ".join((*named[:-1], head_noun(named[-1])))
        if value.value == "0" and not value.has_number and words[0] in _NONE:
            return " ".join((*words[1:-1], singular(words[-1])))
        if value.kind is FactKind.EXCLUSION and words[:1] == ["no"]:
            return singular(words[-1])
        return ""

    def _nearest(self, value: Value) -> Iterator[str]:
        """Yield the last noun phrase before the value, whatever it is there for."""
        known = self._reading.phrases
        ahead = [one for one in known if one.end <= value.start and not is_remark(one.noun)]
        yield from map(self._reading.noun, ahead[-1:])

    def _may_describe(self, value: Value) -> bool:
        """Tell whether a noun behind can be what the value describes: "$5 fee", "30-day trial"."""
        written = self._reading.text[value.start : value.end]
        if _RATE.match(self._reading.text, value.end):
            return False
        if value.kind is FactKind.EXCLUSION:
            return written.lower().startswith("non")
        if value.kind is not FactKind.DURATION:
            return value.kind not in {FactKind.DATE, FactKind.TIME, *WORDED}
        return "-" in written or (value.value != "1" and not written.endswith("s"))

    def _described(self, value: Value) -> str:
        """Return "trial" for "30-day trial", "disk space" for "5 GB of disk space"."""
        behind = self._reading.tokens[self._reading.place(value.start) + 1 :]
        rest = list(dropwhile(_is_between, behind))
        if rest and rest[0].text.lower() in _JOINING:
            rest = list(dropwhile(_is_between, rest[1:]))
        start = rest[0].start if rest else -1
        found = (one for one in self._reading.phrases if one.start == start)
        return next(map(self._reading.noun, found), "")

    def _tied(self, value: Value) -> str:
        """Return "fee" for "a fee of up to $5", "limit" for "the limit is 5"."""
        tokens = self._reading.tokens[: self._reading.place(value.start)]
        while tokens and tokens[-1].tag in {*_BETWEEN, Tag.CONJUNCTION}:
            tokens = tokens[:-1]
        if len(tokens) < _PAIR or tokens[-1].text.lower() not in _TYING:
            return ""
        tied = (one for one in self._reading.phrases if one.end == tokens[-2].end)
        return next((one.noun for one in tied if not is_light(one.noun)), "")

    def _label(self, value: Value) -> str:
        """Return "daily limit" for "Daily limit: $5"; a label that says for whom is no subject."""
        match = _LABEL.search(self._reading.text[: value.start])
        if match is None or not names_subject(match["label"]):
            return ""
        colon = match.end("label")
        if any(colon <= one.start and one.end <= value.start for one in self._reading.phrases):
            return ""
        begin = match.start("label") + match["label"].rfind(", ") + 1
        inside = [one for one in self._reading.phrases if begin <= one.start and one.end <= colon]
        return inside[0].noun if inside else ""


def _is_between(token: Token) -> bool:
    return token.tag in _BETWEEN
