"""A small reading of English sentences: noun phrases, verbs, and what joins them.

No tagger is loaded: function words and the verbs of help articles are listed, and a word that may
be both noun and verb ("change", "request") is told by the word before it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge_base.policy.words import (
    ADJECTIVES,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    WORD,
    head_noun,
    is_function_word,
    listed,
    may_be_verb,
    must_be_verb,
)

_TOKEN = re.compile(rf"{WORD.pattern}|[^\w\s]")
_STOPS = frozenset(".;!?|—:()")
_ADVERB = re.compile(r"(?<!^fami)(?<!^rep)(?<!^supp)(?<!^assemb)ly$")
_ABLE = re.compile(r"\w{2}(?<!vari)(?<!deliver)(?<!receiv)(?<!pay)(?<!t)(?<!c)[ai]ble$")
_MOST_WORDS = 4
_NOUNS_TOO = frozenset({"set", "put", "cut"})
_SURE_PRONOUNS = frozenset({"you", "we", "it", "they", "he", "she", "who", "which", "i"})
_FINITE = frozenset(
    ("is", "are", "was", "were", "has", "have", "can", "may", "must", "will", "should", "cannot")
)
_PARTICIPLE_ENDINGS = ("ed", "ing")
_MODALS = frozenset({"can", "could", "may", "might", "must", "shall", "should", "will", "would"})


class Tag(StrEnum):
    """What a token is in its sentence."""

    NOUN = "noun"
    """A noun, or what describes one."""
    VERB = "verb"
    AUXILIARY = "auxiliary"
    DETERMINER = "determiner"
    PREPOSITION = "preposition"
    PRONOUN = "pronoun"
    CONJUNCTION = "conjunction"
    SUBORDINATOR = "subordinator"
    TO = "to"
    OTHER = "other"
    VALUE = "value"
    """A value that was read here."""
    COMMA = "comma"
    STOP = "stop"
    """The end of a sentence or of a part that stands alone, such as a bracket."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark, in code points of the sentence."""

    text: str
    start: int
    end: int
    tag: Tag


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase."""

    words: tuple[str, ...]
    start: int
    end: int
    behind: Tag
    """What stands before it: a preposition, a verb …; STOP at the beginning."""
    joint: str
    """The word before it in small letters: "of", "for" …"""

    @property
    def noun(self) -> str:
        """The phrase in small letters, its head in the singular."""
        kept = [word.lower() for word in self.words][-_MOST_WORDS:]
        return " ".join((*kept[:-1], head_noun(kept[-1])))


def read_tokens(text: str, values: Iterable[tuple[int, int]]) -> tuple[Token, ...]:
    """Return the words and marks of `text`; the spans of `values` are one token each."""
    spans = sorted(values)
    tokens: list[Token] = []
    reached = 0
    for match in _TOKEN.finditer(text):
        if match.start() < reached:
            continue
        span = next((span for span in spans if span[0] <= match.start() < span[1]), None)
        if span is not None:
            tokens.append(Token(text[span[0] : span[1]], *span, Tag.VALUE))
            reached = span[1]
        else:
            tokens.append(Token(match.group(), *match.span(), _tag(match.group(), tokens)))
    return tuple(map(_corrected, tokens, (*tokens[1:], None), (None, *tokens[:-1])))


def _corrected(token: Token, following: Token | None, before: Token | None) -> Token:
    """Return the token, read again by the word behind it.

    What stands before a verb is a noun: "image updates are", "exchange rates apply". What ends in
    -ed, opens a clause and stands before a preposition is a verb: "combined with".
    """
    if following is None:
        return token
    is_present = token.tag is Tag.VERB and token.text.endswith("s")
    if is_present and (following.text.lower() in _FINITE or _is_present(following)):
        return replace(token, tag=Tag.NOUN)
    opens = before is None or before.tag in _CLAUSE_MARKS
    is_past = opens and token.tag is Tag.NOUN and token.text.endswith("ed")
    if is_past and following.tag is Tag.PREPOSITION:
        return replace(token, tag=Tag.VERB)
    return token


def _is_present(token: Token) -> bool:
    return token.tag is Tag.VERB and not token.text.endswith(_PARTICIPLE_ENDINGS)


def phrases(tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Yield the noun phrases, in order; what "and" joins to one stands behind the same word."""
    begin: int | None = None
    last: Phrase | None = None
    for place in range(len(tokens) + 1):
        is_noun = place < len(tokens) and tokens[place].tag is Tag.NOUN
        if is_noun and begin is None:
            begin = place
        elif not is_noun and begin is not None:
            last = _phrase(tokens, begin, place, last)
            begin = None
            yield last


def _phrase(tokens: Sequence[Token], begin: int, end: int, last: Phrase | None) -> Phrase:
    before = begin - 1
    while before >= 0 and tokens[before].tag in _INSIDE_PHRASES:
        before -= 1
    behind = tokens[before].tag if before >= 0 else Tag.STOP
    joint = tokens[before].text.lower() if before >= 0 else ""
    if behind is Tag.CONJUNCTION and last is not None and last.end == tokens[before - 1].end:
        behind, joint = last.behind, last.joint
    held = tokens[begin:end]
    words = tuple(token.text for token in held)
    return Phrase(words, held[0].start, held[-1].end, behind, joint)


