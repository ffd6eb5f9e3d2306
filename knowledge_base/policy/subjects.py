"""What a value is a value of: in "Parcels leave within 3 days", the parcel.

Tried in this order: what is counted, the noun that the value describes ("a 30-day trial"), the
noun that it is put down to ("a fee of $5", "Fee: $5"), the one whose time it is ("3 days for the
refund to appear"), the object of the clause, its subject, and the headings.
"""

import re
from collections.abc import Iterator, Sequence

from knowledge_base.policy.fact import WORDED, FactKind
from knowledge_base.policy.grammar import Phrase, Tag, phrases, read_tokens
from knowledge_base.policy.listing import listed_with
from knowledge_base.policy.numbers import NUMBER
from knowledge_base.policy.regions import regions_in
from knowledge_base.policy.value import Value
from knowledge_base.policy.words import ADJECTIVES, WORD, head_noun, singular

_NONE = frozenset({"no", "without", "at"})
_NO_NAMES = ADJECTIVES | {"free", "different", "additional", "extra"}
_TYING = frozenset({"of", "equals"})
_LIGHT = frozenset(
    ("number", "amount", "total", "maximum", "minimum", "percentage", "share", "set", "kind",
     "type", "list", "lot", "average", "rest", "part", "end")
)  # fmt: skip
"""Nouns that say only how much there is of another."""
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})
_RELATIVE = frozenset({"which", "that", "who"})
_COPULAS = frozenset(
    {"is", "are", "was", "were", "be", "been", "become", "becomes"}
    | {"stay", "stays", "remain", "remains"}
)
_GRANTS = frozenset({"have", "has", "get", "gets", "need", "had"})
_BETWEEN = frozenset({Tag.OTHER, Tag.DETERMINER, Tag.VALUE})
_VERB_GROUP = frozenset({Tag.VERB, Tag.AUXILIARY, Tag.OTHER, Tag.TO})
_TO = re.compile(r" to (?=[a-z])")
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_RATE = re.compile(r" (?:an?|each|every|per) ", re.IGNORECASE)
_PAIR = 2
_NO_LABEL = re.compile(
    r"(?:note|notes|important|tip|warning|please note|caution|yes|no|example|answer|q|a|info)$",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"(?:for|with|on|in) ", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|[.|(] ?|[*] )(?P<label>[^.:|()]{2,60}?)\**: ?\**[^.:|;]{0,50}$")


class Clause:
    """A sentence with its values, in which subjects are looked for."""

    def __init__(self, text: str, values: Sequence[Value]) -> None:
        self._text = text
        self._values = tuple(values)
        self._tokens = read_tokens(text, [(value.start, value.end) for value in values])
        self._phrases = tuple(one for one in phrases(self._tokens) if not _is_region(one))

    def subject(self, value: Value) -> str:
        """Return the subject of the value in small letters, empty where the sentence has none.

        Values that are listed ("10 USD, 10 EUR or 10 GBP") have one subject.
        """
        value = self._enclosing(value)
        first, last = listed_with(self._text, self._values, value)
        return next(filter(None, self._candidates(value, first, last)), "")

    def _enclosing(self, value: Value) -> Value:
        """Return the value that holds this one: "two free labels" holds "free"."""
        holders = (
            one
            for one in self._values
            if one.start <= value.start and value.end <= one.end and one.has_number
        )
        return next(holders, value)

    def last_noun(self) -> str:
        """Return the last noun phrase that is no mere circumstance: "fee" in "… carries a fee:"."""
        mains = [one for one in self._phrases if one.behind is not Tag.PREPOSITION]
        return self._noun((mains or self._phrases)[-1]) if self._phrases else ""

    def _candidates(self, value: Value, first: Value, last: Value) -> Iterator[str]:
        yield self._named(value)
        if self._may_describe(last):
            yield self._described(last)
        yield self._tied(first)
        yield self._label(first)
        yield self._awaited(last)
        yield self._of_clause(first)
        yield self._behind(last)

    def _named(self, value: Value) -> str:
        """Return what the value itself names: "team member" of "5 team members", "no late fee"."""
        words = [word.lower() for word in WORD.findall(self._text[value.start : value.end])]
        if value.kind is FactKind.COUNT and value.has_number:
            named = [
                word for word in words if word not in _NO_NAMES and not _NUMBER.fullmatch(word)
            ]
            if not named or singular(named[-1]) != value.unit:
                return value.unit
            return " ".join((*named[:-1], head_noun(named[-1])))
        if value.value == "0" and not value.has_number and words[0] in _NONE:
            return " ".join((*words[1:-1], singular(words[-1])))
        if value.kind is FactKind.EXCLUSION and words[0] == "no":
            return singular(words[-1])
        return ""

    def _may_describe(self, value: Value) -> bool:
        """Tell whether a noun behind can be what the value describes: "$5 fee", "30-day trial"."""
        written = self._text[value.start : value.end]
        if _RATE.match(self._text, value.end):
            return False
        if value.kind is FactKind.EXCLUSION:
            return written.lower().startswith("non")
        if value.kind is not FactKind.DURATION:
            return value.kind not in {FactKind.DATE, FactKind.TIME, *WORDED}
        return "-" in written or (value.value != "1" and not written.endswith("s"))

    def _described(self, value: Value) -> str:
        """Return "trial" for "30-day trial", "disk space" for "5 GB of disk space"."""
        place = self._place(value.start) + 1
        while place < len(self._tokens) and self._tokens[place].tag in _BETWEEN:
            place += 1
        if place < len(self._tokens) and self._tokens[place].text.lower() in {
            "of",
            "in",
            "off",
            ",",
        }:
            place += 1
            while place < len(self._tokens) and self._tokens[place].tag in _BETWEEN:
                place += 1
        start = self._tokens[place].start if place < len(self._tokens) else -1
        return next((self._noun(one) for one in self._phrases if one.start == start), "")

    def _tied(self, value: Value) -> str:
        """Return "fee" for "a fee of up to $5", "limit" for "the limit is 5"."""
        tokens = self._tokens[: self._place(value.start)]
        while tokens and tokens[-1].tag in {*_BETWEEN, Tag.CONJUNCTION}:
            tokens = tokens[:-1]
        if len(tokens) < _PAIR or tokens[-1].text.lower() not in _TYING:
            return ""
        tied = (one for one in self._phrases if one.end == tokens[-2].end)
        return next((one.noun for one in tied if one.noun not in _LIGHT), "")

    def _label(self, value: Value) -> str:
        """Return "daily limit" for "Daily limit: $5"; a label that says for whom is no subject."""
        match = _LABEL.search(self._text[: value.start])
        if match is None or _is_no_label(match["label"]):
            return ""
        colon = match.end("label")
        if any(colon <= one.start and one.end <= value.start for one in self._phrases):
            return ""
        begin = match.start("label") + match["label"].rfind(", ") + 1
        inside = [one for one in self._phrases if begin <= one.start and one.end <= colon]
        return inside[0].noun if inside else ""

    def _awaited(self, value: Value) -> str:
        """Return "refund" for "5 days for the refund to appear"."""
        following = next((one for one in self._phrases if one.start >= value.end), None)
        if value.kind is not FactKind.DURATION or following is None:
            return ""
        is_awaited = following.joint == "for" and _TO.match(self._text, following.end)
        return following.noun if is_awaited else ""

    def _of_clause(self, value: Value) -> str:
        """Return the object of the verb before the value, else the subject of that verb."""
        begin = self._clause_start(value)
        place = self._place(value.start)
        verb = self._last_verb(begin, place)
        inside = [one for one in self._phrases if begin <= one.start and one.end <= value.start]
        if verb is None:
            return self._noun(inside[0]) if inside else self._clause_before(begin)
        behind = [one for one in inside if one.start > self._tokens[verb].start]
        objects = [one for one in behind if one.behind is not Tag.PREPOSITION]
        if objects and not self._is_copula(verb):
            return self._noun(objects[0])
        return self._subject_of(verb, begin, inside) or self._clause_before(begin)

    def _subject_of(self, verb: int, begin: int, inside: Sequence[Phrase]) -> str:
        while verb > 0 and self._tokens[verb - 1].tag in _VERB_GROUP:
            if self._is_gerund(verb - 1):
                return self._tokens[verb - 1].text.lower()
            verb -= 1
        before = self._tokens[verb - 1] if verb else None
        ahead = [one for one in inside if one.end <= self._tokens[verb].start]
        if before is not None and before.tag is Tag.PRONOUN and before.start >= begin:
            if before.text.lower() in _RELATIVE and ahead:
                return self._noun(ahead[-1])
            return (
                ""
                if self._grants(verb)
                else next((one.noun for one in reversed(ahead) if one.behind is Tag.VERB), "")
            )
        mains = [one for one in ahead if one.behind is not Tag.PREPOSITION]
        return self._noun((mains or ahead)[0]) if ahead else ""

    def _is_gerund(self, place: int) -> bool:
        """Tell whether a verb opens its clause as a noun: "Merging takes 4 days"."""
        opens = place == 0 or self._tokens[place - 1].tag in {Tag.STOP, Tag.COMMA}
        return opens and self._tokens[place].text.lower().endswith("ing")

    def _is_copula(self, verb: int) -> bool:
        """Tell whether what stands behind the verb only describes its subject: "is ready"."""
        return self._tokens[verb].text.lower() in _COPULAS

    def _grants(self, verb: int) -> bool:
        return self._tokens[verb].text.lower() in _GRANTS

    def _last_verb(self, begin: int, end: int) -> int | None:
        places = (
            place
            for place in reversed(range(end))
            if self._tokens[place].tag in {Tag.VERB, Tag.AUXILIARY}
            and self._tokens[place].start >= begin
        )
        return next(places, None)

    def _clause_before(self, begin: int) -> str:
        """Return the last object or subject that was spoken of before this clause."""
        ahead = [one for one in self._phrases if one.end <= begin]
        mains = [
            one
            for one in ahead
            if one.behind is not Tag.PREPOSITION and not _NO_LABEL.match(one.noun)
        ]
        if not mains and self._text[:begin].endswith("("):
            mains = ahead
        return self._noun(mains[-1]) if mains else ""

    def _noun(self, phrase: Phrase) -> str:
        """Return the phrase's noun; of "the number of visitors", the visitor."""
        if phrase.noun in _LIGHT or phrase.noun.split()[-1] in _LIGHT:
            of = (one for one in self._phrases if one.start > phrase.end)
            following = next(of, None)
            if following is not None and following.joint == "of":
                return following.noun
        return phrase.noun

    def _clause_start(self, value: Value) -> int:
        """Return where the clause begins: behind the last stop, or a comma that ends a lead."""
        begin = outside = 0
        for place, token in enumerate(self._tokens):
            if token.start >= value.start:
                break
            if token.text == "(":
                begin, outside = token.end, begin
            elif token.text == ")":
                begin = outside
            elif token.tag is Tag.STOP or self._opens_clause(place, value):
                begin = token.end
        return begin

    def _opens_clause(self, place: int, value: Value) -> bool:
        """Tell whether a clause of its own, with a verb, begins behind a comma."""
        if self._tokens[place].tag is not Tag.COMMA:
            return False
        rest = [token for token in self._tokens[place + 1 :] if token.end <= value.start]
        has_noun = any(token.tag in {Tag.NOUN, Tag.PRONOUN} for token in rest)
        return has_noun and any(token.tag in {Tag.VERB, Tag.AUXILIARY} for token in rest)

    def _behind(self, value: Value) -> str:
        """Return the first noun behind the value, in its clause, that says more than how often."""
        is_lead = self._place(value.start) <= 1 and "," in self._text[value.end :]
        end = len(self._text) if is_lead else self._clause_end(value)
        behind = [
            one
            for one in self._phrases
            if value.end <= one.start < end and one.joint != "per" and one.noun not in _TIMES
        ]
        objects = [one for one in behind if one.behind is Tag.VERB]
        mains = [one for one in behind if one.behind is not Tag.PREPOSITION]
        found = (mains if is_lead else []) or objects or behind
        return self._noun(found[0]) if found else ""

    def _clause_end(self, value: Value) -> int:
        ends = (
            token.start
            for token in self._tokens
            if token.start >= value.end and token.tag in {Tag.STOP, Tag.SUBORDINATOR}
        )
        return next(ends, len(self._text))

    def _place(self, start: int) -> int:
        return next(
            (place for place, token in enumerate(self._tokens) if token.start >= start),
            len(self._tokens),
        )


def _is_no_label(label: str) -> bool:
    """Tell whether a label names no subject: "Note", "Norway", "For Cairn tents"."""
    names_someone = _FOR_WHOM.match(label) is not None and label != label.lower().capitalize()
    return names_someone or _NO_LABEL.match(label) is not None or bool(regions_in(label))


def _is_region(phrase: Phrase) -> bool:
    """Tell whether the phrase only says where: that is scope, not subject."""
    written = " ".join(phrase.words)
    return regions_in(written) == (written,)


def heading_subject(headings: Sequence[str]) -> str:
    """Return the noun of the innermost heading that has one."""
    for heading in reversed(headings):
        found = list(phrases(read_tokens(heading, ())))
        if found:
            return found[0].noun
    return ""


def column_subject(header: str) -> str:
    """Return what a column is about: its header without what stands in brackets."""
    found: list[Phrase] = list(phrases(read_tokens(re.sub(r"\(.*?\)", "", header), ())))
    return found[0].noun if found else ""
