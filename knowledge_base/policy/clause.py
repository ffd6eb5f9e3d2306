"""What the clause around a value speaks of: its object, its subject, or what stands behind."""

import re
from collections.abc import Iterator, Sequence

from knowledge_base.policy.fact import FactKind
from knowledge_base.policy.grammar import Phrase, Tag
from knowledge_base.policy.labels import is_remark
from knowledge_base.policy.reading import Reading
from knowledge_base.policy.value import Value

_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})
_RELATIVE = frozenset({"which", "that", "who"})
_COPULAS = frozenset(
    ("is", "are", "was", "were", "be", "been", "become", "becomes", "stay", "stays", "remain",
     "remains")
)  # fmt: skip
"""Verbs behind which only a description of their subject stands: "is ready"."""
_GRANTS = frozenset({"have", "has", "get", "gets", "need", "had"})
"""Verbs whose object is the value itself: "you have 3 days"."""
_VERB_GROUP = frozenset({Tag.VERB, Tag.AUXILIARY, Tag.OTHER, Tag.TO})
_ENDS = frozenset({Tag.VERB, Tag.AUXILIARY, Tag.VALUE})
_PAST = ("ed", "en")
_TO = re.compile(r" to (?=[a-z])")


class Clause:
    """Looks for the subject of a value in its clause."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def awaited(self, value: Value) -> str:
        """Return "refund" for "5 days for the refund to appear"."""
        following = next((one for one in self._reading.phrases if one.start >= value.end), None)
        if value.kind is not FactKind.DURATION or following is None:
            return ""
        is_awaited = following.joint == "for" and _TO.match(self._reading.text, following.end)
        return following.noun if is_awaited else ""

    def subjects(self, value: Value) -> Iterator[str]:
        """Yield the object of the verb before the value, then the subject of that verb."""
        begin = self._reading.clause_start(value)
        place = self._reading.place(value.start)
        verb = self._reading.last_verb(begin, place)
        known = self._reading.phrases
        inside = [one for one in known if begin <= one.start and one.end <= value.start]
        if verb is None:
            yield from map(self._reading.noun, inside[:1])
        else:
            behind = [one for one in inside if one.start > self._reading.tokens[verb].start]
            objects = [one for one in behind if one.behind is not Tag.PREPOSITION]
            if self._text_of(verb) not in _COPULAS:
                yield from map(self._reading.noun, objects[:1])
            yield self._subject_of(verb, begin, inside)
        yield self._before(begin)

    def behind(self, value: Value) -> str:
        """Return the first noun behind the value, in its clause, that says more than how often."""
        is_lead = self._reading.place(value.start) <= 1 and "," in self._reading.text[value.end :]
        end = len(self._reading.text) if is_lead else self._reading.clause_end(value)
        behind = [
            one
            for one in self._reading.phrases
            if value.end <= one.start < end and one.joint != "per" and one.noun not in _TIMES
        ]
        objects = [one for one in behind if one.behind is Tag.VERB]
        mains = [one for one in behind if one.behind is not Tag.PREPOSITION]
        found = (mains if is_lead else []) or objects or behind
        return self._reading.noun(found[0]) if found else ""

    def _subject_of(self, verb: int, begin: int, inside: Sequence[Phrase]) -> str:
        while verb > 0 and self._reading.tokens[verb - 1].tag in _VERB_GROUP:
            if self._is_gerund(verb - 1):
                return self._text_of(verb - 1)
            verb -= 1
        before = self._reading.tokens[verb - 1] if verb else None
        ahead = [one for one in inside if one.end <= self._reading.tokens[verb].start]
        if before is not None and before.tag is Tag.PRONOUN and before.start >= begin:
            if before.text.lower() in _RELATIVE and ahead:
                return self._reading.noun(ahead[-1])
            return "" if self._text_of(verb) in _GRANTS else _last_object(ahead)
        mains = [one for one in ahead if one.behind is not Tag.PREPOSITION]
        near = [] if self._is_related(begin, verb) else self._behind_verb(mains, verb)
        return self._reading.noun((near or mains or ahead)[0]) if ahead else ""

    def _is_related(self, begin: int, verb: int) -> bool:
        """Tell whether "which" or "that" stands before the verb: its subject is farther ahead."""
        before = self._reading.tokens[:verb]
        return any(one.start >= begin and one.text.lower() in _RELATIVE for one in before)

    def _behind_verb(self, phrases: Sequence[Phrase], verb: int) -> Sequence[Phrase]:
        """Return the phrases behind the verb or value that comes before this verb.

        The verb of "time to install it is" and of "process of upgrading it takes" stands inside
        the subject; that of "to see discounts taken at" doesn't.
        """
        tokens = self._reading.tokens
        is_past = self._text_of(verb).endswith(_PAST)
        ends = (
            tokens[place].end
            for place in reversed(range(verb))
            if tokens[place].tag in _ENDS and (is_past or not self._is_inside(place))
        )
        end = next(ends, 0)
        return [one for one in phrases if one.start >= end]

    def _is_inside(self, place: int) -> bool:
        return place > 0 and self._reading.tokens[place - 1].tag in {Tag.TO, Tag.PREPOSITION}

    def _is_gerund(self, place: int) -> bool:
        """Tell whether a verb opens its clause as a noun: "Merging takes 4 days"."""
        opens = place == 0 or self._reading.tokens[place - 1].tag in {Tag.STOP, Tag.COMMA}
        return opens and self._text_of(place).endswith("ing")

    def _before(self, begin: int) -> str:
        """Return the last object or subject that was spoken of before this clause."""
        ahead = [one for one in self._reading.phrases if one.end <= begin]
        mains = [
            one for one in ahead if one.behind is not Tag.PREPOSITION and not is_remark(one.noun)
        ]
        if not mains and self._reading.text[:begin].endswith("("):
            mains = ahead
        return self._reading.noun(mains[-1]) if mains else ""

    def _text_of(self, place: int) -> str:
        return self._reading.tokens[place].text.lower()


def _last_object(phrases: Sequence[Phrase]) -> str:
    return next((one.noun for one in reversed(phrases) if one.behind is Tag.VERB), "")
