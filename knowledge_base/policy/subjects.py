"""What a value is a value of: in "Parcels leave within 3 days", the parcel.

Tried in this order: the header of its table's column, the noun it describes ("a 30-day trial"),
the noun it is tied to ("a fee of $5"), the subject of its clause, the noun before it, the heading.
"""

import re
from collections.abc import Iterator, Sequence

from knowledge_base.policy.words import WORD, is_function_word, may_be_verb, singular

_CLAUSE = re.compile(r"[.;:!?|]\s|, (?:and|but|or|so|while|which|if|then) |\s[–—-]\s| \(")
_MOST_WORDS = 3
_PRONOUNS = frozenset(
    [
        "you",
        "we",
        "it",
        "they",
        "this",
        "that",
        "these",
        "those",
        "there",
        "i",
        "he",
        "she",
        "your",
        "who",
        "which",
    ]
)


def phrase_behind(text: str, end: int) -> str:
    """Return the noun that the value ending at `end` describes: "trial" in "a 30-day trial"."""
    tail = text[end:]
    joined = re.match(r"(?:\s|-)(?:of (?:the |your |our )?)?", tail)
    if joined is None:
        return ""
    words: list[str] = []
    reached = joined.end()
    for word in WORD.finditer(tail, reached):
        if tail[reached : word.start()] not in {"", " "} or is_function_word(word.group()):
            break
        if may_be_verb(word.group()) and words:
            break
        words.append(word.group())
        reached = word.end()
    return noun(words)


def phrase_before_of(text: str, start: int) -> str:
    """Return the noun that the value at `start` is tied to: "fee" in "a fee of $5"."""
    match = re.search(
        r"([\w' -]{3,60}?) (?:of|is|are|:)(?: up to| about| at least)? ?\W?$", text[:start]
    )
    return last_phrase(match.group(1)) if match else ""


def clause_subject(text: str, start: int) -> str:
    """Return the noun phrase that opens the clause in which `start` lies, empty for a pronoun."""
    begin = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    words: list[str] = []
    for word in WORD.finditer(text, begin, start):
        known = word.group().lower()
        if words and (is_function_word(known) or may_be_verb(known)):
            break
        if known in _PRONOUNS:
            return ""
        if not is_function_word(known):
            words.append(word.group())
    return noun(words)


def last_phrase(text: str) -> str:
    """Return the last noun phrase in `text`."""
    phrases = list(_phrases(text))
    return phrases[-1] if phrases else ""


def noun(words: Sequence[str]) -> str:
    """Return a noun phrase in small letters, its head in the singular."""
    kept = [word.lower() for word in words if not word.isdigit()][-_MOST_WORDS:]
    return " ".join((*kept[:-1], singular(kept[-1]))) if kept else ""


def _phrases(text: str) -> Iterator[str]:
    words: list[str] = []
    reached = 0
    for word in WORD.finditer(text):
        ends = text[reached : word.start()].strip() != "" or is_function_word(word.group())
        if words and (ends or may_be_verb(word.group())):
            yield noun(words)
            words = []
        if not is_function_word(word.group()):
            words.append(word.group())
        reached = word.end()
    if words:
        yield noun(words)
