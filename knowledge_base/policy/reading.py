"""A sentence read for its clauses: where they begin and end, their verbs and noun phrases."""

from collections.abc import Sequence

from knowledge_base.policy.grammar import Phrase, Tag, phrases, read_tokens
from knowledge_base.policy.regions import regions_in
from knowledge_base.policy.value import Value

_LIGHT = frozenset(
    ("number", "amount", "total", "maximum", "minimum", "percentage", "share", "set", "kind",
     "type", "list", "lot", "average", "rest", "part", "end")
)  # fmt: skip
"""Nouns that say only how much there is of another."""


class Reading:
    """A sentence with its values, as tokens and noun phrases; what only says where is left out."""

    def __init__(self, text: str, values: Sequence[Value]) -> None:
        self.text = text
        self.values = tuple(values)
        self.tokens = read_tokens(text, [(value.start, value.end) for value in values])
        self.phrases = tuple(one for one in phrases(self.tokens) if not _is_region(one))

    def place(self, start: int) -> int:
        """Return the number of the first token that begins at `start` or behind it."""
        return next(
            (place for place, token in enumerate(self.tokens) if token.start >= start),
            len(self.tokens),
        )

    def clause_start(self, value: Value) -> int:
        """Return where the clause begins: behind the last stop, or a comma that ends a lead."""
        begin = outside = 0
        for place, token in enumerate(self.tokens):
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
        if self.tokens[place].tag is not Tag.COMMA:
            return False
        rest = [token for token in self.tokens[place + 1 :] if token.end <= value.start]
        has_noun = any(token.tag in {Tag.NOUN, Tag.PRONOUN} for token in rest)
        return has_noun and any(token.tag in {Tag.VERB, Tag.AUXILIARY} for token in rest)

    def clause_end(self, value: Value) -> int:
        """Return where the clause of the value ends: at a stop, or where another one hangs on."""
        ends = (
            token.start
            for token in self.tokens
            if token.start >= value.end and token.tag in {Tag.STOP, Tag.SUBORDINATOR}
        )
        return next(ends, len(self.text))

    def last_verb(self, begin: int, end: int) -> int | None:
        """Return the number of the last verb that begins at `begin`, before token `end`."""
        places = (
            place
            for place in reversed(range(end))
            if self.tokens[place].tag in {Tag.VERB, Tag.AUXILIARY}
            and self.tokens[place].start >= begin
        )
        return next(places, None)

    def noun(self, phrase: Phrase) -> str:
        """Return the phrase's noun; of "the number of visitors", the visitor."""
        if is_light(phrase.noun):
            of = (one for one in self.phrases if one.start > phrase.end)
            following = next(of, None)
            if following is not None and following.joint == "of":
                return following.noun
        return phrase.noun


def is_light(noun: str) -> bool:
    """Tell whether a noun says only how much there is of another: "the total number"."""
    return noun.rsplit(maxsplit=1)[-1] in _LIGHT


def _is_region(phrase: Phrase) -> bool:
    """Tell whether the phrase only says where: that is scope, not subject."""
    written = " ".join(phrase.words)
    return regions_in(written) == (written,)