_INSIDE_PHRASES = frozenset({Tag.DETERMINER, Tag.OTHER, Tag.VALUE})
_LISTED = (
    (Tag.TO, frozenset({"to"})),
    (Tag.PRONOUN, PRONOUNS),
    (Tag.DETERMINER, DETERMINERS),
    (Tag.AUXILIARY, AUXILIARIES),
    (Tag.SUBORDINATOR, SUBORDINATORS),
    (Tag.PREPOSITION, PREPOSITIONS),
    (Tag.CONJUNCTION, CONJUNCTIONS),
)
_TAGS = {word: tag for tag, words in reversed(_LISTED) for word in words}
"""Of a word that is listed twice, the first tag."""
_CLAUSE_MARKS = frozenset({Tag.STOP, Tag.COMMA, Tag.SUBORDINATOR})
_PARTICIPLES = listed(
    """
    begun bought broken brought built caught chosen cut dealt done drawn driven fed felt
    forgotten found frozen given grown held hidden hurt kept known laid led left lent lost made
    meant met overridden paid put seen sent set shown shut sold spent stolen struck stuck taken
    taught thrown told understood withdrawn won worn written
    """
)


def _tag(word: str, before: Sequence[Token]) -> Tag:
    lower = word.lower().replace("’", "'")
    if not word[0].isalnum():
        return _mark(word)
    if (word.isupper() and len(word) > 1) or _is_back(lower, before):
        return Tag.NOUN
    if lower in _TAGS:
        return _TAGS[lower]
    if lower.partition("'")[0] in PRONOUNS:
        return Tag.PRONOUN
    if is_function_word(word) or _says_no_thing(word, before):
        return Tag.AUXILIARY if lower.endswith("n't") else Tag.OTHER
    is_verb = not _is_name(word, before) and _is_verb(lower, before)
    return Tag.VERB if is_verb else Tag.NOUN


def _is_back(word: str, before: Sequence[Token]) -> bool:
    """Tell whether the word is the noun of "money back"."""
    return word == "back" and bool(before) and before[-1].text.lower() in {"cash", "money"}


def _is_name(word: str, before: Sequence[Token]) -> bool:
    """Tell whether the word has a capital for another reason than that it opens a sentence."""
    return word[0].isupper() and bool(before) and before[-1].tag is not Tag.STOP


def _says_no_thing(word: str, before: Sequence[Token]) -> bool:
    lower = word.lower()
    if lower.isdigit() or lower in ADJECTIVES or _ADVERB.search(lower):
        return True
    return _ABLE.search(lower) is not None and not _is_name(word, before)


def _mark(mark: str) -> Tag:
    if mark == ",":
        return Tag.COMMA
    return Tag.STOP if mark in _STOPS else Tag.OTHER


def _is_verb(word: str, before: Sequence[Token]) -> bool:
    last = next((token for token in reversed(before) if token.tag is not Tag.OTHER), None)
    if must_be_verb(word) or (last is not None and _only_verb_follows(last, word)):
        return True
    return may_be_verb(word) and _READINGS[Tag.STOP if last is None else last.tag](word, before)


def _only_verb_follows(last: Token, word: str) -> bool:
    """Tell whether only a verb can stand there: "it produces", "you may forfeit", "be dated"."""
    said = last.text.lower()
    if said in {"this", "that"}:
        return word.endswith("s") and not word.endswith("ss")
    if last.tag is Tag.AUXILIARY and (word.endswith("ed") or word in _PARTICIPLES):
        return True
    if last.tag is Tag.NOUN and word in _PARTICIPLES - _NOUNS_TOO:
        return True
    return said in _SURE_PRONOUNS or said in _MODALS


def _has_verb(before: Sequence[Token]) -> bool:
    """Tell whether the clause that is being read has its verb already."""
    for token in reversed(before):
        if token.tag in _CLAUSE_MARKS:
            return False
        if token.tag in {Tag.VERB, Tag.AUXILIARY} and not token.text.endswith("ing"):
            return True
    return False


def _opens_clause(word: str, _before: Sequence[Token]) -> bool:
    return not word.endswith(("s", "ed"))


def _joins_verb(word: str, before: Sequence[Token]) -> bool:
    return _has_verb(before) and not word.endswith("s")


def _follows_subject(word: str, before: Sequence[Token]) -> bool:
    """Tell whether a word behind a noun is its verb: "tokens expire", not "account setup"."""
    if word.endswith("ed"):
        return True
    noun = next(token.text.lower() for token in reversed(before) if token.tag is Tag.NOUN)
    is_plural = noun.endswith("s") and not noun.endswith("ss")
    agrees = is_plural != (word.endswith("s") and not word.endswith("ss"))
    return agrees and not _has_verb(before)


_READINGS: Mapping[Tag, Callable[[str, Sequence[Token]], bool]] = {
    Tag.STOP: _opens_clause,
    Tag.COMMA: _opens_clause,
    Tag.SUBORDINATOR: _opens_clause,
    Tag.CONJUNCTION: _joins_verb,
    Tag.AUXILIARY: lambda _word, _before: True,
    Tag.PRONOUN: lambda _word, _before: True,
    Tag.TO: lambda _word, _before: True,
    Tag.PREPOSITION: lambda word, _before: word.endswith("ing"),
    Tag.VALUE: lambda word, _before: word.endswith("ed"),
    Tag.NOUN: _follows_subject,
    Tag.DETERMINER: lambda _word, _before: False,
    Tag.VERB: lambda word, before: word.endswith("s") and before[-1].text.endswith("ing"),
    Tag.OTHER: lambda _word, _before: False,
}
"""By what stands before it, whether a word that may be a noun or a verb is a verb there."""
