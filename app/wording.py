"""The words of a text, and which of them carry its meaning."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[-.&/][^\W_]+)*")


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case, in order, apostrophes straightened."""
    return tuple(match.group().lower().replace("’", "'") for match in _WORD.finditer(text))


FUNCTION_WORDS = frozenset(
    words(
        """
    a about after again all also am an and any anybody anyone anything are aren't as at be because
    been before being between both but by can can't cannot could couldn't did didn't do does doesn't
    doing don't during each either else ever every for from get gets getting give go goes going
    gonna got had hadn't has hasn't have haven't having he hello her here hers hey hi him his how
    how's i i'd i'll i'm i've if in instead into is isn't it it'd it'll it's its itself just know
    let let's like long make many may maybe me might mine more most much must my myself need needs
    no nor not now of off ok okay on once one ones only or other our ours out over own please
    possible same say shall she should shouldn't since so some somebody someone something soon
    still such sure tell than thank thanks that that's the their theirs them then there there's
    these they they're this those through to too under until up upon us use very wanna want wants
    was wasn't way we we'd we'll we're we've well were weren't what what's when when's where
    where's whether which while who who's whom whose why will with within without won't work works
    would wouldn't yes yet you you'd you'll you're you've your yours
    """
    )
)
"""Words that say how a sentence is built or how a request is made, not what it is about."""

POINTERS = frozenset(
    [
        "it",
        "it's",
        "its",
        "that",
        "that's",
        "this",
        "those",
        "these",
        "they",
        "them",
        "there",
        "one",
    ]
)
"""Words that stand for something said before."""

POINTS_BACK = re.compile(
    r"(?:it|its|this|that|these|those|they|their|them|he|she|both|such)\b", re.IGNORECASE
)
"""How a sentence begins that is said of what the one before it names."""


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of `text` that carry its meaning, in order, possessive endings cut."""
    return tuple(_bare(word) for word in words(text) if word not in FUNCTION_WORDS)


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'")
